import { describe, expect, it } from 'vitest';
import { cutMessages, withoutMessages } from '../../../src/engine/fortios/async-messages.ts';
import { outputShape } from '../../../src/engine/fortios/output-shape.ts';
import { createNoise, FOREIGN_MESSAGES, KNOWN_MESSAGES } from '../../../src/stand-ins/fortigate/noise.ts';

const CONFIG = [
  'config firewall vip',
  '    edit "push"',
  '        set extip 198.51.100.10',
  '        set mappedip "10.0.0.5"',
  '        set extport 4433',
  '        set comment "a b"',
  '    next',
  'end',
];
const STATUS = [
  'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
  'Hostname: EDGE-01',
  'Current virtual domain: root',
  'Virtual domain configuration: multiple',
  'System time: Wed Jan  7 14:30:09 2026',
];

describe('a known message', () => {
  it.each(KNOWN_MESSAGES)('is nothing but a message: %s', (message) => {
    expect(withoutMessages(message)).toBe('');
  });

  it.each([
    ['on a line of its own', ['end', 'MSG', ''], ['end']],
    ['between two halves', ['    set ext', 'MSG', 'ip 1.2.3.4'], ['    set extip 1.2.3.4']],
    ['behind a half', ['    set extMSG', 'ip 1.2.3.4'], ['    set extip 1.2.3.4']],
    ['before a half', ['    set ext', 'MSGip 1.2.3.4'], ['    set extip 1.2.3.4']],
    ['in a line', ['    set extMSGip 1.2.3.4'], ['    set extip 1.2.3.4']],
    ['between two lines', ['    set a b', 'MSG', '    set c d'], ['    set a b', '    set c d']],
    ['twice in one line', ['    seMSG', 'MSG', 't a b'], ['    set a b']],
  ])('%s is cut out', (_, lines, expected) => {
    const printed = lines.map((line) => line.replace('MSG', 'secondary starts to sync with primary'));
    expect(cutMessages(printed, outputShape('show firewall vip')?.fits)).toEqual(expected);
  });

  it('with a number at its end takes no digit of a value', () => {
    const message = "slave's configuration is not in sync with master's, sequence:0";
    const printed = CONFIG.map((line) => line.replace('10.0.0.5', `10.${message}0.0.5`));
    const shape = outputShape('show firewall vip');
    expect(shape?.irregular(cutMessages(printed, shape.fits))).not.toEqual([]);
  });
});

/** At any place: the output comes out whole, or it is seen that it is not. */
describe.each([
  ['show firewall vip', CONFIG],
  ['get system status', STATUS],
])('messages anywhere in %s', (command, expected) => {
  it.each(['known', 'foreign'] as const)('of a %s kind never change it unnoticed', (kind) => {
    const shape = outputShape(command);
    if (!shape) throw new Error('the command has no shape');
    expect(shape.irregular(expected)).toEqual([]);
    let clean = 0;
    for (let seed = 1; seed <= 2_000; seed += 1) {
      const printed = createNoise({ seed, every: 1, kind })(expected.join('\r\n')).split('\r\n');
      const lines = cutMessages(printed, shape.fits);
      if (shape.irregular(lines).length > 0) continue;
      clean += 1;
      // A comment may hold anything, and a line of its own may look like another setting: neither is judged.
      const judged = (all: readonly string[]) =>
        all.filter((line) => expected.includes(line) && !line.includes('comment'));
      expect({ seed, lines: judged(lines) }).toEqual({ seed, lines: judged(expected) });
    }
    if (kind === 'known') expect(clean).toBeGreaterThan(1_500);
  });
});

it('messages that are made up are no messages of ours', () => {
  expect(FOREIGN_MESSAGES.map(withoutMessages)).toEqual(FOREIGN_MESSAGES);
});

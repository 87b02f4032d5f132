import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkVdom,
  type WireKey,
  type WireLine,
  writeKey,
  writeLine,
} from '../../src/device/write-command.ts';
import { COMMANDS, type CommandId } from '../../src/fortios/commands.ts';

const LISTED = ['root', 'campus', 'dmz_1'];
const ALLOWED = new Set([
  ...Object.values(COMMANDS).map(({ text }) => text),
  'config global',
  'config vdom',
  'end',
  'abort',
  'exit',
  ...LISTED.map((name) => `edit ${name}`),
]);

function sent(write: (channel: PassThrough) => void): string {
  const channel = new PassThrough();
  try {
    write(channel);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ftm_command_not_allowed' });
    expect(channel.read()).toBeNull();
    return '';
  }
  return String(channel.read() ?? '');
}

/** Shapes that a caller without types could pass, filled with what a hostile person could type. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'execute reboot',
    'system-status\nexecute reboot',
    '__proto__',
    'constructor',
    'toString',
    'root\nexecute factoryreset',
    'root?',
    'root ',
    'edit root',
    ...LISTED,
    ...Object.keys(COMMANDS),
  ),
);
const hostileLine = fc.oneof(
  fc.record({
    kind: fc.constantFrom('command', 'move', 'edit-vdom', 'raw'),
    id: hostile,
    to: hostile,
    vdom: hostile,
  }),
  fc.record({ kind: fc.constant('edit-vdom'), vdom: fc.record({ name: hostile }) }),
  fc.record({ kind: hostile, id: hostile }),
);

describe('writeLine', () => {
  it('writes nothing outside the catalogue, whatever it is given', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        const bytes = sent((channel) => writeLine(channel, line as unknown as WireLine));
        if (bytes !== '') expect(ALLOWED).toContain(bytes.replace(/\n$/, ''));
        expect(bytes.startsWith('edit')).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('enters only a VDOM that was listed', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const vdom = checkVdom(name, LISTED);
        if (!vdom) return;
        const bytes = sent((channel) => writeLine(channel, { kind: 'edit-vdom', vdom }));
        expect(LISTED).toContain(name);
        expect(bytes).toBe(`edit ${name}\n`);
      }),
    );
    expect(checkVdom('a b', ['a b'])).toBeUndefined();
  });

  it.each(Object.keys(COMMANDS) as CommandId[])('%s is one line', (id) => {
    expect(sent((channel) => writeLine(channel, { kind: 'command', id }))).toBe(`${COMMANDS[id].text}\n`);
    expect(COMMANDS[id].text).toMatch(/^(?:get|show|diagnose|execute ping) [a-z0-9. -]+$/);
  });
});

describe('writeKey', () => {
  it('presses three keys and no other', () => {
    expect(sent((channel) => writeKey(channel, 'next-page'))).toBe(' ');
    expect(sent((channel) => writeKey(channel, 'accept-banner'))).toBe('a');
    expect(sent((channel) => writeKey(channel, 'decline'))).toBe('n');
    fc.assert(fc.property(hostile, (key) => sent((channel) => writeKey(channel, key as WireKey)) === ''));
  });
});

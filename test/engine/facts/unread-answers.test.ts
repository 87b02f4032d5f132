import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { FACT_KEYS, FACTS, type FactKey, type Facts } from '../../../src/engine/facts/facts.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { COMMANDS, type CommandId } from '../../../src/engine/fortios/commands.ts';

const IDS = Object.keys(COMMANDS) as CommandId[];
const SHOWS = IDS.filter((id) => COMMANDS[id].text.startsWith('show'));
/** Facts that take the answers to several commands. */
const DERIVED: ReadonlySet<FactKey> = new Set(['loginCertificates', 'pushCertificate']);
/** What a session prints that lost its place: something, but not what was asked for. */
const FOREIGN = [
  '',
  'hello',
  'CPU states: 1% user 0% system 0% nice 99% idle',
  'System file integrity check failed!',
  'config system console\n    set output standard\nend',
  'uptime: 12 days',
];

function answer(id: CommandId, text: string): Facts {
  const { text: command } = COMMANDS[id];
  return readFacts(toSections({ name: command, command, text })).facts;
}

function factsFrom(id: CommandId): readonly FactKey[] {
  return FACT_KEYS.filter((key) => FACTS[key].commands.includes(id));
}

function pathOf(id: CommandId): string {
  return COMMANDS[id].text.replace(/^show (?:full-configuration )?/, '');
}

/** An answer with an entry and a setting, as a table and an object have them. */
function blockOf(id: CommandId): readonly string[] {
  return [
    `config ${pathOf(id)}`,
    '    edit "a"',
    '        set comment "b"',
    '    next',
    '    set x y',
    'end',
  ];
}

describe('an answer that is not what the command prints', () => {
  it.each(IDS)('tells nothing: %s', (id) => {
    for (const text of FOREIGN) {
      const facts = answer(id, text);
      for (const key of factsFrom(id)) expect(facts[key].state, `${key} from "${text}"`).toBe('unknown');
    }
  });

  it('is named as the reason', () => {
    const { pushService } = answer('ftm-push', 'CPU states: 0% idle');
    expect(pushService).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('is not what that command prints'),
      commands: ['ftm-push'],
    });
  });
});

describe('an answer that was cut', () => {
  it.each(SHOWS)('counts no default before its end: %s', (id) => {
    const lines = blockOf(id);
    fc.assert(
      fc.property(fc.nat(lines.length - 1), (count) => {
        const facts = answer(id, lines.slice(0, count).join('\n'));
        for (const key of factsFrom(id)) expect(facts[key].state, `${key} of ${count} lines`).toBe('unknown');
      }),
    );
    const whole = answer(id, lines.join('\n'));
    for (const key of factsFrom(id)) {
      if (!DERIVED.has(key)) expect(whole[key].state, key).toBe('known');
    }
  });

  it.each([
    ['get system ftm-push', 'pushService', 'server-port         : 4433\nstatus              : disable'],
    ['get system ftm-push', 'pushService', 'server              : 192.0.2.1\nserver-port         : 4433'],
    [
      'get system status',
      'vdomMode',
      'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nHostname: EDGE',
    ],
    ['diagnose fortitoken info', 'tokenStates', 'FORTITOKEN           DRIFT  STATUS'],
    ['get system interface physical', 'liveAddresses', '== [onboard]'],
    ['diagnose vpn ssl blocklist list', 'sslVpnBlocklist', ''],
  ] as const)('%s tells nothing of %s', (command, key, text) => {
    const facts = readFacts(toSections({ name: command, command, text })).facts;
    expect(facts[key].state).toBe('unknown');
  });

  it('shows tokens and does not show that there are no others', () => {
    const command = 'diagnose fortitoken info';
    const text = 'FORTITOKEN           DRIFT  STATUS\nFTKMOB0000000011      0     active';
    const facts = readFacts(toSections({ name: command, command, text })).facts;
    expect(facts.tokenStates).toMatchObject({ state: 'known', partial: expect.any(String) });
  });
});

import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { valueIfKnown } from '../../../src/engine/facts/fact.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';

/** A session: each command with what it prints. */
function session(...answers: readonly (readonly [command: string, ...lines: string[]])[]): string {
  return `${answers.map(([command, ...lines]) => [`FGT # ${command}`, ...lines, ''].join('\n')).join('\n')}\nFGT # `;
}

function factsOf(text: string) {
  return readFacts(toSections({ name: 'paste', text })).facts;
}

describe('a setting that was picked out with grep', () => {
  it.each([
    [
      'show full-configuration system ftm-push | grep status',
      '    set status disable',
      'system ftm-push status',
      'disable',
    ],
    [
      'get system ftm-push | grep server-port',
      'server-port         : 4433',
      'system ftm-push server-port',
      '4433',
    ],
    [
      'show system ftm-push | grep server',
      '    set server "vpn.example.com"',
      'system ftm-push server',
      'vpn.example.com',
    ],
    [
      'show full system global | grep admin-sport',
      '    set admin-sport 8443',
      'system global admin-sport',
      '8443',
    ],
    [
      'show system interface wan1 | grep allowaccess',
      '        set allowaccess ping ftm',
      'system interface wan1 allowaccess',
      'ping ftm',
    ],
    [
      'show system interface "wan 1" | grep -n allow',
      '7:        set allowaccess ping',
      'system interface wan 1 allowaccess',
      'ping',
    ],
    [
      'show full-configuration vpn ssl settings',
      '    set login-block-time 1800',
      'vpn ssl settings login-block-time',
      '1800',
    ],
    [
      'get system global | grep -i cloud',
      'fortitoken-cloud    : disable ',
      'system global fortitoken-cloud',
      'disable',
    ],
  ])('%s', (command, line, path, value) => {
    const { shownSettings } = factsOf(session([command, line]));
    expect(valueIfKnown(shownSettings)?.get(path)).toMatchObject({
      value,
      explicit: true,
      quotes: [{ line: 2 }],
    });
  });

  it('makes the push service known where switch, port and address were picked, and no default is assumed', () => {
    const status = ['get system ftm-push | grep status', 'status              : enable'] as const;
    const server = [
      'get system ftm-push | grep server',
      'server-port         : 4433',
      'server              : 198.51.100.10',
    ] as const;
    expect(factsOf(session(status, server)).pushService).toMatchObject({
      state: 'known',
      partial: expect.stringContaining('picked out'),
      value: { status: { value: 'enable' }, server: { value: '198.51.100.10' }, serverPort: { value: 4433 } },
    });
    expect(factsOf(session(status)).pushService.state).toBe('unknown');
    expect(factsOf(session(server)).pushService.state).toBe('unknown');
  });

  it('shows what one interface lets in, and says nothing of others', () => {
    const text = session([
      'show system interface wan1 | grep allowaccess',
      '        set allowaccess ping https',
    ]);
    expect(valueIfKnown(factsOf(text).interfaces)).toMatchObject([
      { name: 'wan1', partial: true, allowaccess: { value: ['ping', 'https'] } },
    ]);
  });
});

describe('the diagnosis of picked lines', () => {
  const diagnoseText = (text: string) => diagnose([{ name: 'paste', text }]);

  it.each([
    ['disable', 'broken'],
    ['enable', 'healthy'],
  ])('of `status %s` is %s for the switch, and the case is never in order by it', (value, verdict) => {
    const diagnosis = diagnoseText(
      session(['show full-configuration system ftm-push | grep status', `    set status ${value}`]),
    );
    expect(diagnosis.checks.find(({ rule }) => rule === 'push-disabled')?.verdict).toBe(verdict);
    expect(diagnosis.verdict).not.toBe('healthy');
  });

  it('finds FortiToken Cloud switched off', () => {
    const user = [
      'show user local',
      'config user local',
      '    edit "marlow"',
      '        set two-factor fortitoken-cloud',
      '    next',
      'end',
    ] as const;
    const cloud = [
      'show full-configuration system global | grep fortitoken-cloud',
      '    set fortitoken-cloud disable',
    ] as const;
    const { findings } = diagnoseText(session(user, cloud));
    expect(findings.map(({ rule }) => rule)).toContain('fortitoken-cloud-disabled');
  });
});

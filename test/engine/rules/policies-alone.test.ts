import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const table = (path: string, ...entries: readonly (readonly [name: string, ...lines: string[]])[]) =>
  [
    `show ${path}`,
    `config ${path}`,
    ...entries.flatMap(([name, ...lines]) => [
      `    edit ${name}`,
      ...lines.map((line) => `        ${line}`),
      '    next',
    ]),
    'end',
    '',
  ].join('\n');
const SAID = 'plover cannot log in to SSL VPN, permission denied\n\n';
const users = table('user local', ['"plover"', 'set type password'], ['"wren"', 'set type password']);
const groups = table('user group', ['"office"', 'set member "plover"'], ['"staff"', 'set member "wren"']);
const policy = (...named: readonly string[]) =>
  table('firewall policy', [
    '4',
    'set srcintf "ssl.root"',
    'set dstintf "lan"',
    'set action accept',
    ...named,
  ]);
const STAFF = policy('set groups "staff"');

describe('policies of SSL VPN that name no group of the user, whose rules were not read', () => {
  it.each([
    ['a complaint names the user', SAID + users + groups + STAFF, undefined],
    ['the user is asked about', users + groups + STAFF, 'plover'],
  ])('shut the user out, where %s', (_what, text, user) => {
    const { headline, findings } = diagnoseText(text, user === undefined ? {} : { user });
    expect(headline).toBe('Policy 4 from ssl.root names staff, and plover is in office');
    expect(findings[0]).toMatchObject({ rule: 'user-not-in-vpn-rule', confidence: 'likely' });
    expect(findings[0]?.fix.apply.join()).toContain('append member "plover"');
  });

  it.each([
    ['a policy names the group', SAID + users + groups + policy('set groups "staff" "office"')],
    ['a policy names the user', SAID + users + groups + policy('set groups "staff"', 'set users "plover"')],
    ['a policy names nobody', SAID + users + groups + policy()],
    ['other policies may follow', SAID + users + groups + STAFF.replace('show firewall policy\n', '')],
    ['other groups may follow', SAID + users + groups.replace('show user group\n', '') + STAFF],
    ['the policies are cut off', SAID + users + groups + STAFF.replace('    next\nend\n', '')],
    [
      'the name is a word of any complaint',
      (SAID.replace('plover', 'my uncle') + users + groups + STAFF).replaceAll('plover', 'vpn'),
    ],
    ['nobody is named', users + groups + STAFF],
    ['two are named', SAID.replace('plover', 'plover or wren') + users + groups + STAFF],
  ])('do not, where %s', (_what, text) => {
    expect(diagnoseText(text).findings.map(({ rule }) => rule)).not.toContain('user-not-in-vpn-rule');
  });
});

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

const login = (user: string, counted: string, ...first: readonly string[]) =>
  [
    `[310:root:5c]rmt_logincheck_cb_handler:1283 user '${user}' has a matched local entry.`,
    '[310:root:5c]sslvpn_auth_check_usrgroup:3009 forming user/group list from policy.',
    `[310:root:5c]sslvpn_auth_check_usrgroup:3055 got user (0) group (${counted}).`,
    `[310:root:5c]sslvpn_authenticate_user:191 authenticate user: [${user}]`,
    '[310:root:5c][fam_auth_send_req_internal:426] Groups sent to FNBAM:',
    ...first,
    `[310:root:5c]invalid auth params for user '${user}'`,
    '[310:root:5c]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    `[310:root:5c]login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_unknown_user]`,
    '',
  ].join('\n');
const one = (name: string, ...members: readonly string[]) =>
  `fgt # show user group ${name}\nconfig user group\n    edit "${name}"\n        set member ${members.map((each) => `"${each}"`).join(' ')}\n    next\nend\n\n`;
const shown = (id: string, ...named: readonly string[]) =>
  policy(...named)
    .replace('show firewall policy', `fgt # show firewall policy ${id}`)
    .replace('edit 4', `edit ${id}`);

describe('a login for which sslvpn finds no group to ask, beside the group of the user and a policy', () => {
  it.each([
    ['the policy counted by sslvpn', '1:0', ['set groups "staff"'], 'certain'],
    ['one policy of several', '3:0', ['set groups "staff"'], 'likely'],
    ['a policy with two groups', '2:0', ['set groups "staff" "board"'], 'certain'],
  ])('the policy gets the group: %s', (_what, counted, named, confidence) => {
    const text = login('plover', counted) + one('office', 'plover', 'heron') + shown('61', ...named);
    const [finding] = diagnoseText(text).findings;
    expect(finding).toMatchObject({ rule: 'user-not-in-vpn-rule', confidence });
    expect(finding?.title).toContain('Policy 61 from ssl.root names only staff');
    expect(finding?.title).toContain('plover is in office');
    expect(finding?.fix.apply.join('\n')).toContain('edit 61\n        append groups "office"');
    expect(finding?.fix.undo.join('\n')).toContain('unselect groups "office"');
    expect(JSON.stringify(finding?.fix)).not.toMatch(/guessing|show user group/);
  });

  it('what was read whole is not asked for again', () => {
    const whole = `fgt # ${groups.replace('"plover"', '"heron"')}fgt # ${STAFF}`;
    const note = diagnoseText(login('plover', '1:0') + whole).findings[0]?.fix.note ?? '';
    expect(note).toContain('`show vpn ssl settings`');
    expect(note).not.toMatch(/`show user group`|`show firewall policy`/);
  });

  it('all groups and policies decide it as well', () => {
    const [finding] = diagnoseText(login('plover', '1:0') + groups + STAFF).findings;
    expect(finding?.title).toBe('Policy 4 from ssl.root names only staff, and plover is in office');
  });

  it.each([
    ['the policy names the group', one('office', 'plover') + shown('61', 'set groups "staff" "office"')],
    ['no group of the user is shown', one('office', 'heron') + shown('61', 'set groups "staff"')],
    ['the policy admits everybody', one('office', 'plover') + shown('61')],
  ])('no policy is changed where %s, and guessing is not mentioned', (_what, config) => {
    const [finding] = diagnoseText(login('plover', '1:0') + config).findings;
    expect(finding?.fix.apply.join('\n')).not.toContain('append groups');
    expect(JSON.stringify(finding?.fix)).not.toContain('guessing');
  });
});

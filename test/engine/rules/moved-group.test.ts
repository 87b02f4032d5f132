import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const FIXTURE = readFileSync(
  new URL('../../../src/engine/rules/ldap-group-mismatch/fixtures/broken.moved.log', import.meta.url),
  'utf8',
);
const ASKED = 'CN=Remote-Stores,OU=Access,DC=heron,DC=example';
const LISTED = 'cn=Remote-Stores,OU=Roles,DC=heron,DC=example';
const MOVED = 'vpn-stores asks for Remote-Stores in OU=Access; the directory has it in OU=Roles';

function found(text: string) {
  const finding = diagnoseText(text).findings.find(({ rule }) => rule === 'ldap-group-mismatch');
  if (!finding) throw new Error('ldap-group-mismatch is not found');
  return { ...finding, said: `${finding.title}\n${finding.summary}\n${finding.fix.note}` };
}

const lines = (group: string) =>
  [
    'config user group',
    '    edit "vpn-stores"',
    '        config match',
    '            edit 2',
    `                set group-name "${group}"`,
    '            next',
    '        end',
    '    next',
    'end',
  ] as const;

it('a group that stands in another branch of the directory is named, with the lines for its entry', () => {
  const { title, fix, said, evidence } = found(FIXTURE);
  expect(title).toBe(MOVED);
  expect(fix.apply).toEqual(lines(LISTED));
  expect(fix.undo).toEqual(lines(ASKED));
  // The text to forward names both in full.
  expect(fix.before).toBe(
    'First ask the owner of the directory whether the group was moved: if it was not, the lines let the members of another group in and keep those of the right one out.',
  );
  expect(evidence.map(({ text }) => text).join('\n')).toContain(LISTED);
  expect(said).not.toMatch(/Printers|Badges|Parking|add plover|add the account/i);
});

const wren = (group: string) =>
  FIXTURE.split('\n\n')[0]
    ?.replaceAll('plover', 'wren')
    .replaceAll('5119207', '5119208')
    .replaceAll('09:12:04', '09:14:20')
    .replace(LISTED, group);

it.each([
  ['two groups have this name', FIXTURE.replace('CN=Parking,OU=Access', 'CN=Remote-Stores,OU=Old')],
  ['the group is in another domain', FIXTURE.replace(LISTED, LISTED.replace('DC=heron', 'DC=egret'))],
  [
    'the log does not name the user group that was asked',
    FIXTURE.replace(/^.*(?:handle_req|Loaded LDAP).*\n/gm, ''),
  ],
])('words instead of lines where %s', (_why, text) => {
  const { title, fix, said } = found(text);
  expect(title).toMatch(/^vpn-stores asks for Remote-Stores in OU=Access.*; the directory has it in OU=/);
  expect([...fix.apply, ...fix.undo]).toEqual([]);
  expect(said).toContain('is the same group');
  expect(said).not.toMatch(/Printers|Badges|add plover|add the account/i);
});

it.each([
  ['the name is another', FIXTURE.replace('cn=Remote-Stores,', 'cn=Remote-Stores-2,')],
  ['only the spelling differs', FIXTURE.replace(LISTED, ASKED.toLowerCase().replaceAll(',', ', '))],
  ['the log lists the group that is asked for, too', `${wren(ASKED)}\n${FIXTURE}`],
  [
    'the entry is one of a server that was not asked',
    FIXTURE.replace('server-name "DC07"', 'server-name "DC08"'),
  ],
])('no group is called moved where %s', (_why, text) => {
  const { fix, said } = found(text);
  expect(said).not.toContain('the directory has it in');
  expect(fix.apply).toEqual([]);
});

it('a user beside, who is in no group of this name, changes nothing', () => {
  const { title, fix } = found(`${wren('CN=Canteen,OU=Access,DC=heron,DC=example')}\n${FIXTURE}`);
  expect(title).toBe(MOVED);
  expect(fix.apply).toEqual(lines(LISTED));
});

describe('a test of the password on the FortiGate', () => {
  const TESTED = readFileSync(
    new URL('../../../src/engine/rules/ldap-group-mismatch/fixtures/broken.tested.txt', import.meta.url),
    'utf8',
  );
  const ASKS = 'CN=Remote-Crew,OU=Roles,DC=heron,DC=example';
  const HAS = 'CN=Remote-Crew,OU=Roles,OU=Quay,DC=heron,DC=example';
  const REFUSED =
    'date=2026-03-02 time=09:12:40 logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.70 user="marlow" group="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"\n\n';

  it.each([
    ['alone', TESTED],
    ['beside the refused login', REFUSED + TESTED],
    [
      'below the group',
      TESTED.split(/\n\n(?=fgt-quay)/)
        .toReversed()
        .join('\n\n'),
    ],
    ['without indents', TESTED.replace(/^ +CN=/gm, 'CN=')],
  ])('shows a group that has moved: %s', (_what, text) => {
    const { title, fix, confidence } = found(text);
    expect(title).toBe('vpn-crew asks for Remote-Crew in OU=Roles; the directory has it in OU=Roles,OU=Quay');
    expect(confidence).toBe('likely');
    expect(fix.apply.join()).toContain(HAS);
    expect(fix.undo.join()).toContain(ASKS);
  });

  it('shows that the user is in none of the groups', () => {
    const { title, fix } = found(TESTED.replace('CN=Remote-Crew,OU=Roles,OU=Quay', 'CN=Parking,OU=Roles'));
    expect(title).toBe('marlow is not in CN=Remote-Crew, the LDAP group that vpn-crew asks for');
    expect(fix.apply).toEqual([]);
  });

  const inGroup = (...members: readonly string[]) =>
    TESTED.replace('set member "dc-quay"', `set member ${members.map((name) => `"${name}"`).join(' ')}`);
  const OPEN = '    edit "all-staff"\n        set member "dc-quay"\n    next\n    edit "vpn-crew"';
  it.each([
    ['the group is listed', TESTED.replace(HAS, ASKS), undefined],
    ['the group is listed in other letters', TESTED.replace(HAS, ASKS.toLowerCase()), undefined],
    ['the user group names the user', inGroup('dc-quay', 'marlow'), undefined],
    ['another group takes every user of the server', TESTED.replace('    edit "vpn-crew"', OPEN), undefined],
    [
      'the group asks another server',
      TESTED.replace('server-name "dc-quay"', 'server-name "dc-2"'),
      undefined,
    ],
    ['the test failed', TESTED.replace('succeeded!', 'failed!'), undefined],
    ['no group is listed', TESTED.replace(/^(?:Group membership.*| +CN=.*)\n/gm, ''), undefined],
    ['another user is asked about', TESTED, 'wren'],
  ])('shows none where %s', (_why, text, user) => {
    const { findings } = diagnoseText(text, user === undefined ? {} : { user });
    expect(findings.map(({ rule }) => rule)).not.toContain('ldap-group-mismatch');
  });
});

describe('the groups of an account as the directory lists them', () => {
  const POSTED = readFileSync(
    new URL('../../../src/engine/rules/ldap-group-mismatch/fixtures/broken.listed.txt', import.meta.url),
    'utf8',
  );
  const [HEAD = ''] = POSTED.split(/^PS /m);
  const BADGES = 'CN=Badges,OU=Roles,DC=heron,DC=example';
  const STORES = 'CN=Remote-Stores,OU=Roles,DC=heron,DC=example';

  it.each([
    [
      'PowerShell, one property',
      ['PS C:\\> (Get-ADUser plover -Properties memberOf).memberOf', BADGES, STORES],
    ],
    [
      'PowerShell, a list in braces',
      [
        'PS C:\\> Get-ADUser -Identity plover -Properties MemberOf | fl',
        '',
        `MemberOf : {${BADGES}, ${STORES}}`,
      ],
    ],
    [
      'PowerShell, the groups with a heading',
      [
        'PS C:\\> Get-ADPrincipalGroupMembership plover | select distinguishedName',
        '',
        'distinguishedName',
        '-----------------',
        BADGES,
        STORES,
      ],
    ],
    [
      'dsget',
      ['C:\\>dsget user "CN=plover,OU=Staff,DC=heron,DC=example" -memberof', `"${BADGES}"`, `"${STORES}"`],
    ],
    [
      'ldapsearch',
      [
        'dn: CN=Olga Plover,OU=Staff,DC=heron,DC=example',
        'sAMAccountName: plover',
        `memberOf: ${BADGES}`,
        `memberOf: ${STORES}`,
      ],
    ],
  ])('shows a group that has moved: %s', (_how, answer) => {
    const { title, fix, evidence } = found(`${HEAD}${answer.join('\n')}\n`);
    expect(title).toBe(MOVED);
    expect(fix.apply).toEqual(lines(STORES));
    expect(fix.undo).toEqual(lines(ASKED));
    expect(fix.before).toMatch(/First ask the owner/);
    expect(evidence.map(({ text }) => text).join('\n')).toMatch(/plover.*|memberOf/i);
  });

  it('needs no question to the owner of the directory where the text tells of the move', () => {
    const told = POSTED.replace('the directory was tidied up', 'all groups went into a new OU');
    const { fix, evidence } = found(told);
    expect(fix.before).toBeUndefined();
    expect(evidence.map(({ text }) => text).join('\n')).toContain('went into a new OU');
  });

  it('is a possible cause where the group is not among them', () => {
    const { title, confidence } = found(POSTED.replace(STORES, 'CN=Printers,OU=Roles,DC=heron,DC=example'));
    expect(title).toBe('plover is not in CN=Remote-Stores, the LDAP group that vpn-stores asks for');
    expect(confidence).toBe('possible');
  });

  it.each([
    ['the group is among them', POSTED.replace(STORES, ASKED), undefined],
    [
      'the group is of another domain',
      POSTED.replace(ASKED, ASKED.replace('DC=heron', 'DC=egret')),
      undefined,
    ],
    ['the user group names the user', POSTED.replace('"dc-heron"', '"dc-heron" "plover"'), undefined],
    ['another user is asked about', POSTED, 'wren'],
  ])('shows none where %s', (_why, text, user) => {
    const { findings } = diagnoseText(text, user === undefined ? {} : { user });
    expect(findings.map(({ rule }) => rule)).not.toContain('ldap-group-mismatch');
  });

  it.each([
    ['Do they need new passwords?', /The password stays as it is/],
    ['Is it the FortiGate or the directory?', /The FortiGate has to be changed/],
  ])('answers “%s”', (question, answer) => {
    const { answers = [] } = diagnoseText(`${question}\n\n${POSTED}`);
    expect(answers.map((each) => each.answer).join(' ')).toMatch(answer);
  });
});

import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const first = (...lines: readonly string[]) => diagnoseText(`${lines.join('\n')}\n`).findings[0];

const search = (base: string, filter: string) => [
  '[1738] handle_req-Rcvd auth req 5119201 for o.plover in vpn-ad opt=00200421 prot=11 svc=9',
  "[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'vpn-ad' (8)",
  '[984] __ldap_next_state-State: Admin Binding -> DN Search',
  `[888] fnbamd_ldap_build_dn_search_req-base:'${base}' filter:${filter}`,
  '[900] __ldap_next_state-No DN is found.',
  '[984] __ldap_next_state-State: DN Search -> Done',
  '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 5119201, len=2524',
];
const entry = (dn: string, name = 'o.plover') => [`distinguishedName: ${dn}`, `sAMAccountName: ${name}`];
const NORTH = 'CN=Oda Plover,OU=Users,OU=North,DC=heron,DC=example';
const SOUTH = 'OU=South,DC=heron,DC=example';

describe('the entry of the account beside the log', () => {
  it('shows that the FortiGate searches in another branch', () => {
    const finding = first(...search(SOUTH, 'sAMAccountName=o.plover'), 'AD says:', ...entry(NORTH));
    expect(finding).toMatchObject({
      rule: 'ldap-user-not-found',
      confidence: 'certain',
      title: 'o.plover stands in OU=Users,OU=North, and dc01 searches only below OU=South',
      fix: {
        apply: [
          'config user ldap',
          '    edit "dc01"',
          '        set dn "DC=heron,DC=example"',
          '    next',
          'end',
        ],
        undo: ['config user ldap', '    edit "dc01"', `        set dn "${SOUTH}"`, '    next', 'end'],
        verify: ['show user ldap "dc01"'],
      },
    });
    expect(finding?.evidence.map(({ text }) => text)).toContain(`distinguishedName: ${NORTH}`);
  });

  it.each([
    [
      'the account is below that branch',
      SOUTH,
      'sAMAccountName=o.plover',
      entry(`CN=Oda Plover,OU=Users,${SOUTH}`),
    ],
    ['it is the entry of another account', SOUTH, 'sAMAccountName=o.plover', entry(NORTH, 'wren')],
    ['another attribute is searched', SOUTH, 'cn=o.plover', entry(NORTH)],
    [
      'the entry is of another domain',
      SOUTH,
      'sAMAccountName=o.plover',
      entry('CN=Oda,OU=North,DC=egret,DC=test'),
    ],
    ['no entry stands there', SOUTH, 'sAMAccountName=o.plover', []],
  ])('says nothing where %s', (_, base, filter, lines) => {
    expect(first(...search(base, filter), ...lines)?.fix.apply).toEqual([]);
  });
});

describe('the name that was typed is not what `cnid` holds', () => {
  const STAFF = 'OU=Staff,DC=heron,DC=example';
  const byName = search(STAFF, 'cn=o.plover');
  const settings = (cnid: string) => [
    'config user ldap',
    '    edit "dc01"',
    '        set server "192.0.2.40"',
    `        set cnid "${cnid}"`,
    `        set dn "${STAFF}"`,
    '    next',
    'end',
  ];
  const SET = '        set cnid "sAMAccountName"';

  it('as the entry of the account shows', () => {
    const finding = first(...byName, ...entry(`CN=Oda Plover,OU=Lab,${STAFF}`));
    expect(finding).toMatchObject({
      rule: 'ldap-user-not-found',
      confidence: 'certain',
      title: 'dc01 looks for o.plover in cn, and it is the sAMAccountName',
    });
    expect(finding?.fix.apply).toContain(SET);
    expect(finding?.fix.undo).toContain('        set cnid "cn"');
    expect(finding?.evidence.map(({ text }) => text)).toContain('sAMAccountName: o.plover');
  });

  it.each([
    'She gets in with "Plover, Oda" as the name; display name (comma and all) works, o.plover does not.',
    'With the full name the login works, with the account name it does not.',
    'Mit dem Anzeigenamen klappt es, mit dem Kontonamen nicht.',
    'Avec le nom complet ça marche, pas avec le compte.',
    'Con el nombre completo funciona, con la cuenta no.',
  ])('as a person says: %s', (said) => {
    const finding = first(said, '', ...byName.filter((line) => !line.includes('Loaded')), ...settings('cn'));
    expect(finding).toMatchObject({
      rule: 'ldap-user-not-found',
      confidence: 'likely',
      title: 'dc01 looks for o.plover in cn, which holds display names',
    });
    expect(finding?.fix.apply).toContain(SET);
  });

  it.each([
    ['the display name fails, too', 'Her display name does not work, either.', byName],
    ['the display name is asked about', 'Does her display name work?', byName],
    ['another attribute is searched', 'Her display name works.', search(STAFF, 'sAMAccountName=o.plover')],
    ['the account is below another branch', entry(NORTH).join('\n'), byName],
    ['it is the entry of another account', entry(`CN=Wren,${STAFF}`, 'wren').join('\n'), byName],
  ])('is not said where %s', (_, said, lines) => {
    expect(first(said, '', ...lines)?.fix.apply).toEqual([]);
  });

  it('comes before other branches where the attribute holds display names', () => {
    const note = first(...byName)?.fix.note ?? '';
    expect(note).toMatch(
      /^`cn` holds display names in Active Directory.*`set cnid sAMAccountName`.*another branch/,
    );
  });
});

describe('the event of NPS beside the log', () => {
  const REJECTED = [
    '[1738] handle_req-Rcvd auth req 5119201 for wren in vpn-users opt=00200421 prot=11 svc=9',
    "[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'nps1' for usergroup 'vpn-users' (6)",
    '[295] fnbamd_radius_get_next_auth_prot-Next auth prot MS-CHAPv2',
    '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3',
    "[1286] fnbamd_rad_process-Result from radius svr 'nps1' is 1, req 5119201",
    '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 5119201, len=2524',
  ];
  const event = (user: string, code: number, reason: string) => [
    'Network Policy Server denied access to a user.',
    `\tAccount Name:\t\t\tHERON\\${user}`,
    '\tAccount Name:\t\t\t-',
    `\tReason Code:\t\t\t${code}`,
    `\tReason:\t\t\t\t${reason}.`,
  ];
  const xml = `<Data Name="SubjectUserName">HERON\\wren</Data><Data Name="ReasonCode">36</Data><Data Name="Reason">The account is locked out.</Data>`;

  it.each([
    ['no network policy matches (reason 48)', event('wren', 48, 'The request did not match any policy')],
    ['its policy does not allow this method (reason 66)', event('wren', 66, 'The method is not enabled')],
    ['Another reason of its own (reason 262)', event('wren', 262, 'Another reason of its own')],
    ['the account is locked (reason 36)', [xml]],
  ])('says why: %s', (why, lines) => {
    const finding = first(...REJECTED, ...lines);
    expect(finding?.title).toBe(`RADIUS server nps1 refused wren: ${why}`);
    expect(finding?.confidence).toBe('certain');
    expect(finding?.fix.note).toContain('with reason code');
    const [login] = diagnoseText([...REJECTED, ...lines].join('\n')).attempts;
    expect(login?.reason).toBe(`refused by nps1: ${why.replace(/ \(.*/, '')}`);
  });

  it('about another user says nothing of this one', () => {
    expect(first(...REJECTED, ...event('plover', 48, 'No policy'))?.title).toBe(
      'RADIUS server nps1 refused wren',
    );
  });
});

describe('the text to forward', () => {
  it('tells the owner of the directory the account, the time, the server and the reason in words', () => {
    const at = '2026-03-02 09:12:04 ';
    const note = first(
      `${at}[1738] handle_req-Rcvd auth req 5119201 for wren in vpn-ad opt=00200421 prot=11 svc=9`,
      `${at}[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'vpn-ad' (8)`,
      `${at}[984] __ldap_next_state-State: DN Search -> User Binding`,
      `${at}[1333] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v2580)`,
      `${at}[984] __ldap_next_state-State: User Binding -> Done`,
      `${at}[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 5119201, len=2524`,
    )?.fix.note;
    expect(note).toContain(
      '“Your server dc01 refused the VPN login of wren at 2026-03-02 09:12:04: the account is locked (data 775).',
    );
  });
});

it('a SAML group that comes under another name is the headline, and a `config match` that fits is not asked for', () => {
  const claim = 'http://schemas.example.test/identity/claims/groups';
  const settings = (value: string) => [
    'config user saml',
    '    edit "entra"',
    '        set user-name "username"',
    '        set group-name "group"',
    '    next',
    'end',
    'config user group',
    '    edit "vpn-entra"',
    '        set member "entra"',
    '        config match',
    '            edit 1',
    '                set server-name "entra"',
    `                set group-name "${value}"`,
    '            next',
    '        end',
    '    next',
    'end',
  ];
  const log = [
    "samld_send_common_reply [120]:     Attr: 10, 40, 'username' 'wren'",
    `samld_send_common_reply [120]:     Attr: 10, 104, '${claim}' 'id-1'`,
    '[176:root:2ab5]fsv_saml_login_response:477 No group info in SAML response.',
    '[176:root:2ab5]fsv_saml_login_resp_cb:173 SAML group mismatch.',
  ];
  const finding = first(...settings('id-1'), ...log);
  expect(finding?.title).toBe(
    'The identity provider sends the group as “…/claims/groups”, and entra reads “group”',
  );
  expect(finding?.fix.note).toContain('Its value `id-1` is one that `config match`');
  expect(first(...settings('id-2'), ...log)?.fix.note).toContain('must then name the value `id-1`');
});

describe('what a person says of the time before the failure, and of who gets in', () => {
  const IKE = (...lines: readonly string[]) => [
    'ike V=root:0: comes 203.0.113.41:500->198.51.100.10:500,ifindex=7,vrf=0,len=444....',
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:83: responder received SA_INIT msg',
    ...lines,
  ];
  const KEY = IKE(
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:83: SA proposal chosen, matched gateway ra-roam',
    'ike V=root:0:ra-roam:83: responder received AUTH msg',
    'ike V=root:0:ra-roam:83: PSK auth failed: probable pre-shared key mismatch',
  );
  const POLICY = IKE('ike V=root:0:ra-roam: ignoring IKEv2 request, no policy configured');
  const BIND = [
    '[984] __ldap_next_state-State: Connecting -> Admin Binding',
    "[192] __ldap_build_bind_req-Binding to 'svc-vpn@heron.example'",
    '[846] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C090449, comment: AcceptSecurityContext error, data 52e, v4563)',
    '[984] __ldap_next_state-State: Admin Binding -> Done',
    '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 5119201, len=2577',
  ];
  const BLOCK = [
    'fgt # diagnose vpn ssl blocklist list',
    'rowid=1, host=203.0.113.33, status=locked, fails=2',
  ];

  it.each([
    ['two keys differ', '', KEY, 'likely', ['the key there was changed', 'another gateway']],
    [
      'others get in with the key',
      'Only the new laptops fail, the 40 old ones are fine.',
      KEY,
      'likely',
      ['leave `psksecret` as it is', 'does not fit the key of the tunnel'],
    ],
    ['no policy is there', '', POLICY, 'likely', ['Create a firewall policy', 'another gateway']],
    [
      'policies were removed',
      'Nobody of 80 employees gets in since we cleaned up the old rules.',
      POLICY,
      'certain',
      ['Put back the policy with ra-roam', '(line 1)'],
    ],
    ['the account is refused', '', BIND, 'certain', ['Compare `username`']],
    [
      'its password was changed',
      'The passwords of all service accounts were rotated at night.',
      BIND,
      'certain',
      ['its password is most likely the old one', 'get its new password'],
    ],
    ['an address is blocked', '', BLOCK, 'certain', ['find out who fails']],
    [
      'a client has an old password',
      'Her old tablet has the former password still stored. Can that hit us all?',
      BLOCK,
      'certain',
      ['First type the new password in every client that has the old one saved'],
    ],
  ] as const)('%s', (_, said, log, confidence, words) => {
    const finding = first(said, '', ...log);
    expect(finding?.confidence).toBe(confidence);
    for (const word of words)
      expect(`${finding?.title} ${finding?.summary} ${finding?.fix.note}`).toContain(word);
  });
});

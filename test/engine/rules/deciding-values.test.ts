import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

/** The value that decides stands in the text, so the answer names it and does not ask for it. */
function finding(rule: string, ...lines: readonly string[]) {
  const found = diagnoseText(lines.join('\n')).findings.find((each) => each.rule === rule);
  return { apply: [], ...found, said: `${found?.title}\n${found?.summary}\n${found?.fix.note}` };
}

describe('a negotiation in the debug of ike, and the line of the event log about it', () => {
  const at = (second: string) =>
    `2026-03-02 09:12:${second}.000113 ike V=root:0:0a1b2c3d4e5f6071/0000000000000000:77:`;
  const offers = [
    '2026-03-02 09:12:04.000100 ike V=root:0: comes 203.0.113.61:500->198.51.100.10:500,ifindex=6,vrf=0,len=465....',
    `${at('04')} responder received SA_INIT msg`,
    `${at('04')} incoming proposal:`,
    `${at('04')}         type=ENCR, val=AES_CBC (key_len = 256)`,
    `${at('04')}         type=DH_GROUP, val=ECP384.`,
    `${at('04')} my proposal, gw ra-lab:`,
    `${at('04')}         type=ENCR, val=AES_CBC (key_len = 256)`,
    `${at('04')}         type=DH_GROUP, val=MODP2048.`,
    `${at('04')} no proposal chosen`,
  ];
  const event = (address: string, time = '09:12:04') =>
    `date=2026-03-02 time=${time} devname="fgt-branch-07" logid="0101037124" type="event" subtype="vpn" level="error" vd="root" logdesc="IPsec phase 1 error" action="negotiate" remip=${address} user="N/A" status="negotiate_error" reason="peer SA proposal not match local policy"`;

  it.each([
    ['after it', [...offers, event('203.0.113.61')]],
    ['before it', [event('203.0.113.61'), ...offers]],
  ])('is one login, with the values of the debug: %s', (_, lines) => {
    const { said } = finding('ike-proposal-mismatch', ...lines);
    expect(said).toContain('The client offers DH group 20, and ra-lab accepts 14');
    expect(said).toContain('another gateway');
    expect(diagnoseText(lines.join('\n')).attempts).toHaveLength(1);
  });

  it.each([
    ['another address', event('203.0.113.62')],
    ['another time', event('203.0.113.61', '10:40:00')],
  ])('is not mixed with that of %s', (_, line) => {
    expect(finding('ike-proposal-mismatch', ...offers, line).said).not.toContain('DH group 20');
  });
});

describe('the issuer of the answer and `idp-entity-id`', () => {
  const answer = (issuer: string) => [
    '2026-03-02 09:12:04 samld_process_request [145]: len=228, cmd=0, pid=155, job_id=5601',
    '2026-03-02 09:12:19 samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=5601',
    '2026-03-02 09:12:19 __samld_sp_login_resp [830]:',
    'SP Login Response Msg Body',
    `<samlp:Response Version="2.0" Destination="https://vpn.heron.example/remote/saml/login"><saml:Issuer>${issuer}</saml:Issuer></samlp:Response>`,
    '2026-03-02 09:12:19 __samld_sp_login_resp [830]: Failed to process response message. Ret=-201(The identifier of a provider is unknown to #LassoServer.)',
  ];
  const server = (name: string, id: string) => [
    `    edit "${name}"`,
    '        set single-sign-on-url "https://vpn.heron.example/remote/saml/login"',
    `        set idp-entity-id "${id}"`,
    '    next',
  ];
  const settings = (...servers: readonly (readonly string[])[]) => [
    'config user saml',
    ...servers.flat(),
    'end',
  ];

  it('are set equal where they differ by a slash or the scheme', () => {
    const found = finding(
      'saml-url-or-entity-mismatch',
      ...answer('https://idp.heron.example/meta'),
      ...settings(
        server('entra', 'http://idp.heron.example/meta/'),
        server('other', 'https://idp.crane.example/'),
      ),
    );
    expect(found.fix?.apply.join('\n')).toContain(
      'edit "entra"\n        set idp-entity-id "https://idp.heron.example/meta"',
    );
    expect(found.fix?.undo.join('\n')).toContain('set idp-entity-id "http://idp.heron.example/meta/"');
    expect(found.said).not.toContain('Please send');
    expect(found.evidence?.map(({ text }) => text).join('\n')).toMatch(
      /<saml:Issuer>[\s\S]*set idp-entity-id/,
    );
  });

  it('are both named, and nothing is set, where they are of two applications', () => {
    const found = finding(
      'saml-url-or-entity-mismatch',
      ...answer('https://idp.heron.example/meta'),
      ...settings(server('entra', 'https://idp.crane.example/')),
    );
    expect(found.fix?.apply).toEqual([]);
    expect(found.said).toContain('`https://idp.heron.example/meta`');
    expect(found.said).toContain('`https://idp.crane.example/`');
  });
});

describe('an open session of SSL VPN', () => {
  const lines = (notice: string) => [
    notice,
    '',
    'fgt-branch-07 # get vpn ssl monitor',
    'SSL-VPN Login Users:',
    ' Index   User    Group   Auth Type      Timeout         Auth-Timeout    From     HTTP in/out    HTTPS in/out    Two-factor Auth',
    ' 0       p.wren  staff   1(1)            290     28000   203.0.113.71    0/0     0/0     0',
    ' 1       oriole  staff   1(1)            290     28000   203.0.113.72    0/0     0/0     0',
    '',
    'SSL-VPN sessions:',
    ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP ',
    ' 0       p.wren  staff   203.0.113.71    7500    27388/14075     10.212.134.200',
    ' 1       oriole  staff   203.0.113.72    100     27388/14075     10.212.134.201',
    '',
    'fgt-branch-07 # show vpn ssl web portal',
    'config vpn ssl web portal',
    '    edit "full-access"',
    '        set tunnel-mode enable',
    '        set limit-user-logins enable',
    '    next',
    'end',
  ];
  const MESSAGE =
    'You already have an open SSL VPN connection. Opening multiple connections are not permitted.';

  it('is ended first, by its index', () => {
    const { said } = finding('login-limit-reached', ...lines(`Wren sees: ${MESSAGE}`));
    expect(said).toContain(
      'First end the session of p.wren (index 0 in `get vpn ssl monitor`, from 203.0.113.71, open for 125 min), with the index that it has then: `execute vpn sslvpn del-tunnel 0`.',
    );
  });

  it('is not guessed', () => {
    const { said } = finding('login-limit-reached', ...lines(`A colleague sees: ${MESSAGE}`));
    expect(said).not.toContain('del-tunnel 0');
    expect(said).toContain('p.wren (index 0');
    expect(said).toContain('oriole (index 1');
  });
});

it('a login without a realm is told the addresses that have a rule', () => {
  const { said } = finding(
    'ssl-portal-or-realm-mismatch',
    '[512:root:b3]allocSSLConn:303 sconn 0x7f6db9c65ba0 (0:root)',
    '[512:root:b3]SSL established: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384',
    '[512:root:b3]sslvpn_validate_user_group_list:1850 validating with SSL VPN authentication rules (2), realm ((null)).',
    '[512:root:b3]sslvpn_validate_user_group_list:1978 checking rule 1 realm.',
    '[512:root:b3]sslvpn_validate_user_group_list:1978 checking rule 2 realm.',
    '[512:root:b3]sslvpn_update_user_group_list:1793 got user (0:0), group (0:0), peer group (0) after update.',
    '[512:root:b3]sslvpn_authenticate_user:193 authenticate user: [plover]',
    "[512:root:b3]invalid auth params for user 'plover'",
    '[512:root:b3]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    '[512:root:b3]login_failed:393 user[plover],auth_type=1 failed [sslvpn_login_unknown_user]',
    'config vpn ssl settings',
    '    set source-interface "wan1"',
    '    config authentication-rule',
    ...['pilots', 'crew'].flatMap((realm, index) => [
      `        edit ${index + 1}`,
      `            set groups "${realm}"`,
      `            set realm "${realm}"`,
      '        next',
    ]),
    '    end',
    'end',
  );
  expect(said).toContain('plover came with no realm');
  expect(said).toContain('/pilots and /crew');
  expect(said).not.toContain('logged in');
  expect(said).not.toContain('after the slash does not belong');
});

it('the sign-in, the tunnel and the limit are on one scale', () => {
  const { said } = finding(
    'saml-timeout',
    'fgt-branch-07 # show full-configuration system global | grep remoteauthtimeout',
    '    set remoteauthtimeout 20',
    '',
    "2026-03-02 08:10:02 [authd_local_saml_auth:5778]: SAML login with UID '7B1D00E4A95C4F18B3C2D1E0F9A8B7C6'.",
    '2026-03-02 08:10:02 [authd_saml_login_req:31]: SAML login req. ID:563811, relayState:magic=58ef7866b2834915',
    '2026-03-02 08:10:02 samld_process_request [145]: len=228, cmd=0, pid=155, job_id=563811',
    '2026-03-02 08:11:32 samld_process_request [145]: len=8011, cmd=2, pid=155, job_id=563811',
    '2026-03-02 08:11:32 samld_send_common_reply [91]: Code: 0, id: 563811, pid: 155, len: 14553, data_len 14537',
    "2026-03-02 08:11:32 samld_send_common_reply [120]:     Attr: 10, 38, 'username' 'wren@heron.example'",
    '2026-03-02 08:11:34 ike V=root:0: comes 203.0.113.44:500->198.51.100.10:500,ifindex=6,vrf=0,len=465....',
    '2026-03-02 08:11:34 ike V=root:0:a1b2c3d4e5f60719/0000000000000000:512: responder received SA_INIT msg',
    '2026-03-02 08:11:34 ike V=root:0:a1b2c3d4e5f60719/0000000000000000:512: VID forticlient connect license 05E793CA87B27A45',
    '2026-03-02 08:11:34 ike V=root:0:ra-saml:512: SA proposal chosen, matched gateway ra-saml',
    '2026-03-02 08:11:34 ike V=root:0:ra-saml: EAP user "7B1D00E4A95C4F18B3C2D1E0F9A8B7C6"',
    '2026-03-02 08:11:34 ike V=root:0:ra-saml: EAP 1066660556841 pending',
    '2026-03-02 08:11:34 [1715] handle_req-Rcvd auth req 1066660556841 for 7B1D00E4A95C4F18B3C2D1E0F9A8B7C6 in vpn-entra opt=00000000 prot=7 svc=9',
    '2026-03-02 08:11:34 [866] fnbamd_auth_start-No remote authentication started',
    '2026-03-02 08:11:34 [1827] handle_req-Error starting session',
    '2026-03-02 08:11:34 [216] fnbamd_comm_send_result-Sending result 5 (nid 0) for req 1066660556841, len=2520',
    '2026-03-02 08:11:34 ike V=root:0:ra-saml:512 EAP 1066660556841 result FNBAM_ERROR',
  );
  expect(said).toContain('The answer came after 90 s, the tunnel at 92 s; `remoteauthtimeout` is 20 s.');
  expect(said).toContain('wren@heron.example');
  expect(said).not.toContain('by default');
});

it('a line of sslvpn without a time about a refusal of fnbamd is the same login', () => {
  const log = [
    '2026-03-02 08:00:37 [1738] handle_req-Rcvd auth req 3302 for h.dunlin in staff opt=00200421 prot=3 svc=9',
    '2026-03-02 08:00:37 [507] create_auth_session-Session created for req id 3302',
    "2026-03-02 08:00:37 [818] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC07' for usergroup 'staff' (8)",
    '2026-03-02 08:00:37 [984] __ldap_next_state-State: Admin Binding -> Done',
    '2026-03-02 08:00:37 [239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 3302, len=2524',
    '2026-03-02 08:00:37 [599] destroy_auth_session-delete session 3302',
    '[2217:root:7d]login_failed:393 user[h.dunlin],auth_type=1 failed [sslvpn_login_permission_denied]',
  ];
  const { attempts } = diagnoseText(log.join('\n'));
  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toMatchObject({ user: 'h.dunlin', outcome: 'failed' });
  const others = diagnoseText([...log, log[6]?.replace('7d', '7e')].join('\n')).attempts;
  expect(others).toHaveLength(2);
});

describe('what the text decides is no alternative', () => {
  it('the name of the setting, as the entry spells it', () => {
    const log = [
      '2026-03-02 09:12:04 [1738] handle_req-Rcvd auth req 77 for Dunlin in vpn-ad opt=00200421 prot=10',
      '2026-03-02 09:12:04 [903] update_auth_token_session-config does not require 2fa',
      '2026-03-02 09:12:04 [239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 77, len=2524',
      'fgt-branch-07 # show full-configuration user local',
      'config user local',
      '    edit "dunlin"',
      '        set type ldap',
      '        set two-factor fortitoken',
      '        set fortitoken "FTKMOB11AA22BB33"',
      '        set username-case-sensitivity enable',
      '    next',
      'end',
    ];
    const found = finding('username-case-bypasses-2fa', ...log);
    expect(found.fix?.apply.join()).toContain('set username-case-sensitivity disable');
    expect(found.said).not.toContain('The setting is called');
    expect(found.evidence?.map(({ text }) => text)).toContain('set username-case-sensitivity enable');
  });

  it('a callback address that is set', () => {
    const { said } = finding(
      'push-disabled',
      'config system ftm-push',
      '    set status disable',
      '    set server "198.51.100.10"',
      'end',
    );
    expect(said).not.toContain('only while a callback address is set');
  });

  it('the list that holds addresses, not groups', () => {
    const list = (group: readonly string[]) =>
      finding(
        'source-address-restricted',
        'config firewall address',
        ...['office-a', 'office-b'].flatMap((name, index) => [
          `    edit "${name}"`,
          `        set subnet 203.0.113.${index} 255.255.255.255`,
          '    next',
        ]),
        'end',
        ...group,
        'config vpn ssl settings',
        '    set port 10443',
        '    set source-interface "wan1"',
        `    set source-address ${group.length > 0 ? '"offices"' : '"office-a" "office-b"'}`,
        'end',
        'fgt-branch-07 # diagnose sniffer packet any "tcp port 10443" 4 20 l',
        '2026-03-02 18:22:07.118233 wan1 in 198.51.100.9.49810 -> 198.51.100.10.10443: syn 3391821177',
        '2026-03-02 18:22:08.124410 wan1 in 198.51.100.9.49810 -> 198.51.100.10.10443: syn 3391821177',
        '2026-03-02 18:22:10.124410 wan1 in 198.51.100.9.49810 -> 198.51.100.10.10443: syn 3391821177',
      ).said;
    expect(list([])).toContain(
      'create an address object for it and add it to the list (`append source-address` in `config vpn ssl settings`).',
    );
    expect(
      list([
        'config firewall addrgrp',
        '    edit "offices"',
        '        set member "office-a" "office-b"',
        '    next',
        'end',
      ]),
    ).toContain('or to offices, which holds several addresses');
  });
});

it('the IKE version comes before the proposal where no tunnel was compared', () => {
  const at = '2026-03-02 09:12:04 ike V=root:0:0a1b2c3d4e5f6072/0000000000000000:92:';
  const { said } = finding(
    'ike-proposal-mismatch',
    '2026-03-02 09:12:04 ike V=root:0: comes 203.0.113.63:500->198.51.100.10:500,ifindex=6,vrf=0,len=292....',
    `${at} responder: aggressive mode get 1st message...`,
    `${at} VID forticlient connect license 05E793CA87B27A45`,
    `${at} no SA proposal chosen`,
  );
  expect(said).toContain('First compare `ike-version`');
  expect(said).toContain('which speaks IKEv1');
});

it('a RADIUS administrator is told a text, not the name of a setting of the FortiGate', () => {
  const { said, fix } = finding(
    'radius-group-attribute-missing',
    '[2063] handle_req-Rcvd auth req 3318 for s.dunlin in vpn-mfa opt=00200421 prot=10',
    "[1168] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'NPS7' for usergroup 'vpn-mfa' (12)",
    '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2',
    "[1350] fnbamd_rad_process-Result from radius svr 'NPS7' is 0, req 3318",
    '[209] find_matched_usr_grps-Failed group matching',
    '[187] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 3318, len=2061',
  );
  expect(said).toContain('RADIUS server NPS7 accepted s.dunlin without a group that vpn-mfa asks for');
  expect(fix?.note).toContain('exactly the text <group-name>');
  expect(fix?.note).toContain('`show user group` prints that text');
});

describe('a locked token, and a new one in the same table', () => {
  const table = (...rows: readonly string[]) => [
    'fgt-branch-07 # show user local wren',
    'config user local',
    '    edit "wren"',
    '        set two-factor fortitoken',
    '        set fortitoken "FTKMOB11AA22BB33"',
    '    next',
    'end',
    'fgt-branch-07 # diagnose fortitoken info',
    'FORTITOKEN           DRIFT  STATUS',
    'FTKMOB11AA22BB33     0      locked',
    ...rows,
    '',
    'Total activated token: 0',
    '',
  ];
  const NEW = 'FTKMOB11AA22BB44     0      new';

  it('may be exchanged for it', () => {
    expect(finding('token-locked', ...table(NEW)).said).toContain(
      'assign FTKMOB11AA22BB44, which is new (`set fortitoken` in the entry of wren)',
    );
  });

  it.each([
    ['is in use', NEW.replace('new', 'provisioned')],
    ['is no mobile one', NEW.replace('FTKMOB11AA22BB44', 'FTK2001122334455')],
  ])('is not exchanged for one that %s', (_, row) => {
    expect(finding('token-locked', ...table(row)).said).not.toContain('which is new');
  });
});

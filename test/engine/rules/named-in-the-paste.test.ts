import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const first = (...lines: readonly string[]) => diagnoseText(`${lines.join('\n')}\n`).findings[0];
const entry = (path: string, name: string, ...lines: readonly string[]) =>
  [`config ${path}`, `    edit "${name}"`, ...lines.map((line) => `        ${line}`), '    next', 'end'].join(
    '\n',
  );

describe('what the paste names is not asked for', () => {
  const REFUSED =
    'date=2026-03-02 time=09:12:02 logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.4 user="wren" group="N/A" reason="sslvpn_login_cert_checked_error" msg="SSL user failed to logged in"';
  it('the interface on which a dropped packet came in', () => {
    const finding = first(
      'id=20085 trace_id=1 func=print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) tun_id=0.0.0.0 from port7. flag [S], seq 2870211, ack 0, win 65535"',
      'id=20085 trace_id=1 func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 7, drop"',
    );
    expect(finding?.rule).toBe('local-in-policy-denies');
    expect(finding?.fix.apply.join('\n')).toContain('set intf "port7"');
  });

  it('the server that did not answer', () => {
    const { attempts } = diagnoseText(
      [
        '[1995] handle_req-Rcvd auth req 71 for wren in vpn-staff opt=00200421 prot=11',
        '[597] __ldap_conn_timeout-Connction with dc09:10.20.7.9 timed out.',
        '[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 71, len=2144',
      ].join('\n'),
    );
    expect(attempts[0]?.reason).toBe('no answer from dc09');
  });

  const PEER = entry('user peer', 'laptops', 'set ca "Heron-Root"', 'set subject "OU=staff"');
  const rules = (...peers: readonly string[]) =>
    [
      'config vpn ssl settings',
      '    set source-interface "wan1"',
      '    config authentication-rule',
      ...peers.map(
        (peer, at) =>
          `        edit ${at + 1}\n            set groups "crew"\n            set client-cert enable\n            set user-peer "${peer}"\n        next`,
      ),
      '    end',
      'end',
    ].join('\n');

  it('the certificate that a rule of SSL VPN asks for', () => {
    const finding = first(REFUSED, PEER, rules('laptops'));
    expect(finding?.rule).toBe('vpn-client-certificate-rejected');
    expect(finding?.fix.note).toContain('of the CA Heron-Root with `OU=staff` in its subject');
    expect(finding?.fix.note).not.toContain('user peer');
  });

  it.each([
    ['two rules ask for different ones', [PEER, rules('laptops', 'phones')]],
    ['the peer was not read', [rules('laptops')]],
  ])('except where %s', (_what, settings) => {
    expect(first(REFUSED, ...settings)?.fix.note).toContain('`user peer` that the rule names');
  });

  const UNSIGNED = [
    '__samld_sp_login_resp [830]: Failed to process response message. ret=-111(Failed to verify signature.)',
    'samld_send_common_reply [92]: Code: 1, id: 5, pid: 201, len: 65, data_len 49',
  ];
  const saml = (name: string) => entry('user saml', name, 'set idp-cert "REMOTE_Cert_2"');

  it('the SAML server and its certificate', () => {
    expect(first(...UNSIGNED, saml('entra'))?.fix.note).toContain(
      '`edit "entra"`, `set idp-cert "<new-certificate>"`, `end`. REMOTE_Cert_2 is the way back',
    );
    expect(first(...UNSIGNED, saml('entra'), saml('okta'))?.fix.note).toContain('note the old name');
  });

  const SILENT = [
    '2026-03-02 09:12:01 [1850] handle_req-Rcvd auth req 77 for wren in crew opt=00200421 prot=11',
    "2026-03-02 09:12:01 [1216] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'crew'",
    '2026-03-02 09:12:04 [597] __ldap_conn_timeout-Connction with dc01:192.0.2.5 timed out.',
    '2026-03-02 09:12:04 [1677] __ldap_error-Ret 10, st = 0.',
    '2026-03-02 09:12:04 [239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 77, len=2144',
  ];

  it('the entry of a server that does not answer', () => {
    const dc01 = entry('user ldap', 'dc01', 'set server "192.0.2.5"');
    expect(first(...SILENT)?.fix.note).toContain('show user ldap');
    expect(first(...SILENT, dc01)?.fix.note).not.toContain('show user ldap');
    expect(first(...SILENT, dc01)?.fix.note).toContain('execute ping 192.0.2.5');
  });

  it('the group, by no name where the log has none', () => {
    const log = [
      '2026-03-02 09:12:01 [1850] handle_req-Rcvd auth req 13 for wren in crew opt=00200421 prot=11',
      '2026-03-02 09:12:01 [1216] fnbamd_rad_validate_pkt-RADIUS resp code 2',
      "2026-03-02 09:12:01 [1286] fnbamd_rad_process-Result from radius svr 'nps' is 0, req 13",
      '2026-03-02 09:12:01 [500] find_matched_usr_grps-Failed group matching',
      '2026-03-02 09:12:01 [239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 13, len=2144',
    ];
    const group =
      'config user group\n    edit "crew"\n        set member "nps"\n        config match\n            edit 1\n                set server-name "nps"\n                set group-name "vpn"\n            next\n        end\n    next\nend';
    expect(first(...log, group)?.summary).toContain('`group-name` of its group is `vpn`');
  });
});

describe('a packet to the port of push that nothing accepts', () => {
  const FLOW = [
    'id=20085 trace_id=1 func=print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) from wan1. flag [S], seq 1, ack 0, win 64240"',
    'id=20085 trace_id=1 func=fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 0, drop"',
  ];
  const wan1 = (...lines: readonly string[]) =>
    entry('system interface', 'wan1', 'set ip 198.51.100.10 255.255.255.0', ...lines);

  it('came in on an interface without `ftm`, also where the settings of push were not read', () => {
    expect(first(...FLOW, wan1('set allowaccess ping https'))).toMatchObject({
      rule: 'wan-ftm-access-missing',
      confidence: 'likely',
    });
  });

  it.each([
    ['allows it', wan1('set allowaccess ping ftm')],
    ['shows no list', wan1()],
    ['has another address', wan1('set allowaccess ping').replace('198.51.100.10', '198.51.100.11')],
    ['is another one', wan1('set allowaccess ping').replace('"wan1"', '"wan2"')],
  ])('says nothing where the interface %s', (_what, settings) => {
    expect(first(...FLOW, settings)?.rule).not.toBe('wan-ftm-access-missing');
  });
});

describe('a login of the event log to a portal without tunnel mode', () => {
  const LOGIN =
    'date=2026-03-02 time=09:12:02 logid="0101039424" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-web" remip=203.0.113.4 user="wren" group="crew" reason="login successfully" msg="SSL tunnel established"';
  const SETTINGS =
    'config vpn ssl settings\n    set source-interface "wan1"\n    config authentication-rule\n        edit 1\n            set groups "crew"\n            set portal "pages"\n        next\n    end\nend';
  const PORTAL = entry('vpn ssl web portal', 'pages', 'set web-mode enable');
  const SAID = 'FortiClient stops at 98 %\n';

  it.each([
    ['is why FortiClient stops late', [SAID, LOGIN, SETTINGS, PORTAL], true],
    ['may be one of a browser', [LOGIN, SETTINGS, PORTAL], false],
    ['is of another group', [SAID, LOGIN.replace('crew', 'guests'), SETTINGS, PORTAL], false],
    ['gets a tunnel', [SAID, LOGIN, SETTINGS, PORTAL.replace('web-mode', 'tunnel-mode')], false],
  ])('%s', (_what, text, isFound) => {
    expect(first(...text)?.rule === 'portal-mode-disabled').toBe(isFound);
  });
});

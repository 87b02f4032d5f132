import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const PHASE1 = `config vpn ipsec phase1-interface
    edit "ra-heron"
        set type dynamic
        set interface "wan1"
        set ike-version 2
        set eap enable
        set eap-identity send-request
        set authusrgrp "ra-group"
    next
end
config user group
    edit "ra-group"
        set member "plover" "oriole"
    next
end
`;

function users(oriole: readonly string[]): string {
  const lines = ['    edit "plover"', '        set type password', '    next', '    edit "oriole"'];
  return [
    'config user local',
    ...lines,
    ...oriole.map((line) => `        ${line}`),
    '    next',
    'end',
    '',
  ].join('\n');
}

function judge(text: string, user?: string): Diagnosis {
  return diagnose([{ name: 'case.txt', text }], user === undefined ? {} : { user });
}

function rules({ findings }: Diagnosis): readonly string[] {
  return findings.map(({ rule }) => rule);
}

function asked({ missing }: Diagnosis): readonly string[] {
  return missing.flatMap(({ commands }) => commands);
}

describe('a configuration that uses no token', () => {
  const diagnosis = judge(PHASE1 + users(['set type password']), 'plover');

  it('has no missing token as its finding, and is asked for one login', () => {
    expect(rules(diagnosis)).toEqual([]);
    expect(createAnswer(diagnosis).headline).toBe(
      'No cause in what was read: users, user groups and IPsec tunnels. No login was watched',
    );
  });

  it('is asked about its own VPN, and not about push', () => {
    expect(asked(diagnosis)).toContain('diagnose debug application ike -1');
    expect(asked(diagnosis)).toContain('diagnose debug application eap_proxy -1');
    expect(asked(diagnosis).filter((line) => /ftm-push|sslvpn|vpn ssl|fortitoken/.test(line))).toEqual([]);
  });

  it.each([
    ['another user has a token', users(['set two-factor fortitoken', 'set fortitoken "FTKMOB71C0A4E2D7"'])],
    ['push is on', `${users([])}config system ftm-push\n    set status enable\nend\n`],
  ])('has it where %s', (_why, accounts) => {
    expect(rules(judge(PHASE1 + accounts, 'plover'))).toContain('two-factor-not-assigned');
  });
});

describe('a login that a RADIUS server accepted', () => {
  const LOGIN = [
    '2026-03-02 09:12:01 [1850] handle_req-Rcvd auth req 1312 for plover in ra-group opt=00200421 prot=11',
    "2026-03-02 09:12:01 [1105] __fnbamd_rad_send-Sent radius req to server 'nps-b': fd=10, IP=10.4.0.12(10.4.0.12:1812) code=1 id=9 len=130",
    '2026-03-02 09:12:01 [1216] fnbamd_rad_validate_pkt-RADIUS resp code 2',
    "2026-03-02 09:12:01 [1286] fnbamd_rad_process-Result from radius svr 'nps-b' is 0, req 1312",
    '2026-03-02 09:12:01 [239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 1312, len=2144',
    '',
  ].join('\n');

  it('has no steps of push, and nothing of push is asked for', () => {
    const diagnosis = judge(LOGIN);
    expect(diagnosis.headline).toBe('plover got in: the RADIUS server asks for a second factor, if any');
    expect(diagnosis.hops.find(({ id }) => id === 'push-service')).toMatchObject({ needed: false });
    expect(asked(diagnosis).filter((line) => /ftm-push|system admin/.test(line))).toEqual([]);
  });

  it('may have one where the user has a token here', () => {
    const token = users(['set two-factor fortitoken', 'set fortitoken "FTKMOB71C0A4E2D7"']);
    const diagnosis = judge(LOGIN.replaceAll('plover', 'oriole') + token);
    expect(diagnosis.hops.find(({ id }) => id === 'push-service')?.needed).not.toBe(false);
  });
});

describe('a text that says nothing of push', () => {
  const LDAP = 'config user ldap\n    edit "DC7"\n        set server "192.0.2.71"\n    next\nend\n';
  const DNS = 'config system dns\n    set primary 192.0.2.53\nend\n';
  const WAN =
    'config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ping ftm\n    next\nend\n';
  const CUT = `#config-version=FGT60F-7.2.8-FW-build1000-250101:opmode=0:vdom=0:user=admin
config system global
    set hostname "FGT-HERON"
end
${users(['set type password'])}config user group
    edit "staff"
        set member "plover" "oriole"
    next
end
config vpn ssl settings
    set source-interface "wan1"
    config authentication-rule
        edit 1
            set groups "staff"
            set portal "full-access"
        next
    end
end
`;
  const ofPush = (text: string, user?: string) =>
    asked(judge(text, user)).filter((line) => /ftm-push|fortitoken|system admin|local-in/.test(line));

  it.each([
    ['an LDAP server', LDAP],
    ['DNS servers', DNS],
    ['a backup without a token, cut at the end', CUT],
  ])('of %s has no finding and is asked nothing about push', (_what, text) => {
    expect(rules(judge(text))).toEqual([]);
    expect(ofPush(text)).toEqual([]);
    expect(createAnswer(judge(text)).headline).toMatch(
      /Needed: one login with debug on$|No cause in what was read$/,
    );
  });

  it('gives no token to a user of a backup without one', () => {
    expect(rules(judge(CUT, 'plover'))).toEqual([]);
  });

  it.each([
    ['an interface that accepts `ftm`', LDAP + WAN],
    ['a token in the backup', CUT.replace('set type password', 'set fortitoken "FTKMOB71C0A4E2D7"')],
    ['the push service', `${LDAP}config system ftm-push\n    set status enable\nend\n`],
  ])('is asked about push beside %s', (_what, text) => {
    expect(ofPush(text)).not.toEqual([]);
  });
});

describe('an IKE login that brought its tunnel up', () => {
  const LOGIN = `ike V=root:0: comes 203.0.113.77:1012->198.51.100.10:500,ifindex=6,vrf=0,len=465....
ike V=root:0:7a6b5c4d3e2f1a0b/0000000000000000:93: responder received SA_INIT msg
ike V=root:0:7a6b5c4d3e2f1a0b/0000000000000000:93: SA proposal chosen, matched gateway ra-heron
ike V=root:0:ra-heron:93: gw validation OK
ike V=root:0:ra-heron:93: responder preparing EAP identity request
ike V=root:0:ra-heron:93: mode-cfg assigned (1) IPv4 address 10.99.3.7
ike V=root:0:ra-heron:93: added IPsec SA: SPIs=ab817b6f/5af43511
`;

  it('is sound, and asked nothing about push', () => {
    const diagnosis = judge(LOGIN);
    expect(diagnosis).toMatchObject({ verdict: 'healthy', proof: 'login' });
    expect(asked(diagnosis).filter((line) => /ftm-push|fortitoken|system admin/.test(line))).toEqual([]);
  });

  it('shows the account or the address of a client that no line names', () => {
    const data =
      "ike V=root:0:ra-heron:93: received FCT data len = 210, data = 'VER=1\nUSER=plover\nREG_STATUS=0\n'\n";
    const lines = (log: string) => JSON.stringify(createAnswer(judge(log)));
    expect(lines(LOGIN)).toContain('✓ client 203.0.113.77 got in');
    expect(
      lines(LOGIN.replace('ike V=root:0:ra-heron:93: gw', `${data}ike V=root:0:ra-heron:93: gw`)),
    ).toContain('✓ plover got in');
  });

  it('is asked about push where the user has a token', () => {
    const named = LOGIN.replace('mode-cfg', 'EAP user "plover"\nike V=root:0:ra-heron:93: mode-cfg');
    const token = users([]).replace(
      'set type password',
      'set type password\n        set two-factor fortitoken\n        set fortitoken "FTKMOB71C0A4E2D7"',
    );
    expect(judge(`${named}${token}`).verdict).not.toBe('healthy');
  });
});

describe('a text that is no login at the FortiGate', () => {
  const SITE = `ike V=root:0:1f2e3d4c5b6a7988/0000000000000000:611: responder received SA_INIT msg
ike V=root:0:1f2e3d4c5b6a7988/0000000000000000:611: incoming proposal:
ike V=root:0:1f2e3d4c5b6a7988/0000000000000000:611: my proposal, gw to-depot:
ike V=root:0:1f2e3d4c5b6a7988/0000000000000000:611: no proposal chosen
config vpn ipsec phase1-interface
    edit "to-depot"
        set interface "wan2"
        set remote-gw 192.0.2.77
    next
end
`;
  const ANALYZER = `FAZ-200F # diagnose debug enable
[T90:oftps.c:2381 198.51.100.9] Got IP: 198.51.100.9. Trying to lookup device.
[T90:login.c:2051 fgt-heron:198.51.100.9] Failed in login, user: 'fgt-heron', status: device not registered
`;
  const CLIENT = `4/7/2026 9:12:04 AM  error  sslvpn  date=2026-04-07 time=09:12:03 logver=1 id=96603 type=securityevent subtype=sslvpn eventtype=error level=error vpnuser="wren" msg="SSLVPN tunnel connection failed"\n`;
  const REFUSED = `[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [wren]
[2210:root:1a]fam_auth_send_req_internal:652 fnbam_auth return: 1
[2210:root:1a]login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]
`;

  it.each([
    ['a tunnel between sites', SITE, 'This is about a tunnel between sites, not a login of a person'],
    ['a FortiAnalyzer', ANALYZER, 'This is a FortiAnalyzer, not a FortiGate'],
    ['FortiClient', CLIENT, 'This is a log of FortiClient: why a login fails is in the log of the FortiGate'],
  ])('of %s is named, and asked nothing about push', (_what, text, headline) => {
    const diagnosis = judge(text);
    expect(createAnswer(diagnosis).headline).toBe(headline);
    expect(diagnosis.looksLike?.evidence.length).toBeGreaterThan(0);
  });

  it('takes nothing away from the debug of the FortiGate beside it', () => {
    expect(judge(CLIENT + REFUSED).attempts).toMatchObject([{ user: 'wren', outcome: 'failed' }]);
  });
});

describe('a login with a typed code', () => {
  const LOGIN = `[88:root:c4]req: /remote/logincheck
[88:root:c4]sslvpn_authenticate_user:193 authenticate user: [plover]
[88:root:c4]fam_auth_send_req_internal:517 fnbam_auth return: 7
[88:root:c4]rmt_logincheck_cb_handler:1345 token_type = 1, time_out = 80
[88:root:c4]two factor check for plover: off
[88:root:c4]Receive Manually input token result. Push: 0
[88:root:c4]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)
[88:root:c4]Auth successful for user plover in group vpn-staff
[88:root:c4]deconstruct_session_id:494 decode session id ok, user=[plover],group=[vpn-staff],authserver=[],portal=[full-access],host[203.0.113.61],realm=[],idx=0,auth=1,sid=5bd1aa07
[88:root:c4]tunnel is up: 10.212.134.9
`;

  it('that brought the tunnel up is sound: nobody asked for a push', () => {
    const diagnosis = judge(LOGIN, 'plover');
    expect(diagnosis).toMatchObject({ verdict: 'healthy', proof: 'login' });
    expect(diagnosis.headline).toBe('plover got in with a typed code');
  });

  it('proves no push where its line is missing', () => {
    const diagnosis = judge(LOGIN.replace(/.*Push: 0\n/, ''), 'plover');
    expect(diagnosis.verdict).toBe('inconclusive');
    expect(diagnosis.headline).toBe('plover got in, but the log does not show with which second factor');
  });
});

describe('a failed login before a good one from the same address', () => {
  const CLIENT = '203.0.113.61';
  const start = (
    id: string,
    client: string,
  ) => `ike V=root:0: comes ${CLIENT}:1012->198.51.100.10:500,ifindex=6,vrf=0,len=465....
ike V=root:0:9c8b7a6d5e4f3021/0000000000000000:${id}: responder received SA_INIT msg
ike V=root:0:9c8b7a6d5e4f3021/0000000000000000:${id}: SA proposal chosen, matched gateway ra-heron
ike V=root:0: comes ${CLIENT}:64917->198.51.100.10:4500,ifindex=6,vrf=0,len=532....
ike V=root:0:ra-heron:${id}: responder received AUTH msg
ike V=root:0:ra-heron:${id}: received FCT-UID : ${client}
ike V=root:0:ra-heron:${id}: gw validation OK
ike V=root:0:ra-heron:${id}: responder preparing EAP identity request
`;
  const failed = (client: string) =>
    `${start('71', client)}ike V=root:0:ra-heron:71: negotiation timeout, deleting\n`;
  const good = (client: string) => `${start('72', client)}ike V=root:0:ra-heron:72: responder received EAP msg
ike V=root:0:ra-heron:72: send EAP message to FNBAM
ike V=root:0:ra-heron: EAP user "plover"
ike V=root:0:ra-heron: EAP succeeded for user "plover" group "ra-group" 2FA=no
ike V=root:0:ra-heron:72: added IPsec SA: SPIs=ab817b6f/5af43511
`;
  const ONE = '0A1B2C3D4E5F60718293A4B5C6D7E8F9';
  const OTHER = 'F9E8D7C6B5A4938271605F4E3D2C1B0A';

  it.each([['plover'], [undefined]])(
    'stays the finding where it is another FortiClient (user: %s)',
    (user) => {
      const diagnosis = judge(failed(ONE) + good(OTHER), user);
      expect(rules(diagnosis)).toContain('ike-psk-mismatch');
      expect(diagnosis.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    },
  );

  it.each([['plover'], [undefined]])(
    'is made good by the same FortiClient, and listed (user: %s)',
    (user) => {
      const diagnosis = judge(failed(ONE) + good(ONE), user);
      expect(diagnosis.verdict).toBe('healthy');
      expect(diagnosis.headline).toContain('plover got in');
      expect(diagnosis.headline).toContain('a login before that failed');
      expect(diagnosis.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    },
  );
});

it('a part of the local users does not show that a user is missing', () => {
  const log = `2026-03-02 09:12:04 ike V=root:0:ra-lab_0:353: initiating XAUTH.
2026-03-02 09:12:04 ike V=root:0:ra-lab_0: XAUTH user "plover"
2026-03-02 09:12:04 ike V=root:0:ra-lab_0: XAUTH 5119201 pending
2026-03-02 09:12:04 [1738] handle_req-Rcvd auth req 5119201 for plover in ra-lab opt=00000000 prot=4 svc=2
2026-03-02 09:12:04 [332] __compose_group_list_from_req-Group 'ra-group', type 1
2026-03-02 09:12:04 [425] auth_local-No conclusion, FNBAM_UNKNOWN
2026-03-02 09:12:04 [889] fnbamd_auth_start-No remote authentication started
2026-03-02 09:12:04 [239] fnbamd_comm_send_result-Sending result 5 (nid 0) for req 5119201, len=2524
2026-03-02 09:12:04 ike V=root:0:ra-lab_0: XAUTH failed for user "plover", retry(2).
`;
  const part = 'config user local\n    edit "oriole"\n        set type password\n    next\nend\n';
  const { findings } = judge(part + log);
  const finding = findings.find(({ rule }) => rule === 'user-not-in-vpn-rule');
  expect(finding?.fix.note).toContain('If `show user local` lists plover');
});

describe('what an answer names where the evidence does not speak of push', () => {
  const SSL_VPN = 'config vpn ssl settings\n    set source-interface "wan1"\n    set port 10443\nend\n';
  const POLICY =
    'config firewall policy\n    edit 4\n        set srcintf "ssl.root"\n        set dstintf "lan"\n        set groups "staff"\n    next\nend\n';
  const WAN =
    'config system interface\n    edit "wan1"\n        set ip 198.51.100.10 255.255.255.0\n        set allowaccess ping\n    next\nend\n';
  const answerTo = (text: string) => renderText(diagnoseText(text), { width: 200 });
  const PUSH = /\bpush|ftm|fortitoken|4433/i;

  it.each([
    ['the SSL VPN settings', SSL_VPN],
    [
      'policies and groups',
      `${POLICY}config user group\n    edit "staff"\n        set member "dc01"\n    next\nend\n`,
    ],
    ['an interface beside SSL VPN', WAN + SSL_VPN + POLICY],
    [
      'a local-in policy beside IPsec',
      `${PHASE1}config firewall local-in-policy\n    edit 1\n        set intf "lan"\n        set srcaddr "all"\n        set dstaddr "all"\n        set service "SSH"\n        set schedule "always"\n    next\nend\n`,
    ],
    ['a dial-up tunnel', PHASE1],
    [
      'users and a group',
      `${users(['set type password'])}config user group\n    edit "staff"\n        set member "plover"\n    next\nend\n`,
    ],
    [
      'a RADIUS server',
      'config user radius\n    edit "nps-b"\n        set server "10.4.0.12"\n        set timeout 40\n    next\nend\n',
    ],
    [
      'the gateways of IKE',
      'fgt-07 # diagnose vpn ike gateway list\n\nvd: root/0\nname: ra-heron_0\nversion: 2\naddr: 198.51.100.10:4500 -> 203.0.113.77:61022\nfgt-07 # \n',
    ],
    [
      'the sessions of SSL VPN',
      'fgt-07 # get vpn ssl monitor\nSSL-VPN Login Users:\n Index   User    Group   Auth Type      Timeout         Auth-Timeout    From     HTTP in/out    HTTPS in/out    Two-factor Auth\n\nfgt-07 # \n',
    ],
    [
      'the status of a device',
      'fgt-07 # get system status\nVersion: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nHostname: fgt-07\nFortiClient stops at 40 %, it worked yesterday\n',
    ],
    [
      'a flow to another port',
      'id=20085 trace_id=3 func=print_pkt_detail line=5824 msg="vd-root:0 received a packet(proto=6, 203.0.113.77:51012->198.51.100.10:10443) tun_id=0.0.0.0 from wan1. flag [S], seq 2181, ack 0, win 64240"\nid=20085 trace_id=3 func=init_ip_session_common line=6003 msg="allocate a new session-00a1b2c3"\n',
    ],
    [
      'a crash',
      'fgt-07 # diagnose debug crashlog read\n101: 2026-03-02 07:55:01 <02210> application sslvpnd\n102: 2026-03-02 07:55:01 <02210> *** signal 11 (Segmentation fault) received ***\n',
    ],
    [
      'the start of a RADIUS login',
      "[1995] handle_req-Rcvd auth req 218371 for wren in staff opt=00014001 prot=11\n[413] fnbamd_rad_get-vfid=0, name='nps-b'\n",
    ],
    [
      'an IKE login that was refused',
      'ike V=root:0:ra-heron:71: responder received EAP msg\nike V=root:0:ra-heron:71: send EAP message to FNBAM\nike V=root:0:ra-heron:71 EAP 1220992 result FNBAM_DENIED\nike V=root:0:ra-heron: EAP failed for user "wren"\n',
    ],
  ])('is nothing of push: %s', (_what, text) => {
    const answer = answerTo(text);
    expect(answer).toMatch(/diagnose debug application (?:fnbamd|sslvpn|ike) -1/);
    expect(answer.split('\n').filter((line) => PUSH.test(line))).toEqual([]);
  });

  it.each([
    ['SSL VPN', 'wren cannot log in to the SSL VPN since Monday\n', '(sslvpn, fnbamd)'],
    ['IPsec', 'the IPsec client of wren times out\n', '(ike, fnbamd, eap_proxy)'],
    ['push', 'the push for the VPN of wren never comes\n', 'with push also ftm-push'],
    ['nothing', 'hello\n', 'with push also ftm-push'],
  ])('is the debug of what a person names: %s', (_what, text, send) => {
    expect(diagnoseText(text).looksLike?.send).toContain(send);
  });

  it.each([
    ['a person', `wren says that the push never comes\n${SSL_VPN}`],
    ['a person who names the app', `the FortiToken app stays silent\n${SSL_VPN}`],
    ['a command', `fgt-07 # diagnose fortitoken info\nfgt-07 # show vpn ssl settings\n${SSL_VPN}`],
    ['an interface', WAN.replace('ping', 'ping ftm') + SSL_VPN],
    ['a user', `${users(['set two-factor fortitoken', 'set fortitoken "FTKMOB71C0A4E2D7"'])}${SSL_VPN}`],
  ])('is push where it is named by %s', (_what, text) => {
    expect(answerTo(text)).toMatch(PUSH);
  });

  it.each([
    ['IPsec', 'fgt-07 # diagnose vpn ike gateway list\n\nvd: root/0\nname: ra-heron_0\nfgt-07 # \n', 'ike'],
    ['SSL VPN', 'fgt-07 # get vpn ssl monitor\nSSL-VPN Login Users:\n Index   User\n\nfgt-07 # \n', 'sslvpn'],
  ])('is the debug of %s where its command was typed', (_vpn, text, daemon) => {
    expect(answerTo(text)).toContain(`diagnose debug application ${daemon} -1`);
  });
});

import { describe, expect, it } from 'vitest';
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

describe('what an answer names where the evidence does not speak of push', () => {
  const SSL_VPN = `config vpn ssl settings
    set source-interface "wan1"
    set port 10443
end
`;
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

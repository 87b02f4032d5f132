import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const charon = (...lines: readonly string[]) =>
  lines.map((line) => `Mar 14 09:12:05 lap charon-nm[2210]: 07${line}`).join('\n');
const BEGAN = '[IKE] initiating IKE_SA heron[1] to 198.51.100.33';
const AGREED = '[CFG] selected proposal: IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048';
const NAMED = "[IKE] server requested EAP_IDENTITY (id 0x01), sending 'wren'";
const ACCEPTED = '[IKE] EAP method EAP_MSCHAPV2 succeeded, MSK established';
const ESTABLISHED =
  '[IKE] IKE_SA heron[1] established between 192.168.1.8[wren]...198.51.100.33[ra.example.org]';
const UP =
  '[IKE] CHILD_SA heron{1} established with SPIs c1a0be11_i 0a44e1d2_o and TS 10.88.0.31/32 === 10.30.0.0/16';
const V1_BEGAN = '[IKE] initiating Aggressive Mode IKE_SA heron[1] to 198.51.100.33';
const ras = (code: number) =>
  `CoId={0F1A2B3C-0000-4000-8000-00000000AB01}: The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is ${code}.`;

const OFFERS = [
  'incoming proposal:',
  '     type=ENCR, val=AES_CBC (key_len = 256)',
  '     type=INTEGR, val=AUTH_HMAC_SHA2_256_128',
  '     type=DH_GROUP, val=MODP1024.',
  'my proposal, gw ra-heron:',
  '     type=ENCR, val=AES_CBC (key_len = 256)',
  '     type=INTEGR, val=AUTH_HMAC_SHA2_256_128',
  '     type=DH_GROUP, val=MODP2048.',
  'no proposal chosen',
]
  .map((line) => `ike V=root:0:b7c8d9e0f10261a2/0000000000000000:44: ${line}`)
  .join('\n');

const OPEN = `$ sudo openfortivpn vpn.example.org:8443 -u wren
VPN account password:
DEBUG:  Gateway certificate validation failed.
DEBUG:  Gateway certificate digest found in white list.
INFO:   Connected to gateway.
`;
const CODE = 'Two-factor authentication token:\n';
const OPEN_UP = `INFO:   Authenticated.
INFO:   Remote gateway has allocated a VPN.
INFO:   Tunnel is up and running.
`;
const OPEN_REFUSED = `ERROR:  Could not authenticate to gateway. Please check the password, client certificate, etc.
INFO:   Closed connection to gateway.
`;
const WITH_TOKEN = `
FGT # show user local wren
config user local
    edit "wren"
        set type password
        set two-factor fortitoken
        set fortitoken "FTKMOB71C0A4E2D7"
    next
end
`;
const REFUSED_ON_FORTIGATE = `[911:root:300]fsv_logincheck_common_handler:1311 user 'wren' has a matched local entry.
[911:root:300]sslvpn_authenticate_user:183 authenticate user: [wren]
[1757] handle_req-Rcvd auth req 91140152 for wren in vpn-staff opt=00200401 prot=11 svc=9
[397] auth_local-Local password fetched, whatever result will be final
[430] auth_local-Concluded: 1
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 91140152, len=6594
[911:root:300]fam_auth_send_req_internal:514 fnbam_auth return: 1
[911:root:300]login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]
`;
const AS_SERVICE = (OPEN + OPEN_UP)
  .split('\n')
  .filter((line) => /^(?:INFO|DEBUG)/.test(line))
  .map((line) => `Mar 14 09:12:05 lap openfortivpn[812]: ${line}`)
  .join('\n');
const OLD_REFUSED = `DEBUG:  Config username = "plover"
INFO:   Connected to gateway.
ERROR:  Could not authenticate to gateway (No cookie given).
INFO:   Closed connection to gateway.
`;
const SAML_UP = `INFO:   Listening for SAML login on port: 8020
Authenticate at 'https://vpn.example.org:8443/remote/saml/start?redirect=1'
INFO:   Processing HTTP SAML request
INFO:   Connected to gateway.
${OPEN_UP}`;
const bare = (line: string) => line.slice(line.indexOf('] ') + 2);
const NO_ANSWER = `DEBUG:  Configuration username = "wren"
DEBUG:  Establishing ssl connection
ERROR:  connect: Connection timed out
`;
const OTHER_PROGRAM = `INFO:   Connected to database.
ERROR:  Could not authenticate to gateway service "billing"
INFO:   Authenticated.
INFO:   Tunnel is up and running.
`;
const APPLE =
  'neagent[402]: IKEv2IKESA[1.1, 0A0B-0C0D] state Connecting -> Disconnected error (null) -> Error Domain=NEIKEv2ErrorDomain Code=3 "PeerDidNotRespond" UserInfo={}';

interface Expected {
  readonly verdict: 'healthy' | 'broken' | 'inconclusive';
  readonly findings?: readonly string[];
  readonly says?: string;
  readonly fix?: string;
  readonly user?: string;
}

const HEALTHY: Expected = { verdict: 'healthy' };
const UNDECIDED: Expected = { verdict: 'inconclusive' };

const LOGS: readonly (readonly [name: string, text: string, expected: Expected])[] = [
  ['openfortivpn, up', OPEN + OPEN_UP, { ...HEALTHY, says: 'wren got in' }],
  ['openfortivpn as a service, up', AS_SERVICE, HEALTHY],
  ['openfortivpn, up with a code', OPEN + CODE + OPEN_UP, { ...HEALTHY, says: 'typed code' }],
  ['openfortivpn, up without the code of the account', OPEN + OPEN_UP + WITH_TOKEN, UNDECIDED],
  ['openfortivpn, up with the code of the account', OPEN + CODE + OPEN_UP + WITH_TOKEN, HEALTHY],
  ['openfortivpn, quoted in a mail', (OPEN + OPEN_UP).replaceAll(/^/gm, '> '), HEALTHY],
  ['openfortivpn 1.7, refused', OLD_REFUSED, { ...UNDECIDED, says: 'refused the login of plover' }],
  ['openfortivpn with SAML, up', SAML_UP, HEALTHY],
  ['openfortivpn in NetworkManager, up', AS_SERVICE.replaceAll('openfortivpn[', 'NetworkManager['), HEALTHY],
  ['openfortivpn, two codes, the second one right', OPEN + CODE + CODE + OPEN_UP, HEALTHY],
  ['openfortivpn, cut before the tunnel', OPEN + OPEN_UP.split('\n')[0], UNDECIDED],
  ['openfortivpn, code refused', OPEN + CODE + OPEN_REFUSED, UNDECIDED],
  ['openfortivpn, refused', OPEN + OPEN_REFUSED, { ...UNDECIDED, says: 'refused the login of wren' }],
  ['openfortivpn, up, then refused', OPEN + OPEN_UP + OPEN + OPEN_REFUSED, UNDECIDED],
  ['openfortivpn, refused, then up', OPEN + OPEN_REFUSED + OPEN + OPEN_UP, HEALTHY],
  ['openfortivpn of another user', OPEN + OPEN_UP, { ...UNDECIDED, user: 'plover' }],
  [
    'openfortivpn, up, beside a refusal of the FortiGate',
    REFUSED_ON_FORTIGATE + OPEN + OPEN_UP,
    { verdict: 'broken', findings: ['local-password-wrong'] },
  ],
  [
    'strongSwan, up',
    charon(BEGAN, AGREED, NAMED, ACCEPTED, ESTABLISHED, UP),
    { ...HEALTHY, says: 'wren got in' },
  ],
  [
    'strongSwan, up without the factor of the account',
    charon(BEGAN, AGREED, NAMED, ACCEPTED, ESTABLISHED, UP) + WITH_TOKEN,
    UNDECIDED,
  ],
  ['`ipsec up`, up', [BEGAN, NAMED, ACCEPTED, UP].map(bare).join('\n'), HEALTHY],
  [
    '`ipsec up`, no proposal',
    `${bare(BEGAN)}\nparsed IKE_SA_INIT response 0 [ N(NO_PROP) ]\nreceived NO_PROPOSAL_CHOSEN notify error\nestablishing connection 'heron' failed`,
    { verdict: 'broken', findings: ['ike-proposal-mismatch'] },
  ],
  [
    '`swanctl --initiate`, up',
    [BEGAN, NAMED, ACCEPTED, UP, 'initiate completed successfully'].join('\n'),
    HEALTHY,
  ],
  [
    'strongSwan with the number of the connection, up',
    [BEGAN, NAMED, ACCEPTED, UP].map((line) => `05${line.replace('] ', '1] <heron|4> ')}`).join('\n'),
    HEALTHY,
  ],
  [
    'strongSwan, refused by the gateway',
    charon(BEGAN, AGREED, NAMED, '[IKE] received AUTHENTICATION_FAILED notify error'),
    { ...UNDECIDED, says: 'refused the login of wren' },
  ],
  [
    'strongSwan, up and closed by its user',
    charon(
      BEGAN,
      AGREED,
      NAMED,
      ACCEPTED,
      UP,
      '[IKE] deleting IKE_SA heron[1] between 192.168.1.8[wren]...198.51.100.33[x]',
    ),
    HEALTHY,
  ],
  [
    'strongSwan, asked by another gateway',
    charon('[IKE] 203.0.113.77 is initiating an IKE_SA', ESTABLISHED, UP),
    UNDECIDED,
  ],
  ['strongSwan between two sites', charon(BEGAN, AGREED, ESTABLISHED, UP), UNDECIDED],
  [
    'strongSwan, asked for another group',
    charon(
      BEGAN,
      "[IKE] peer didn't accept DH group CURVE_25519, it requested MODP_2048",
      BEGAN,
      AGREED,
      NAMED,
      ACCEPTED,
      UP,
    ),
    HEALTHY,
  ],
  [
    'strongSwan, IKEv1 with XAUTH, up',
    charon(V1_BEGAN, "[IKE] XAuth authentication of 'wren' (myself) successful", UP),
    HEALTHY,
  ],
  [
    'strongSwan, IKEv1 with XAUTH, refused',
    charon(V1_BEGAN, "[IKE] XAuth authentication of 'wren' (myself) failed"),
    { ...UNDECIDED, says: 'refused the login of wren' },
  ],
  [
    'strongSwan, no tunnel',
    charon(BEGAN, AGREED, NAMED, ACCEPTED, '[IKE] received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built'),
    { ...UNDECIDED, says: 'gave no tunnel' },
  ],
  [
    'strongSwan, no answer',
    charon(BEGAN, '[IKE] giving up after 5 retransmits'),
    { ...UNDECIDED, says: 'got no answer from the VPN' },
  ],
  [
    'strongSwan, refused after the password',
    charon(BEGAN, AGREED, NAMED, ACCEPTED, '[IKE] received EAP_FAILURE, EAP authentication failed'),
    UNDECIDED,
  ],
  [
    'strongSwan, wrong password',
    charon(
      BEGAN,
      AGREED,
      NAMED,
      "[IKE] EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE: 'FAILED'",
    ),
    { verdict: 'broken', findings: ['password-rejected'], says: 'wren was refused at the password' },
  ],
  ['Windows, wrong password', ras(691), { verdict: 'broken', findings: ['password-rejected'] }],
  ['Windows, no policy in common', ras(13868), { verdict: 'broken', findings: ['ike-proposal-mismatch'] }],
  [
    'Windows, no policy in common, and the debug of the FortiGate',
    `${ras(13868)}\n${OFFERS}`,
    {
      verdict: 'broken',
      findings: ['ike-proposal-mismatch'],
      says: 'The client offers DH group 2, and ra-heron accepts 14',
      fix: '`Set-VpnConnectionIPsecConfiguration -ConnectionName "Office" -DHGroup Group14` with the other values',
    },
  ],
  [
    'Windows, another error, and the debug of a negotiation',
    `${ras(13801)}\n${OFFERS}`,
    { ...UNDECIDED, says: 'error 13801 of Windows' },
  ],
  [
    'Windows, no policy in common, and the debug of two negotiations',
    `${ras(13868)}\n${OFFERS}\n${OFFERS.replaceAll('61a2/0', '77ff/0').replaceAll(':44:', ':45:')}`,
    { verdict: 'broken', findings: ['ike-proposal-mismatch'], says: 'accepts no IKE proposal of the client' },
  ],
  ['Windows, no answer', ras(809), { ...UNDECIDED, says: 'got no answer from the VPN' }],
  ['Windows, credentials not accepted', ras(13801), { ...UNDECIDED, says: 'error 13801 of Windows' }],
  ['Windows, name not resolved', ras(868), { ...UNDECIDED, says: 'error 868 of Windows' }],
  ['openfortivpn, no answer', NO_ANSWER, { ...UNDECIDED, says: 'got no answer from the VPN' }],
  ['another program with the same words', OTHER_PROGRAM, UNDECIDED],
  [
    'words about a message',
    'received NO_PROPOSAL_CHOSEN notify error means that both sides have no algorithm in common.\ngiving up after 5 retransmits is what charon says when nobody answers.',
    UNDECIDED,
  ],
  [
    'words about a log',
    'Wait until you see “INFO: Tunnel is up and running.”; with strongSwan look for CHILD_SA established.',
    UNDECIDED,
  ],
  ['macOS, no answer', APPLE, { ...UNDECIDED, says: 'got no answer from the VPN' }],
];

describe('the log of a VPN client', () => {
  it.each(LOGS)('%s', (_name, text, { verdict, findings = [], says = '', fix = '', user }) => {
    const diagnosis = diagnose([{ name: 'client.log', text }], user === undefined ? {} : { user });
    expect(diagnosis.verdict).toBe(verdict);
    expect(diagnosis.proof).toBe(verdict === 'healthy' ? 'login' : undefined);
    const own = diagnosis.findings.filter(({ explainedBy }) => explainedBy === undefined);
    expect(own.map(({ rule }) => rule)).toEqual(findings);
    expect(diagnosis.headline).toContain(says);
    expect(own[0]?.fix.note ?? '').toContain(fix);
  });
});

describe('the log of a client beside a piece of fnbamd', () => {
  const PIECE = `[1129] fnbamd_cfg_get_radius_list-Loaded RADIUS server 'nps01' for usergroup 'crew'
[764] __rad_rxtx-Sent radius req to server 'nps01': fd=9, IP=10.20.1.31(10.20.1.31:1812) code=1 id=18 len=201 user="wren" using MS-CHAPv2
[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3
[624] fnbamd_rad_extract_chap_error-CHAP err: E=691 R=0 V=3
[1286] fnbamd_rad_process-Result from radius svr 'nps01' is 1, req 91140199
`;
  const rules = (text: string) =>
    diagnose([{ name: 'mail', text }]).findings.map(({ rule, title }) => `${rule}: ${title}`);

  it('of the same user shows why the login was refused', () => {
    expect(rules(`${OPEN}${OPEN_REFUSED}\nfrom the firewall:\n\n${PIECE}`)[0]).toBe(
      'radius-rejected: RADIUS server nps01 refused wren: authentication failed (E=691)',
    );
  });

  it.each([
    ['of another user', PIECE.replace('"wren"', '"plover"')],
    ['of a login that the server accepted', PIECE.replace('code 3', 'code 2').replace('is 1', 'is 0')],
  ])('%s does not', (_what, piece) => {
    expect(rules(`${OPEN}${OPEN_REFUSED}\nfrom the firewall:\n\n${piece}`).join()).not.toContain('wren');
  });
});

describe('a client that does not accept the certificate of the VPN', () => {
  const FORTICLIENT =
    '3/2/2026 8:01:14 AM\terror\tsslvpn\tcertificate verify failed: subject /CN=vpn.heron.example issuer /O=Meadow CA : certificate has expired (notAfter=Mar  1 23:59:59 2026 GMT)\n';

  it.each([
    ['the log of FortiClient', FORTICLIENT, 'The certificate of the VPN (vpn.heron.example) has expired'],
    ['a browser', 'The page of our VPN shows NET::ERR_CERT_DATE_INVALID.\n', 'has expired'],
    ['a browser, of the name', 'SSL_ERROR_BAD_CERT_DOMAIN on the VPN page.\n', 'is for another name'],
    ['a browser, of the issuer', 'VPN page: SEC_ERROR_UNKNOWN_ISSUER\n', 'of an authority'],
  ])('is told by %s', (_what, text, title) => {
    const [finding] = diagnose([{ name: 'mail', text }]).findings;
    expect(finding).toMatchObject({ rule: 'server-certificate-untrusted', confidence: 'certain' });
    expect(finding?.title).toContain(title);
  });

  it('is none of another page', () => {
    const text = 'Our intranet shows NET::ERR_CERT_DATE_INVALID today.\n';
    expect(diagnose([{ name: 'mail', text }]).findings).toEqual([]);
  });
});

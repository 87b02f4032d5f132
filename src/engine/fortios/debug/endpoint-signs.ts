import type { DebugDaemon } from './record.ts';

/** Lines of openfortivpn, behind their level. */
export const OPENFORTIVPN_SIGNS = [
  [
    'endpoint-user',
    'Config',
    /^Config(?:uration)? username = "(?<user>[^"]{1,256})"/,
    'Configuration username = "wren"',
  ],
  [
    'endpoint-user',
    'openfortivpn ',
    /[ \t](?:-u[ \t]{1,4}|--username[= ])(?<user>[^\s'"]{1,256})/,
    'openfortivpn vpn.example.net:10443 -u wren',
  ],
  [
    'endpoint-no-answer',
    'connect: ',
    /^connect: (?:Connection timed out|No route to host)/,
    'connect: Connection timed out',
  ],
  ['endpoint-connected', 'Connected to gateway', /gateway\.\s*$/, 'Connected to gateway.'],
  // Below it, as a message for debugging, a certificate may still be trusted by its digest.
  [
    'endpoint-untrusted',
    'Gateway certificate validation failed, and',
    /^/,
    'Gateway certificate validation failed, and the certificate digest is not in the local whitelist.',
  ],
  ['endpoint-certificate', 'CN=', /^CN=(?<name>[^\s/][^/]{0,120})$/, 'CN=FGT60FTK00000000'],
  ['endpoint-token-asked', 'Two-factor authentication token', /^/, 'Two-factor authentication token:'],
  ['endpoint-accepted', 'Authenticated.', /^Authenticated\.\s*$/, 'Authenticated.'],
  [
    'endpoint-refused',
    'Could not authenticate to gateway',
    /gateway(?:\.| \()/,
    'Could not authenticate to gateway.',
  ],
  [
    'endpoint-no-tunnel',
    'Could not get VPN configuration',
    /^/,
    'Could not get VPN configuration (HTTP status code).',
  ],
  ['endpoint-tunnel-up', 'Tunnel is up and running', /running\.\s*$/, 'Tunnel is up and running.'],
] as const;

/** Lines of charon, the IKE daemon of strongSwan, behind its thread and subsystem. */
export const CHARON_SIGNS = [
  [
    'endpoint-began',
    'initiating ',
    /^initiating (?:(?:Main|Aggressive) Mode )?IKE_SA (?<connection>[^[\s]{1,80})\[(?<number>\d{1,6})\] to /,
    'initiating IKE_SA work[3] to 198.51.100.14',
  ],
  [
    'endpoint-offer',
    'configured proposals: IKE:',
    /^configured proposals: (?<offer>IKE:\S.{0,400})/,
    'configured proposals: IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/CURVE_25519',
  ],
  [
    'endpoint-no-proposal',
    'received NO_PROPOSAL_CHOSEN ',
    /^received NO_PROPOSAL_CHOSEN (?:notify error|error notify)\s*$/,
    'received NO_PROPOSAL_CHOSEN notify error',
  ],
  [
    'endpoint-connected',
    'selected proposal: IKE:',
    /^/,
    'selected proposal: IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
  ],
  [
    'endpoint-untrusted',
    'no trusted ',
    /^no trusted \S{1,20} public key found for '(?<name>[^']{1,200})'\s*$/,
    "no trusted RSA public key found for 'ra.example.org'",
  ],
  [
    'endpoint-untrusted',
    'constraint check failed: identity ',
    /^constraint check failed: identity '(?<name>[^']{1,200})' required\s*$/,
    "constraint check failed: identity 'vpn.example.org' required",
  ],
  [
    'endpoint-psk-mismatch',
    'tried ',
    /^tried \d{1,3} shared keys? for .{1,400}, but MAC mismatched\s*$/,
    "tried 1 shared key for '%any' - 'ra.example.org', but MAC mismatched",
  ],
  [
    'endpoint-user',
    'server requested EAP_IDENTITY',
    /sending '(?<user>[^']{1,256})'/,
    "server requested EAP_IDENTITY (id 0x01), sending 'wren'",
  ],
  [
    'endpoint-user',
    'XAuth authentication of ',
    /^XAuth authentication of '(?<user>[^']{1,256})' \(myself\) successful/,
    "XAuth authentication of 'wren' (myself) successful",
  ],
  [
    'endpoint-refused',
    'XAuth authentication of ',
    /^XAuth authentication of '(?<user>[^']{1,256})' \(myself\) failed/,
    "XAuth authentication of 'wren' (myself) failed",
  ],
  [
    'endpoint-password-wrong',
    'EAP-MS-CHAPv2 failed with error ERROR_',
    /error (?<reason>ERROR_[A-Z_]{3,40})/,
    "EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE: 'FAILED'",
  ],
  [
    'endpoint-accepted',
    'EAP method EAP_',
    /^EAP method EAP_\w{1,20} succeeded/,
    'EAP method EAP_MSCHAPV2 succeeded, MSK established',
  ],
  ['endpoint-accepted', 'EAP-MS-CHAPv2 succeeded', /^/, "EAP-MS-CHAPv2 succeeded: '(null)'"],
  [
    'endpoint-eap-ended',
    'received EAP_FAILURE',
    /, EAP authentication failed\s*$/,
    'received EAP_FAILURE, EAP authentication failed',
  ],
  [
    'endpoint-refused',
    'received AUTHENTICATION_FAILED ',
    /notify error\s*$/,
    'received AUTHENTICATION_FAILED notify error',
  ],
  [
    'endpoint-no-answer',
    'giving up after ',
    /^giving up after \d{1,3} retransmits\s*$/,
    'giving up after 5 retransmits',
  ],
  [
    'endpoint-no-tunnel',
    'received ',
    /^received (?:TS_UNACCEPTABLE|NO_PROPOSAL_CHOSEN|INTERNAL_ADDRESS_FAILURE|FAILED_CP_REQUIRED) notify, no CHILD_SA built/,
    'received TS_UNACCEPTABLE notify, no CHILD_SA built',
  ],
  [
    'endpoint-tunnel-up',
    'CHILD_SA ',
    /^CHILD_SA \S{1,90}\{\d{1,6}\} established with SPIs/,
    'CHILD_SA work{1} established with SPIs c1a0be11_i 0a44e1d2_o and TS 10.88.0.31/32 === 10.30.0.0/16',
  ],
] as const;

/** What the VPN clients of Windows (RasClient, event 20227) and of Apple (NetworkExtension) write about a failed login. */
export const NATIVE_SIGNS = [
  [
    'endpoint-no-proposal',
    'The user ',
    /^The user (?<user>.{1,120}?) dialed a connection (?:named (?<connection>[\w .()-]{1,80}?) which )?.{1,200}\bfailure is 13868\b/i,
    'The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is 13868.',
  ],
  [
    'endpoint-password-wrong',
    'The user ',
    /^The user (?<user>.{1,120}?) dialed a connection .{1,200}\bfailure is (?<reason>691|64[6-9])\b/i,
    'The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is 691.',
  ],
  [
    'endpoint-no-answer',
    'The user ',
    /^The user (?<user>.{1,120}?) dialed a connection .{1,200}\bfailure is 809\b/i,
    'The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is 809.',
  ],
  [
    'endpoint-failed',
    'The user ',
    /^The user (?<user>.{1,120}?) dialed a connection .{1,200}\bfailure is (?<code>-?\d{1,12})\b/i,
    'The user HERON\\wren dialed a connection named Office which has failed. The error code returned on failure is 13801.',
  ],
  // Other languages than English name the code last.
  [
    'endpoint-password-wrong',
    'CoId={',
    /^CoId=\{[\dA-Fa-f-]{36}\}: [^"]{1,60}"(?<user>[^"]{1,120})".{1,250}[^\d-](?<reason>691|64[6-9])\.?\s*$/,
    'CoId={0A1B2C3D-1111-4222-8333-44445555AAAA}: Der Benutzer "HERON\\wren" hat eine Verbindung mit dem Namen "Office" gewählt, die fehlgeschlagen ist. Der durch den Fehler zurückgegebene Ursachencode lautet: 691.',
  ],
  [
    'endpoint-no-proposal',
    'NEIKEv2ErrorDomain ',
    /Code=\d{1,3} "NoProposalChosen/,
    'NEIKEv2ErrorDomain Code=14 "NoProposalChosen"',
  ],
  [
    'endpoint-no-answer',
    'NEIKEv2ErrorDomain ',
    /Code=\d{1,3} "PeerDidNotRespond/,
    'NEIKEv2ErrorDomain Code=3 "PeerDidNotRespond"',
  ],
  [
    'endpoint-refused',
    'NEIKEv2ErrorDomain ',
    /Code=\d{1,3} "AuthenticationFailed/,
    'NEIKEv2ErrorDomain Code=24 "AuthenticationFailed"',
  ],
] as const;

/** `openfortivpn[812]: INFO:   Authenticated.`, `INFO:   Authenticated.`, `10:58:08 INFO:   Start tunnel.` */
const LEVEL = /(?:^|[\]:\d] )(?:DEBUG|INFO|WARN|ERROR): {1,12}(?=[A-Za-z])/;
/** `Dec  3 08:14:02 nuc charon[1180]: 13[IKE] initiating IKE_SA work[7] to 198.51.100.33`, `05[IKE1] <3> …`, `charon-systemd[1188]: initiating …` */
const THREAD =
  /(?:^|[\]:\d] )(?:\d\d)?\[(?:IKE|CFG|ENC|NET)\d?\] {1,4}(?:<[^>]{1,60}> )?|(?:^| )charon(?:-\w{1,10})?(?:\[\d{1,8}\])?: {1,4}(?!\d\d\[)(?=[A-Za-z])/;
/** `ipsec up` prints the messages alone. */
const MESSAGE =
  /^(?:initiating (?:\w{4,10} Mode )?IKE_SA \S|received (?:NO_PROPOSAL_CHOSEN|EAP_FAILURE|AUTHENTICATION_FAILED)\b|EAP method EAP_|EAP-MS-CHAPv2 (?:failed|succeeded)|server requested EAP_IDENTITY|CHILD_SA \S{1,90}\{\d{1,6}\} established|no trusted \S{1,20} public key|constraint check failed: |tried \d{1,3} shared key|giving up after \d{1,3} retransmits|XAuth authentication of )/;
/** What openfortivpn asks and what is typed has no level: `$ sudo openfortivpn -c work`. */
const TERMINAL = /^Two-factor authentication token:|(?:^|[$#] (?:sudo )?)openfortivpn (?=\S)/;
/** `CoId={…}: The user HERON\wren dialed a connection named Office which has failed.`, the same in German, `Error Domain=NEIKEv2ErrorDomain Code=3 "PeerDidNotRespond"` */
const NATIVE =
  /\bThe user .{1,120}? dialed a connection |\bCoId=\{[\dA-Fa-f-]{36}\}: (?!The user )|\bNEIKEv2ErrorDomain Code=/i;
/** Characters. Stamp, host and name of the process come before. */
const HEAD = 120;
const NATIVE_HEAD = 600;

/** A line of a VPN client without its prefix. */
export function splitEndpointLine(
  line: string,
): { readonly daemon: DebugDaemon; readonly text: string } | undefined {
  const head = line.slice(0, HEAD);
  if (MESSAGE.test(head)) return { daemon: 'charon', text: line };
  const thread = THREAD.exec(head);
  if (thread) return { daemon: 'charon', text: line.slice(thread.index + thread[0].length) };
  const level = LEVEL.exec(head);
  if (level) return { daemon: 'openfortivpn', text: line.slice(level.index + level[0].length) };
  const typed = TERMINAL.exec(head);
  if (typed) {
    const from = typed[0].startsWith('Two') ? 0 : typed.index + typed[0].indexOf('openfortivpn');
    return { daemon: 'openfortivpn', text: line.slice(from) };
  }
  const native = NATIVE.exec(line.slice(0, NATIVE_HEAD));
  return native ? { daemon: 'native-client', text: line.slice(native.index) } : undefined;
}

import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const picked = (timeout: string, remote: string) =>
  [
    'QUAY-FW # show full-configuration user radius FAC-QUAY | grep timeout',
    `        set timeout ${timeout}`,
    'QUAY-FW # show full-configuration system global | grep remoteauthtimeout',
    `    set remoteauthtimeout ${remote}`,
    'QUAY-FW #',
  ].join('\n');
const USED = 'We use FortiAuthenticator for the push.\n\n';

it.each([
  ['both are short', USED, '5', '5', true],
  ['the server’s is short', 'Wir nutzen den FAC für den Push.\n\n', '5', '60', true],
  ['both are long', USED, '60', '60', false],
  ['FortiAuthenticator does something else', 'We use FortiAuthenticator for 802.1X.\n\n', '5', '5', false],
  ['another product sends the push', 'We don’t use FortiAuthenticator for push.\n\n', '5', '5', false],
  ['the value is hidden', USED, '<value>', '60', false],
])('picked timeouts of RADIUS: %s', (_name, said, timeout, remote, isFound) => {
  const found = rulesIn(diagnoseText(said + picked(timeout, remote)));
  expect(found.includes('radius-timeout-too-short')).toBe(isFound);
});

const SILENT = [
  'config user radius',
  '    edit "nps01"',
  '        set server "192.0.2.20"',
  '        set timeout 5',
  '    next',
  'end',
  '[1909] handle_req-Rcvd auth req 90110 for wren in vpn-users opt=00200421 prot=11',
  "[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'nps01' for usergroup 'vpn-users' (6)",
  '[730] __rad_conn_timeout-Connction with nps01:192.0.2.20 timed out.',
  "[1286] fnbamd_rad_process-Result from radius svr 'nps01' is 10, req 90110",
  '[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 90110, len=2524',
].join('\n');

it.each([
  ['wren gets the push and approves, still denied.', true],
  ['wren gets push from the authenticator app, approves, denied.', true],
  ['Her phone rings, she tapped Approve, still denied.', true],
  ['wren gets no push and is denied.', false],
  ['wren never got the push on her phone.', false],
  ['wren is denied.', false],
])('a server that is silent while its push is on the phone: %s', (said, isFound) => {
  const [first] = diagnoseText(`${said}\n${SILENT}`).findings;
  expect(first?.title).toBe(
    isFound
      ? 'The FortiGate waits only 5 s for the push of nps01'
      : 'The RADIUS server nps01 does not answer: wren cannot log in',
  );
});

const GAVE_UP = [
  '2026-05-11 07:30:02 [1909] handle_req-Rcvd auth req 4411 for wren in crew opt=00200421 prot=11',
  "2026-05-11 07:30:02 [1161] __rad_udp_send-Sent radius req to server 'mfa01': fd=10, IP=192.0.2.61(192.0.2.61:1812) code=1 id=42",
  '2026-05-11 07:30:12 [730] __rad_conn_timeout-Connction with mfa01:192.0.2.61 timed out.',
  "2026-05-11 07:30:12 [1286] fnbamd_rad_process-Result from radius svr 'mfa01' is 10, req 4411",
  '2026-05-11 07:30:12 [239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 4411, len=2140',
].join('\n');
const FAC = [
  '2026-05-11T07:30:02.300 Received Access-Request from 10.9.0.1: user wren',
  '2026-05-11T07:30:02.410 Sending push message[Login] to User[wren]',
  '2026-05-11T07:30:21.900 Push approved by user wren',
  '2026-05-11T07:30:21.960 Sending Access-Accept to 10.9.0.1',
].join('\n');
const DUO = [
  "2026-05-11T07:30:02+0000 [duoauthproxy.lib.log#info] (('10.9.0.1', 23014), wren, 42): login attempt for username 'wren'",
  "2026-05-11T07:30:21+0000 [duoauthproxy.lib.log#info] (('10.9.0.1', 23014), wren, 42): Duo authentication returned 'allow': 'Success. Logging you in...'",
  "2026-05-11T07:30:21+0000 [duoauthproxy.lib.log#info] (('10.9.0.1', 23014), wren, 42): Returning response code 2: AccessAccept",
].join('\n');
const FREERADIUS = [
  '2026-05-11 07:30:02 (0) Received Access-Request Id 42 from 10.9.0.1:23014 to 192.0.2.61:1812 length 141',
  '2026-05-11 07:30:21 (0) Sent Access-Accept Id 42 from 192.0.2.61:1812 to 10.9.0.1:23014 length 20',
].join('\n');
const settings = (timeout: number) =>
  `config user radius\n    edit "mfa01"\n        set server "192.0.2.61"\n        set timeout ${timeout}\n    next\nend\n`;

it.each([
  ['FortiAuthenticator', FAC, 'The FortiGate waits 10 s for mfa01, and wren approved after 19.6 s'],
  ['the proxy of Duo', DUO, 'The FortiGate waits 10 s for mfa01, and wren approved after 19 s'],
  ['FreeRADIUS', FREERADIUS, 'The FortiGate waits 10 s for mfa01, which accepted wren after 19 s'],
])('a server that accepts the login after fnbamd gave up, in the log of %s', (_what, log, title) => {
  for (const text of [`${GAVE_UP}\n\nserver:\n${log}`, `${log}\n\n${settings(10)}\n${GAVE_UP}`]) {
    const { findings } = diagnoseText(text);
    expect(findings.find(({ explainedBy }) => !explainedBy)?.rule).toBe('radius-timeout-too-short');
    expect(findings[0]).toMatchObject({ title, confidence: 'certain' });
    const lines = findings[0]?.fix.apply.join('\n');
    expect(lines).toContain('edit "mfa01"\n        set timeout 60');
    expect(lines).toContain('set remoteauthtimeout 60');
  }
});

it.each([
  ['in time', FAC.replaceAll('07:30:21', '07:30:05')],
  ['for another user', FAC.replaceAll('wren', 'plover')],
  ['with a refusal', FAC.replace('Push approved', 'Push denied').replace('Accept to', 'Reject to')],
  ['at another time', FAC.replaceAll('2026-05-11T07', '2026-05-11T08')],
])('a server that answers %s shows no wait that is too short', (_what, log) => {
  expect(rulesIn(diagnoseText(`${GAVE_UP}\n\nserver:\n${log}`))).not.toContain('radius-timeout-too-short');
});

it('only the timer that is shorter than the answer is raised', () => {
  const log = FAC.replaceAll('07:30:21', '07:30:42');
  const [finding] = diagnoseText(
    `${log}\n\n${settings(60)}\nEDGE # show full-configuration system global | grep remoteauth\n    set remoteauthtimeout 30\n\n${GAVE_UP.replaceAll('07:30:12', '07:30:32')}`,
  ).findings;
  expect(finding?.title).toBe('The FortiGate waits 30 s for mfa01, and wren approved after 40.6 s');
  expect(finding?.fix.apply.join('\n')).not.toContain('set timeout');
  expect(finding?.fix.apply.join('\n')).toContain('set remoteauthtimeout 60');
});

it.each([
  ['13:30:09 on the FAC: push approved by wren (19 s after the request).', true],
  ['In Duo I see that the push was approved at 19 s.', true],
  ['Am FAC: Push nach 19 Sekunden bestätigt.', true],
  ['NPS log: MFA approved 19 seconds later', true],
  ['13:30:09 on the FAC: push approved by w.ren (19 s after the request).', false],
  ['FAC: approved from the phone at 10.0.0.9 in the VPN net after 19 s.', true],
  ['On the FAC: push approved by plover (19 s after the request).', false],
  ['FAC log: push approved after 4 s.', false],
  ['The push must be approved after 19 s at most.', false],
  ['The push was not approved after 19 s.', false],
  ['The change was approved after 19 s.', false],
])('what a person says of the server’s time counts where fnbamd gave up: %s', (said, isFound) => {
  const [finding] = diagnoseText(`${settings(10)}\n${GAVE_UP}\n\n${said}\n`).findings;
  expect(finding?.rule === 'radius-timeout-too-short').toBe(isFound);
  if (!isFound) return;
  expect(finding?.title).toBe('The FortiGate waits 10 s for mfa01, and wren approved after 19 s');
  expect(finding?.confidence).toBe('likely');
  expect(finding?.fix.apply.join('\n')).toContain('set remoteauthtimeout 60');
});

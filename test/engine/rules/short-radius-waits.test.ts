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

import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const REFUSED = [
  '2026-03-02 09:12:04 samld_process_request [145]: len=228, cmd=0, pid=155, job_id=5601',
  '2026-03-02 09:12:19 samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=5601',
  '2026-03-02 09:12:19 __samld_sp_login_resp [830]: Failed to process response message. ret=-111(Failed to verify signature.)',
];
const OTHERS = [
  '2026-03-02 09:12:30 [911:root:300]sslvpn_authenticate_user:191 authenticate user: [wren]',
  '2026-03-02 09:12:30 [911:root:300]Auth successful for user wren in group staff',
];
const OWN = [
  '2026-03-02 09:12:40 [911:root:301]sslvpn_authenticate_user:191 authenticate user: [marlow]',
  '2026-03-02 09:12:40 [911:root:301]Auth successful for user marlow in group staff',
];

const CLOCK = [...REFUSED.slice(0, 2), '2026-03-02 09:12:19 __samld_sp_login_resp [848]: Clock skew issue.'];

it('counts a login that failed before it was named, if no login names the user asked about', () => {
  const log = [...REFUSED, ...OTHERS].join('\n');
  expect(rulesIn(diagnoseText(log, { user: 'marlow' }))).toEqual(['saml-idp-certificate-wrong']);
  const known = [...REFUSED, ...OTHERS, ...OWN].join('\n');
  expect(rulesIn(diagnoseText(known, { user: 'marlow' }))).toEqual([]);
});

it('begins a sentence with a capital, whatever phrase it begins with', () => {
  const [finding] = diagnoseText(CLOCK.join('\n')).findings;
  expect(finding?.summary).not.toContain('only login');
});

const RETURNED = (code: number) => [
  `[4410:root:3a]fam_auth_send_req_internal:514 fnbam_auth return: ${code}`,
  '[4410:root:3a]login_failed:393 user[tern],auth_type=1 failed [sslvpn_login_permission_denied]',
];
const SENT = (code: number) =>
  `[241] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req 5512077, len=2048`;
const COMPARED = ['[397] auth_local-Local password fetched, whatever result will be final'];
const DIFFERS = [...COMPARED, '[430] auth_local-Concluded: 1'];

it.each([
  ['with the result of the request', [...DIFFERS, SENT(1), ...RETURNED(1)], 'local-password-wrong'],
  ['with its own result alone', [...DIFFERS, ...RETURNED(1)], 'local-password-wrong'],
  ['of another result', [...DIFFERS, SENT(1), ...RETURNED(5)], undefined],
  ['without what was compared', [...COMPARED, SENT(1), ...RETURNED(1)], 'password-rejected'],
  [
    'before two refusals',
    [...DIFFERS, ...RETURNED(1), ...RETURNED(1).map((line) => line.replaceAll('3a', '3b'))],
    'password-rejected',
  ],
])('takes a piece of fnbamd’s lines before sslvpn’s as one login: %s', (_what, lines, rule) => {
  expect(rulesIn(diagnoseText(lines.join('\n')))[0]).toBe(rule);
});

const LOGGED = (user: string, minute: string) =>
  `date=2026-03-02 time=09:${minute}:04 devname="FGT-WREN" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" action="ssl-login-fail" tunneltype="ssl-web" remip=198.51.100.60 user="${user}" group="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"`;
const ADMITTED = `date=2026-03-02 time=09:25:04 devname="FGT-WREN" logid="0101039947" type="event" subtype="vpn" level="information" vd="root" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=1 remip=198.51.100.60 tunnelip=10.20.30.40 user="wren" group="staff" reason="tunnel established" msg="SSL tunnel established"`;
const REFUSALS = [LOGGED('tern', '12'), LOGGED('wren', '13')];
const AT = '2026-03-02 09:20:17 ';
const UNANSWERED = [
  `${AT}[806] __rad_auth_ctx_insert-Loaded RADIUS server 'RAD-1' for usergroup 'staff'`,
  `${AT}[730] __rad_conn_timeout-Connction with RAD-1:10.20.30.9 timed out.`,
  `${AT}[1286] fnbamd_rad_process-Result from radius svr 'RAD-1' is 10, req 70991`,
  `${AT}[241] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 70991, len=2048`,
];

it.each([
  ['refusals', REFUSALS, ['radius-server-unreachable']],
  ['a user who got in', [...REFUSALS, ADMITTED], []],
  ['a login of the debug', [...REFUSALS, ...OWN], []],
])('counts a piece of fnbamd’s lines beside %s of the event log', (_what, beside, rules) => {
  expect(rulesIn(diagnoseText([...beside, ...UNANSWERED].join('\n')))).toEqual(rules);
});

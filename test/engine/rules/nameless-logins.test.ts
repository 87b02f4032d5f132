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
  ['before two refusals', [...DIFFERS, ...RETURNED(1), ...RETURNED(1).map((line) => line.replaceAll('3a', '3b'))], 'password-rejected'],
])('takes a piece of fnbamd’s lines before sslvpn’s as one login: %s', (_what, lines, rule) => {
  expect(rulesIn(diagnoseText(lines.join('\n')))[0]).toBe(rule);
});

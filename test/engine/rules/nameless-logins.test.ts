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

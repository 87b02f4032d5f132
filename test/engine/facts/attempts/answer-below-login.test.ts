import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../../support/diagnose-text.ts';

const refusal = (user: string, session: string) => [
  `[240:root:${session}]fsv_saml_login_response:435 Got saml username: ${user}.`,
  `[240:root:${session}]fsv_saml_login_response:477 No group info in SAML response.`,
  `[240:root:${session}]fsv_saml_login_resp_cb:173 SAML group mismatch.`,
];
const answer = (user: string, job: string) => [
  `samld_send_common_reply [91]: Code: 0, id: ${job}, pid: 240, len: 412, data_len 396`,
  `samld_send_common_reply [120]:     Attr: 10, 38, 'username' '${user}'`,
  "samld_send_common_reply [120]:     Attr: 10, 44, 'memberOf' 'vpn-staff'",
];
const SETTINGS = [
  'config user saml',
  '    edit "idp-crew"',
  '        set idp-entity-id "https://idp.crew.example/meta"',
  '        set user-name "username"',
  '        set group-name "group"',
  '    next',
  'end',
];
const linesFor = (...log: readonly (readonly string[])[]) =>
  diagnoseText([...log.flat(), '', ...SETTINGS].join('\n')).findings[0]?.fix.apply.join('\n') ?? '';

describe('an answer of samld that a person copied below the refusal of sslvpn', () => {
  it('is that of the one login of its user', () => {
    const lines = linesFor(refusal('wren@crew.example', '5e1'), [''], answer('wren@crew.example', '9921'));
    expect(lines).toContain('set group-name "memberOf"');
  });

  it.each([
    ['another user', [refusal('wren@crew.example', '5e1'), answer('plover@crew.example', '9921')]],
    [
      'one of two logins of the user',
      [
        refusal('wren@crew.example', '5e1'),
        refusal('wren@crew.example', '5e2'),
        answer('wren@crew.example', '9921'),
      ],
    ],
  ])('is tied to no login if it may be that of %s', (_whose, log) => {
    expect(linesFor(...log)).not.toContain('memberOf');
  });
});

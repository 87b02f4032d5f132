import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { handshake, successfulFnbamd, tokenAnswer, upToPush } from '../../fixtures/logs/login-lines.ts';
import { resulted } from '../../fixtures/logs/radius-lines.ts';

const ANA = { user: 'ana', pid: 5784, sid: 'd9' };

it.each([
  ['with times', 0, 'certain'],
  // A late approval ends in the same two lines.
  ['without', undefined, 'likely'],
])('a phone that answered and a refusal are a Deny: %s', (_name, at, confidence) => {
  const later = at === undefined ? undefined : at + 9;
  const lines = [...upToPush(ANA, at), handshake('complete', later), ...tokenAnswer(ANA, 1, 'denied', later)];
  const { findings } = diagnose([{ name: 'paste', text: lines.join('\n') }]);
  expect(findings).toMatchObject([{ rule: 'push-denied-by-user', confidence }]);
});

it('a refusal without an answer of the phone may have been that of a code', () => {
  const lines = [
    ...successfulFnbamd({ ...ANA, request: '15' }, 0).slice(0, 5),
    ...resulted({ ...ANA, request: '15' }, 1, 20),
  ];
  const { findings } = diagnose([{ name: 'paste', text: lines.join('\n') }]);
  expect(findings).toMatchObject([
    {
      rule: 'push-denied-by-user',
      confidence: 'possible',
      title: 'The second factor of ana was refused: Deny on the phone, or a wrong code',
    },
  ]);
});

const RESULT = '[910:root:4e]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 1 (denied)\n';
const FAILED =
  '[910:root:4e]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]\n';
const SAID =
  'My phone asked and I pressed Deny because I was not at the laptop. Do you have to unlock me?\n\n';

it.each([
  ['the log ends in the answer', SAID + RESULT + FAILED, 'certain'],
  ['the log has only the refusal', SAID + FAILED, 'likely'],
])('a person says that Deny was pressed, and %s', (_what, text, confidence) => {
  const { findings, answers } = diagnose([{ name: 'mail', text }]);
  expect(findings[0]).toMatchObject({ rule: 'push-denied-by-user', confidence });
  expect(answers?.[0]?.answer).toContain('Nothing has to be unlocked');
});

it.each([
  ['nobody says it', RESULT + FAILED],
  ['it is denied', `I did not press Deny on the phone.\n\n${RESULT}${FAILED}`],
  ['it is asked', `Can it be that he pressed Deny?\n\n${RESULT}${FAILED}`],
])('a refusal is not called a Deny where %s', (_what, text) => {
  const { findings } = diagnose([{ name: 'mail', text }]);
  expect(findings.map(({ rule }) => rule)).not.toContain('push-denied-by-user');
});

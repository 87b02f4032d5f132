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

import { expect, it } from 'vitest';
import { CONTRADICTION_REASON } from '../../../../src/engine/diagnosis/contradiction.ts';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import type { RuleId } from '../../../../src/engine/rules/rule-ids.ts';
import { groupUnchecked } from '../../../../src/report/documents/answer/unchecked.ts';

function unknown(rule: RuleId, reason: string): Diagnosis['checks'][number] {
  return { rule, verdict: 'unknown', reason };
}

it.each([
  [
    'that end with a command list the commands',
    [
      unknown('push-disabled', 'the evidence does not contain `show a`'),
      unknown('token-locked', 'the evidence does not contain `show b`'),
      unknown('push-cert-missing', 'the evidence does not contain `show a`'),
    ],
    ['the evidence does not contain `show a` and `show b` (3)'],
  ],
  [
    'that begin alike are one',
    [
      unknown('push-dns-failure', 'the evidence does not show whether the name resolves'),
      unknown('phone-not-notified', 'only a login shows how soon the phone answers'),
      unknown('push-tls-inspected', 'the evidence does not show TLS with the push server'),
      unknown('phone-registration-stale', 'only a login shows whether the phone still receives pushes'),
    ],
    [
      'the evidence does not show whether the name resolves; TLS with the push server (2)',
      'only a login shows how soon the phone answers; whether the phone still receives pushes (2)',
    ],
  ],
  [
    'of contradictions are said once',
    [
      unknown('push-disabled', `${CONTRADICTION_REASON}“a”`),
      unknown('push-cert-missing', `${CONTRADICTION_REASON}“b: c”`),
    ],
    [`${CONTRADICTION_REASON}“a”; “b: c” (2)`],
  ],
  [
    'that most checks share come first, however many others are joined',
    [
      unknown('push-dns-failure', 'the evidence does not show a'),
      unknown('push-tls-inspected', 'the evidence does not show b'),
      unknown('push-egress-unsuitable', 'the evidence does not show c'),
      unknown('token-locked', 'the evidence contains no debug output'),
      unknown('token-clock-drift', 'the evidence contains no debug output'),
    ],
    ['the evidence contains no debug output (2)', 'the evidence does not show a; b; c (3)'],
  ],
])('reasons %s', (_, checks, expected) => {
  expect(groupUnchecked(checks, 'unknown').map(({ reason, count }) => `${reason} (${count})`)).toEqual(
    expected,
  );
});

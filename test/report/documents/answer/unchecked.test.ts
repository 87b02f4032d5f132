import { expect, it } from 'vitest';
import { CONTRADICTION_REASON } from '../../../../src/engine/diagnosis/contradiction.ts';
import type { Diagnosis, MissingFact } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { contradictions, uncheckedParts } from '../../../../src/report/documents/answer/unchecked.ts';
import { DEVICE_CHECK, hops, NOT_ENOUGH } from '../../fixtures.ts';

const DEBUG = ['diagnose debug enable', 'diagnose debug disable'];

function missing(rule: string, ...commands: readonly string[]): MissingFact {
  return { rule, need: 'x', commands: [...commands] };
}

const open: Diagnosis = {
  ...DEVICE_CHECK,
  verdict: 'healthy',
  findings: [],
  attempts: [],
  firstBrokenHop: null,
};
const [tokens, users, radius, admins] = [
  missing('token-locked', 'diagnose fortitoken info'),
  missing('token-clock-drift', 'show user local'),
  missing('token-activation-expired', 'show full-configuration user radius'),
  missing('token-not-activated', 'show system admin'),
];

it.each<[string, readonly MissingFact[], string]>([
  ['one thing', [tokens], 'Not checked: the token states (1 command would show it)'],
  ['each thing once', [tokens, tokens], 'Not checked: the token states (1 command would show it)'],
  [
    'two things',
    [tokens, users],
    'Not checked: the token states and the local users (2 commands would show both)',
  ],
  [
    'three at most',
    [tokens, users, radius, admins],
    'Not checked: the token states, the local users and the RADIUS servers (3 commands would show them)',
  ],
  [
    'what only a login shows',
    [missing('push-denied-by-user', ...DEBUG)],
    'Not checked: whether the approval came in time (one debug log would show it)',
  ],
  ['nothing', [], 'If push still fails'],
])('names %s', (_, facts, title) => {
  const hop = hops('??????????');
  expect(uncheckedParts({ ...open, hops: hop, missing: [...facts] }).title).toBe(title);
});

it('leaves out what cannot change the answer', () => {
  const { findings, firstBrokenHop } = DEVICE_CHECK;
  const fixed = { ...open, verdict: 'broken' as const, findings, firstBrokenHop };
  const facts = [missing('push-denied-by-user', ...DEBUG)];
  expect(uncheckedParts({ ...fixed, missing: facts }).items).toEqual([]);
});

it('does not repeat steps that stand open above', () => {
  expect(uncheckedParts(NOT_ENOUGH).title).not.toContain('would show');
});

it('says contradictions that begin alike once', () => {
  const checks: Diagnosis['checks'] = [
    { rule: 'push-disabled', verdict: 'conflicting', reason: `${CONTRADICTION_REASON}“a”` },
    { rule: 'push-cert-missing', verdict: 'conflicting', reason: `${CONTRADICTION_REASON}“b: c”` },
    { rule: 'token-locked', verdict: 'conflicting', reason: 'two outputs differ' },
  ];
  expect(contradictions({ ...open, checks })).toEqual([
    `${CONTRADICTION_REASON}“a”; “b: c”`,
    'two outputs differ',
  ]);
});

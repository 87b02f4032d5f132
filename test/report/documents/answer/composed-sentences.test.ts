import { expect, it } from 'vitest';
import { afterAnswerText, putOffText, solvedText, watchText } from '../../../../handlers/text/follow-ups.ts';
import type { AttemptSummary, Diagnosis, MissingFact } from '../../../../src/engine/diagnosis/diagnosis.ts';
import type { RuleId } from '../../../../src/engine/rules/rule-ids.ts';
import { liveLine, loginTimeline } from '../../../../src/report/documents/answer/answer.ts';
import { viewComparison } from '../../../../src/report/documents/answer/comparison.ts';
import { deviceLine } from '../../../../src/report/documents/answer/device-line.ts';
import { loginPathTitle } from '../../../../src/report/documents/answer/login-path.ts';
import {
  gotInText,
  groupLogins,
  loginLines,
  proofText,
} from '../../../../src/report/documents/answer/logins.ts';
import { neededText, nextStepParts } from '../../../../src/report/documents/answer/next-step-texts.ts';
import { seenSoFar } from '../../../../src/report/documents/answer/summary.ts';
import { uncheckedParts } from '../../../../src/report/documents/answer/unchecked.ts';
import { DEVICE_CHECK, HEALTHY, hops, NOT_ENOUGH, TWO_USERS } from '../../fixtures.ts';

const DEBUG = NOT_ENOUGH.missing[0]?.commands ?? [];
const wants = (rule: RuleId, ...commands: readonly string[]): MissingFact => ({
  rule,
  need: 'x',
  commands: [...commands],
});
const PUSH = wants('push-disabled', 'show full-configuration system ftm-push');
const USERS = wants('two-factor-not-assigned', 'show user local');
const STATES = wants('token-locked', 'diagnose fortitoken info');
const LOGIN = wants('push-denied-by-user', ...DEBUG);

const asks = (missing: readonly MissingFact[], more: Partial<Diagnosis> = {}): Diagnosis => ({
  ...NOT_ENOUGH,
  hops: hops('??????????'),
  attempts: [],
  missing: [...missing],
  ...more,
});
const found = (missing: readonly MissingFact[]): Diagnosis => ({
  ...asks(missing),
  verdict: 'broken',
  firstBrokenHop: 'callback',
  findings: DEVICE_CHECK.findings,
  askedUser: { name: 'marlow', known: 'known', suggestions: [] },
});
const [failed] = TWO_USERS.attempts as [AttemptSummary];
const login = (more: Partial<AttemptSummary>): AttemptSummary => ({
  ...failed,
  hops: hops('+++++?x---'),
  ...more,
});
const watched = (more: Partial<NonNullable<Diagnosis['live']>>): NonNullable<Diagnosis['live']> => ({
  state: 'watched',
  ended: 'time',
  seconds: 60,
  lines: 12,
  applications: ['fnbamd', 'sslvpn'],
  commands: [],
  ...more,
});

/** Every sentence that is put together from parts, with the variants of its parts. */
const SENTENCES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'what is needed': [[PUSH], [PUSH, USERS], [LOGIN], [PUSH, LOGIN], [wants('push-disabled', 'show a')]].map(
    (missing) => neededText(asks(missing)),
  ),
  'steps behind a title': [[PUSH], [PUSH, USERS], [LOGIN, PUSH]].flatMap((missing) => [
    ...nextStepParts(asks(missing)).map(({ title }) => title),
    ...nextStepParts(found(missing)).map(({ title }) => title),
  ]),
  'what was not checked': [[STATES], [STATES, USERS], [STATES, USERS, PUSH]].map(
    (missing) => uncheckedParts(found(missing)).title,
  ),
  'the path': [
    loginPathTitle({ ...DEVICE_CHECK, hops: hops('++++++++++'), firstBrokenHop: null }),
    loginPathTitle({ ...DEVICE_CHECK, hops: hops('+++++?x---') }),
    loginPathTitle({ ...DEVICE_CHECK, hops: hops('??????????') }),
    loginPathTitle({ ...DEVICE_CHECK, hops: hops('??????????'), firstBrokenHop: null }),
    loginPathTitle({ ...DEVICE_CHECK, hops: hops('+++???????'), firstBrokenHop: null }),
  ],
  'a login': [
    ...[
      login({ outcome: 'timed-out', waitedSeconds: 94, allowedSeconds: 80, hops: hops('+++++++++x') }),
      login({ outcome: 'timed-out', waitedSeconds: 80, allowedSeconds: 80 }),
      login({ outcome: 'timed-out', waitedSeconds: undefined, allowedSeconds: undefined }),
      login({ outcome: 'denied', waitedSeconds: 12, allowedSeconds: 80 }),
      login({ outcome: 'failed', waitedSeconds: undefined, hops: hops('x---------') }),
      login({ outcome: 'incomplete', hops: hops('+?????????') }),
      login({ outcome: 'failed', user: '00112233445566778899AABBCCDDEEFF', hops: hops('x---------') }),
      login({ outcome: 'succeeded', waitedSeconds: 7, hops: hops('++++++++++') }),
    ].flatMap((each) => loginLines([each]).map(({ text }) => text)),
    ...loginLines([
      login({ outcome: 'failed', startedAt: '2026-03-02 07:58:44', client: '203.0.113.9' }),
      login({ outcome: 'failed', startedAt: '2026-03-02 08:01:15', client: '203.0.113.9' }),
    ]).map(({ text }) => text),
    ...loginLines([login({ outcome: 'denied' }), login({ outcome: 'denied' })]).map(({ text }) => text),
  ],
  'who got in': [1, 2, 11].map((count) =>
    gotInText(
      groupLogins({
        ...TWO_USERS,
        attempts: Array.from({ length: count }, (_, at) =>
          login({ outcome: 'succeeded', user: `user${at}` }),
        ),
      }),
    ),
  ),
  'the proof': [[], [login({ outcome: 'succeeded', user: 'marlow' })]].map((attempts) =>
    proofText({ ...HEALTHY, proof: 'login', attempts }),
  ),
  'how far it goes': [
    seenSoFar(NOT_ENOUGH),
    seenSoFar({ ...NOT_ENOUGH, hops: hops('+++???????') }),
    seenSoFar(asks([])),
  ],
  'time to approve': [
    loginTimeline({
      ...NOT_ENOUGH,
      timeBudget: {
        limits: [
          { name: 'the token', seconds: 60 },
          { name: 'SSL VPN', seconds: 80 },
        ],
      },
    }),
    loginTimeline({
      ...NOT_ENOUGH,
      timeBudget: {
        limits: [
          { name: 'the token', seconds: 60 },
          { name: 'SSL VPN', seconds: 60 },
        ],
      },
    }),
  ],
  'a live window': [
    watched({}),
    watched({ lines: 0 }),
    watched({ ended: 'login', seconds: 9 }),
    watched({ ended: 'flood', seconds: 9 }),
    watched({ ended: 'session-lost', seconds: 9 }),
    watched({ ended: 'stopped', seconds: 9 }),
    watched({ others: ['ike'] }),
    watched({ state: 'not-opened', reason: 'The account may not run `diagnose`.' }),
    watched({ state: 'left-on' }),
  ].map(liveLine),
  'the line below the headline': [
    deviceLine(DEVICE_CHECK, { alias: 'fgt-branch-07', askerName: 'Ana Ruiz', user: 'marlow', tookMs: 3412 }),
    deviceLine(DEVICE_CHECK, { alias: 'fgt-branch-07', askerName: 'Ana Ruiz', user: 'marlow', vdom: 'edge' }),
    deviceLine(TWO_USERS),
    deviceLine(HEALTHY, { alias: 'fgt-branch-07', askerName: 'Ana Ruiz' }),
  ],
  'compared with earlier': [
    viewComparison({ diagnosis: DEVICE_CHECK, at: 0, agoMs: 720_000 }, DEVICE_CHECK).summary,
    viewComparison({ diagnosis: DEVICE_CHECK, at: 0, agoMs: 20_000 }, HEALTHY).summary,
    viewComparison({ diagnosis: HEALTHY, at: 0, agoMs: 20_000 }, HEALTHY).summary,
  ],
  'after an answer': [
    solvedText(true),
    solvedText(false),
    putOffText('not now'),
    watchText('marlow', 60),
    afterAnswerText('the customer calls back at three'),
  ],
};

it('sentences put together from parts are those that a reader has reviewed', async () => {
  const text = Object.entries(SENTENCES).map(([title, sentences]) => {
    const shown = [...new Set(sentences.filter((sentence) => sentence !== undefined && sentence !== ''))];
    return [title, ...shown.map((sentence) => `  ${sentence}`)].join('\n');
  });
  await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../fixtures/talk/composed-sentences.txt',
    'a sentence is new or different: read it as a support engineer would; if it is right: npx vitest run test/report/documents/answer/composed-sentences.test.ts -u',
  );
});

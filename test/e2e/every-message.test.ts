import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { deviceListText, fleetHistoryReply, historyText } from '../../handlers/text/past-runs.ts';
import * as replies from '../../handlers/text/replies.ts';
import { checkForm } from '../../handlers/views/check-form.ts';
import { deviceQuestion, whichDeviceText } from '../../handlers/views/device-question.ts';
import { homeView } from '../../handlers/views/home.ts';
import { progressMessage, rootText } from '../../src/bot/delivery/progress-view.ts';
import { explainRefusal } from '../../src/bot/slack/refusals.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { PAST_VERDICTS, type PastCheck } from '../../src/platform/runs/past-check.ts';
import type { Run, RunOutcome } from '../../src/platform/runs/run.ts';
import { readTogetherText } from '../../src/report/documents/read-together-text.ts';
import { evidenceBlocks } from '../../src/report/formats/slack/evidence-view.ts';
import { renderAnswer } from '../../src/report/formats/slack/render-answer.ts';
import { checkMessage, checkViewBlocks } from '../../src/stand-ins/slack/block-kit/check-message.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../report/fixtures.ts';

interface Message {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** Whatever stands for itself only to who sees it: emoji, marks, colours. */
const SIGNS = /[\p{Extended_Pictographic}\p{Emoji_Presentation}✓✗–?·›▸•]/gu;
const wordsOf = (text: string): string => text.replaceAll(SIGNS, ' ');

const HOSTILE = '<!channel> *x* `y` <@U0ANA> :wave: https://evil.example.com';

const run = (more: Partial<Run> = {}): Run => ({
  id: 'run-1',
  asker: { id: 'U0ANA', name: HOSTILE },
  replyTo: { channel: 'C0SUPPORT' },
  acceptedAt: 1_800_000_000_000,
  kind: 'check',
  alias: 'fgt-branch-07',
  answerTs: '1800000000.000100',
  ...more,
});

const OUTCOMES: readonly RunOutcome[] = [
  ...[DEVICE_CHECK, TWO_USERS, NOT_ENOUGH, HEALTHY, EVERYTHING_BROKEN].map(
    (diagnosis): RunOutcome => ({ kind: 'diagnosed', diagnosis, tookMs: 3400 }),
  ),
  { kind: 'failed', code: 'ftm_device_unreachable', message: `${HOSTILE} does not answer.`, advice: HOSTILE },
  { kind: 'failed', code: 'ftm_cancelled', message: replies.cancelReason(HOSTILE) },
  { kind: 'failed', code: 'ftm_internal', message: '' },
];

const subject = { runId: 'run-1', asker: { name: HOSTILE }, alias: 'fgt-branch-07', canEscalate: true };

const PROGRESS = [
  { phase: 'queued' },
  { phase: 'queued', ahead: 1 },
  { phase: 'queued', ahead: 12 },
  { phase: 'connecting' },
  { phase: 'collecting', step: 4, steps: 9 },
  {
    phase: 'collecting',
    step: 4,
    steps: 9,
    shares: { asker: { id: 'U0ANA', name: HOSTILE }, at: 0, agoMs: 20_000 },
  },
  { phase: 'analysing' },
  { phase: HOSTILE },
];

const runs = OUTCOMES.map((outcome) => run({ outcome, answeredAt: 1 }));

const CHECKS: readonly PastCheck[] = PAST_VERDICTS.map((verdict, index) => ({
  run: `run-${index}`,
  at: 1_800_000_000_000 - index * 86_400_000,
  verdict,
  rules: [HOSTILE],
  asker: { id: 'U0ANA', name: HOSTILE },
}));
const FLEET = Array.from({ length: 40 }, (_, index) => ({
  alias: `${'f'.repeat(60)}-${index}`,
  checks: index % 2 === 0 ? CHECKS : [],
}));

const TARGETS = Array.from({ length: 30 }, (_, index) => ({
  alias: `${'f'.repeat(60)}-${index}`,
  user: HOSTILE,
}));

function everyReply(): readonly string[] {
  const devices = Array.from({ length: 40 }, (_, index) => `fgt-${index}`);
  return [
    ...Object.values(replies).filter((value) => typeof value === 'string'),
    replies.helpText({ devices, paging: true }),
    replies.unclearText(HOSTILE, { devices: [], paging: false }),
    ...(['no-grants', 'not-this-person-or-channel', 'not-this-device', 'too-many-look-ups'] as const).map(
      (reason) =>
        replies.refusedText(
          { kind: 'refused', reason },
          { alias: HOSTILE, suggestions: devices.slice(0, 2), devices },
        ),
    ),
    replies.errorText(new FtmError('ftm_queue_unavailable', HOSTILE, { advice: HOSTILE })),
    replies.unknownCommandText(HOSTILE),
    replies.stoppedText(1),
    replies.stoppedText(3),
    deviceListText([{ alias: 'fgt-1', site: HOSTILE }, ...runs.map((last) => ({ alias: 'fgt-2', last }))], 3),
    deviceListText([], 0),
    historyText({ alias: 'fgt-1', customer: HOSTILE }, runs, 'U0ANA', {
      checks: CHECKS,
      until: 1_800_000_000_000,
    }),
    fleetHistoryReply([], 0),
    fleetHistoryReply(FLEET, 1_800_000_000_000),
    replies.nothingNamedText({ devices, paging: true }),
    whichDeviceText([{ alias: 'fgt-1' }, { alias: 'fgt-2', user: HOSTILE }]),
    historyText({ alias: 'fgt-1' }, [], 'U0ANA', { checks: [], until: 0 }),
    rootText(run()),
    readTogetherText,
    ...['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'missing_scope', 'x'].map(
      (error) => explainRefusal(error, 'C0SUPPORT'),
    ),
  ];
}

const MESSAGES: readonly (readonly [string, Message])[] = [
  [
    'question',
    {
      text: whichDeviceText(TARGETS),
      blocks: deviceQuestion(whichDeviceText(TARGETS), TARGETS, { replyTo: { channel: 'C1' } }),
    },
  ],
  ...OUTCOMES.flatMap((outcome, index) =>
    (['check', 'analyze'] as const).map((kind): [string, Message] => [
      `answer ${index} to ${kind}`,
      renderAnswer(outcome, { ...subject, kind, earlier: { diagnosis: TWO_USERS, at: 0, agoMs: 60_000 } }),
    ]),
  ),
  ...PROGRESS.flatMap((progress, index) =>
    [true, false].flatMap((cards) =>
      (['check', 'analyze'] as const).map((kind): [string, Message] => [
        `progress ${index} of ${kind}${cards ? ' in cards' : ''}`,
        progressMessage(run({ kind }), progress, { cards }),
      ]),
    ),
  ),
  ...everyReply().map((text): [string, Message] => [`reply “${text.slice(0, 40)}”`, { text }]),
];

const VIEWS: readonly (readonly [string, readonly unknown[]])[] = [
  [
    'the form',
    checkForm(
      Array.from({ length: 100 }, (_, index) => `fgt-${index}`),
      { channel: 'C1' },
    ).blocks,
  ],
  [
    'the form with a search',
    checkForm(
      Array.from({ length: 101 }, (_, index) => `fgt-${index}`),
      {},
    ).blocks,
  ],
  [
    'the empty Home tab',
    homeView({ reader: 'U0ANA', runs: [], devices: [], moreDevices: 0, history: [], now: 0 }).blocks,
  ],
  [
    'a full Home tab',
    homeView({
      history: FLEET,
      now: 1_800_000_000_000,
      reader: 'U0ANA',
      runs,
      devices: Array.from({ length: 15 }, (_, index) => ({
        alias: `${'f'.repeat(60)}-${index}`,
        last: run(),
      })),
      moreDevices: 400,
    }).blocks,
  ],
  ['all evidence', evidenceBlocks(EVERYTHING_BROKEN)],
  ['no evidence', evidenceBlocks({ ...HEALTHY, findings: [], hops: [] })],
];

function partsOf(value: unknown, type: string): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === type ? [value as Record<string, unknown>] : [];
  return [...own, ...Object.values(value).flatMap((inner) => partsOf(inner, type))];
}

describe('every message', () => {
  it.each(MESSAGES)('%s is taken by Slack, and its text alone says it in words', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(wordsOf(message.text)).toMatch(/\p{L}{2}/u);
    // Nothing from outside becomes a mention, a link or a format; our own dates, channels and askers may.
    expect(
      message.text.replaceAll(/<!date\^[^>]*>|<#C0SUPPORT>|<@U0ANA>|<https:\/\/slack\.com\/[^>]*>/g, ''),
    ).not.toMatch(/<[!@#h]/);
  });

  it.each(MESSAGES.filter(([, { blocks = [] }]) => blocks.length > 0))(
    '%s says nothing by a sign or a colour alone',
    (_, { blocks = [] }) => {
      for (const button of partsOf(blocks, 'button')) {
        expect(JSON.stringify(button.text)).toMatch(/"text":"(?:I |\p{L}{2})/u);
      }
      for (const image of partsOf(blocks, 'image')) expect(image.alt_text).toMatch(/\p{L}{2}/u);
      for (const block of blocks) {
        if (block.type === 'actions' || block.type === 'divider') continue;
        const texts = [
          ...partsOf(block, 'text'),
          ...partsOf(block, 'mrkdwn'),
          ...partsOf(block, 'plain_text'),
        ];
        const titles = [...partsOf(block, 'task_card'), ...partsOf(block, 'plan')].map(({ title }) => title);
        expect(wordsOf([...texts.map(({ text }) => text), ...titles].join(' '))).toMatch(/\p{L}{2}/u);
      }
    },
  );

  it('tells the verdict and every step in words', () => {
    const { text } = renderAnswer(OUTCOMES[0] as RunOutcome, { ...subject, kind: 'check' });
    expect(wordsOf(text)).toMatch(/broken: \*callback\*; fine: /);
    expect(wordsOf(text)).toMatch(/not reached: TLS, approval, authorisation and tunnel/);
  });

  it.each(VIEWS)('%s is taken by Slack', (_, blocks) => {
    expect(checkViewBlocks(blocks)).toEqual([]);
    for (const button of partsOf(blocks, 'button')) expect(JSON.stringify(button.text)).toMatch(/\p{L}{2}/u);
    for (const input of partsOf(blocks, 'input')) expect(JSON.stringify(input.label)).toMatch(/\p{L}{2}/u);
  });
});

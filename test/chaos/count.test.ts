import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countOne, type Ending } from '../../chaos/count.ts';
import { planTroubles, TROUBLES } from '../../chaos/faults.ts';
import { countPage } from '../../chaos/pages.ts';
import { judgeParts } from '../../chaos/parts.ts';
import { type Asked, KINDS } from '../../chaos/planned-request.ts';
import { createRandom } from '../../chaos/random.ts';
import { planRequests } from '../../chaos/simulated-users.ts';
import { lookAtSlack } from '../../chaos/slack-seen.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { readTogetherText } from '../../src/report/documents/read-together-text.ts';
import { supersededMessage } from '../../src/report/formats/slack/superseded-message.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';

const CHANNEL = 'C0SUPPORT';
const ANA = 'U0ANA';
const ACKED: Asked = {
  kind: 'mention',
  user: ANA,
  channel: CHANNEL,
  thread: '1.1',
  runId: 'run-1',
  sentAt: 0,
  deliveries: [],
  ackedAt: 1,
};
const { thread: _, ...OWN_THREAD } = ACKED;
const REFUSED_FORM: Asked = {
  ...ACKED,
  kind: 'form',
  deliveries: [
    {
      kind: 'interactive',
      payload: {},
      status: 200,
      ack: {
        response_action: 'errors',
        errors: { device: 'The queue is not available. Nothing was started.' },
      },
      tookMs: 1,
    },
  ],
};
const KNOWN: Run = {
  id: 'run-1',
  asker: { id: ANA },
  replyTo: { channel: CHANNEL },
  acceptedAt: 0,
  kind: 'check',
};
const ANSWERED: Run = { ...KNOWN, answeredAt: 2 };

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startLocalSlack();
});
afterEach(() => slack.close());

function post(
  role: 'root' | 'answer',
  isFinal = true,
  place: object = { thread_ts: '1.1' },
  { id = 'run-1', text = '' } = {},
): void {
  slack.workspace.add({
    channel: CHANNEL,
    ...place,
    user: 'U0FTMBOT',
    bot_id: 'B0FTM',
    text,
    metadata: { event_type: 'ftm_check_run', event_payload: { run_id: id, role } },
    blocks: isFinal ? [] : [{ type: 'actions', elements: [{ action_id: ACTIONS.cancel }] }],
  });
}

function postBelowRoot(): void {
  post('root', true, {});
  post('answer', true, { thread_ts: slack.messages(CHANNEL)[0]?.ts });
}

function whisper(text: string): void {
  slack.workspace.add({ channel: CHANNEL, user: 'U0FTMBOT', bot_id: 'B0FTM', text, ephemeral_to: ANA });
}

describe('what becomes of a request is seen', () => {
  it.each<[string, Asked, Run | undefined, () => unknown]>([
    ['answered once', ACKED, ANSWERED, () => post('answer')],
    ['refused', REFUSED_FORM, undefined, () => undefined],
    ['answered once', OWN_THREAD, ANSWERED, () => postBelowRoot()],
    ['misplaced', OWN_THREAD, ANSWERED, () => [post('root', true, {}), post('answer')]],
    ['misplaced', ACKED, ANSWERED, () => post('answer', true, { thread_ts: '2.2' })],
    ['misplaced', ACKED, ANSWERED, () => post('answer', true, {})],
    ['misplaced', ACKED, ANSWERED, () => post('answer', true, { channel: 'C0ARCHIVE', thread_ts: '1.1' })],
    ['doubled', ACKED, ANSWERED, () => [post('answer'), post('answer', true, { channel: 'C0ARCHIVE' })]],
    ['lost', ACKED, undefined, () => {}],
    ['lost', ACKED, KNOWN, () => post('answer', false)],
    ['lost', ACKED, ANSWERED, () => post('answer', false)],
    ['lost', ACKED, ANSWERED, () => {}],
    ['doubled', ACKED, ANSWERED, () => [post('answer'), post('answer')]],
    ['doubled', ACKED, ANSWERED, () => [post('answer'), post('answer', false)]],
    ['doubled', ACKED, ANSWERED, () => [post('root', true, {}), post('answer')]],
    ['refused', ACKED, undefined, () => whisper('No. Nothing was started.')],
    ['answered against its word', ACKED, ANSWERED, () => [whisper('Nothing was started.'), post('answer')]],
    [
      'answered once',
      ACKED,
      ANSWERED,
      () => [
        whisper('Nothing was started.'),
        whisper('Your request was accepted after all.'),
        post('answer'),
      ],
    ],
  ])('%s', (expected, asked, run, happens) => {
    happens();
    expect(countOne(asked, run, lookAtSlack(slack)).ending).toBe(expected);
  });

  it.each([
    [['progress', 'final'], 0, 0],
    [['progress', 'final', 'progress'], 1, 0],
    [['final', 'progress', 'progress', 'final', 'progress'], 2, 0],
    [['final', 'final'], 0, 0],
    [['final', 'another final'], 0, 1],
    [['final', supersededMessage('final', []).text], 0, 0],
  ])('an answer that is edited again: %j', async (edits, undone, rewritten) => {
    post('answer');
    const [answer] = slack.messages(CHANNEL);
    for (const text of edits) {
      const cancel = {
        type: 'button',
        action_id: ACTIONS.cancel,
        text: { type: 'plain_text', text: 'Cancel' },
      };
      const blocks = text === 'progress' ? [{ type: 'actions', elements: [cancel] }] : [];
      await fetch(`${slack.apiUrl}chat.update`, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: CHANNEL, ts: answer?.ts, text, blocks }),
      });
    }
    expect(slack.calls('chat.update').map(({ failure }) => failure)).toEqual(edits.map(() => undefined));
    expect(countOne(ACKED, ANSWERED, lookAtSlack(slack))).toMatchObject({ undone, rewritten });
  });

  it.each<[Ending[], string[]]>([
    [
      ['answered once', 'answered once'],
      [readTogetherText, 'all'],
    ],
    [
      ['answered once', 'answered once'],
      ['all', readTogetherText],
    ],
    [
      ['doubled', 'answered once'],
      ['one', 'all'],
    ],
    [
      ['lost', 'answered once'],
      [readTogetherText, readTogetherText],
    ],
  ])('a paste in parts has one answer: %j', (expected, texts) => {
    for (const [index, text] of texts.entries()) {
      post('answer', true, { thread_ts: '1.1' }, { id: `run-${index}`, text });
    }
    const seen = lookAtSlack(slack);
    const counted = texts.map((_, index) =>
      countOne({ ...ACKED, kind: 'part', runId: `run-${index}` }, ANSWERED, seen),
    );
    expect(judgeParts(counted, seen).map(({ ending }) => ending)).toEqual(expected);
  });

  it.each<[Ending, string[], string[]]>([
    ['answered once', ['e/status', 'e/1'], ['They are being paged.']],
    ['answered against its word', ['e/status', 'e/1'], ['Nothing was started.']],
    ['doubled', ['e/status', 'f/status', 'e/1'], []],
    ['doubled', ['e/status', 'e/1', 'f/1'], []],
    ['lost', ['e/status'], []],
    ['lost', [], ['They are being paged.']],
    ['refused', [], ['Nothing was started.']],
  ])('a page: %s', (expected, marks, words) => {
    const about = { channel: CHANNEL, user: 'U0FTMBOT', bot_id: 'B0FTM', text: '', thread_ts: '1.1' };
    for (const mark of marks) {
      slack.workspace.add({ ...about, metadata: { event_type: 'ftm_check_page', event_payload: { mark } } });
    }
    for (const text of words) whisper(text);
    expect(countPage({ ...ACKED, kind: 'escalate' }, lookAtSlack(slack)).ending).toBe(expected);
  });

  it('not taken: Slack said so itself', () => {
    const { ackedAt: _, ...asked } = ACKED;
    expect(countOne(asked, undefined, lookAtSlack(slack))).toMatchObject({
      ending: 'not taken',
      accepted: false,
    });
  });
});

describe('a plan', () => {
  const options = {
    requests: 60,
    overMs: 60_000,
    users: Array.from({ length: 90 }, (_, index) => `U${index}`),
    channels: ['C1', 'C2'],
    aliases: ['fgt-1', 'fgt-2'],
  };
  const alarms = () =>
    Array.from({ length: 20 }, (_, index) => ({ alias: `a-${index}`, channel: 'C3' })).values();

  it('is the same for the same seed, and another one for another', () => {
    const plan = (seed: number) => {
      const random = createRandom(seed);
      return [planRequests(random, { ...options, alarms: alarms() }), planTroubles(random, 60_000, 3000)];
    };
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('has every kind', () => {
    const planned = planRequests(createRandom(1), { ...options, requests: 40, alarms: alarms() }).map(
      ({ kind }) => kind,
    );
    expect(new Set(planned)).toEqual(new Set(KINDS));
  });

  it('has every trouble', () => {
    const planned = planTroubles(createRandom(1), 120_000, 3000).map(({ trouble }) => trouble);
    expect(new Set(planned)).toEqual(new Set(TROUBLES));
  });
});

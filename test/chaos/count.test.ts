import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/local-slack.ts';
import type { Run } from '../../src/runs/run.ts';
import { ACTIONS } from '../../src/slack/action-ids.ts';
import { countOne } from './count.ts';
import type { Asked } from './people.ts';
import { planRequests } from './people.ts';
import { createRandom } from './random.ts';
import { planTroubles, TROUBLES } from './troubles.ts';

const CHANNEL = 'C0SUPPORT';
const ANA = 'U0ANA';
const ACKED: Asked = {
  kind: 'mention',
  user: ANA,
  channel: CHANNEL,
  runId: 'run-1',
  sentAt: 0,
  deliveries: [],
  ackedAt: 1,
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

function post(role: 'root' | 'answer', isFinal = true): void {
  slack.workspace.add({
    channel: CHANNEL,
    user: 'U0FTMBOT',
    bot_id: 'B0FTM',
    text: '',
    metadata: { event_type: 'ftm_check_run', event_payload: { run_id: 'run-1', role } },
    blocks: isFinal ? [] : [{ type: 'actions', elements: [{ action_id: ACTIONS.cancel }] }],
  });
}

function whisper(text: string): void {
  slack.workspace.add({ channel: CHANNEL, user: 'U0FTMBOT', bot_id: 'B0FTM', text, ephemeral_to: ANA });
}

describe('what becomes of a request is seen', () => {
  it.each<[string, Asked, Run | undefined, () => void]>([
    ['answered once', ACKED, ANSWERED, () => post('answer')],
    ['answered once', { ...ACKED, ackedAt: 1 }, ANSWERED, () => [post('root'), post('answer')]],
    ['lost', ACKED, undefined, () => {}],
    ['lost', ACKED, KNOWN, () => post('answer', false)],
    ['lost', ACKED, ANSWERED, () => post('answer', false)],
    ['lost', ACKED, ANSWERED, () => {}],
    ['doubled', ACKED, ANSWERED, () => [post('answer'), post('answer')]],
    ['doubled', ACKED, ANSWERED, () => [post('answer'), post('answer', false)]],
    ['doubled', ACKED, ANSWERED, () => [post('root'), post('root'), post('answer')]],
    ['refused', ACKED, undefined, () => whisper('No. Nothing was started.')],
    ['answered against its word', ACKED, ANSWERED, () => [whisper('Nothing was started.'), post('answer')]],
    [
      'answered once',
      ACKED,
      ANSWERED,
      () => [whisper('Nothing was started.'), whisper('It had been taken after all.'), post('answer')],
    ],
  ])('%s', (expected, asked, run, happens) => {
    happens();
    expect(countOne(asked, run, slack).ending).toBe(expected);
  });

  it('not taken: Slack said so itself', () => {
    const { ackedAt: _, ...asked } = ACKED;
    expect(countOne(asked, undefined, slack)).toMatchObject({ ending: 'not taken', accepted: false });
  });
});

describe('a plan', () => {
  const options = {
    requests: 60,
    overMs: 60_000,
    users: Array.from({ length: 60 }, (_, index) => `U${index}`),
    channels: ['C1', 'C2'],
    aliases: ['fgt-1', 'fgt-2'],
  };

  it('is the same for the same seed, and another one for another', () => {
    const plan = (seed: number) => {
      const random = createRandom(seed);
      return [planRequests(random, options), planTroubles(random, 60_000, 3000)];
    };
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('has every trouble', () => {
    const planned = planTroubles(createRandom(1), 120_000, 3000).map(({ trouble }) => trouble);
    expect(new Set(planned)).toEqual(new Set(TROUBLES));
  });
});

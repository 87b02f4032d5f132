import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import {
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  SUPPORT,
  type TestDelivery,
} from './delivery-fixture.ts';

const MINUTE_MS = 60_000;

let setup: TestDelivery;
beforeEach(async () => {
  setup = await openTestDelivery();
});
afterEach(() => setup.close());

/** As a delivery of the alert makes it: the id is a fingerprint of the alert, the time is that of the delivery. */
function alertRun(acceptedAt: number): Run {
  return {
    id: 'alert-1',
    asker: { id: 'alert:generic', name: 'An alert' },
    replyTo: { team: setup.slack.workspace.team, channel: SUPPORT },
    acceptedAt,
    alias: 'fgt-branch-07',
    kind: 'check',
  };
}

async function deliverTwice(between: () => void = () => {}): Promise<readonly string[]> {
  const first = await setup.runs.create(alertRun(Date.now()));
  await setup.delivery.postQueued(first, { phase: 'queued' });
  const before = setup.said().map(({ ts }) => ts);
  await setup.restart({ forget: true });
  between();
  const again = await setup.runs.create(alertRun(Date.now() + 5 * MINUTE_MS));
  await setup.delivery.postQueued(again, { phase: 'queued' });
  await setup.delivery.deliver(again, OUTCOME);
  return before;
}

describe('an alert that comes again after the store lost its run', () => {
  it('has one root message and one answer', async () => {
    const before = await deliverTwice();
    expect(setup.said().map(({ ts }) => ts)).toEqual(before);
    expect(setup.said()[1]?.text).toBe('The device does not answer.');
  });

  it('is answered at once where Slack limits the rate: twice is better than late', async () => {
    await deliverTwice(() => setup.slack.failNext('conversations.history', { status: 429, retryAfter: 50 }));
    expect(setup.said()).toHaveLength(4);
    expect(setup.pauses).toEqual([]);
  });

  it('is answered once where Slack does not answer the search at first', async () => {
    const before = await deliverTwice(() => setup.slack.failNext('conversations.history', { status: 503 }));
    expect(setup.said().map(({ ts }) => ts)).toEqual(before);
  });
});

it('nobody else costs a search before the first message', async () => {
  await setup.delivery.postQueued(await acceptRun(setup), { phase: 'queued' });
  expect(setup.slack.calls('conversations.history')).toEqual([]);
});

describe('a failover that loses the record and the lease of a run, between bot and worker', () => {
  it.each([
    ['a thread of its own', acceptRun],
    ['the thread of a log', acceptInThread],
  ] as const)('leaves one placeholder, which becomes the answer: %s', async (_, accept) => {
    const run = await accept(setup);
    await setup.delivery.postQueued(run, { phase: 'queued' });
    const before = setup.said().map(({ ts }) => ts);
    await setup.restart({ forget: true });
    // The worker's first attempt: its queue was replicated, the record was not.
    const again = await setup.runs.create({ ...run, acceptedAt: run.acceptedAt - 3000 });
    await setup.delivery.postPlaceholder(again, { firstTry: true });
    await setup.delivery.deliver(again, OUTCOME);
    expect(setup.said().map(({ ts }) => ts)).toEqual(before);
    expect(setup.said().at(-1)?.text).toBe('The device does not answer.');
  });

  it('leaves one placeholder where Slack fails at that moment, and drops an answer', async () => {
    const run = await acceptInThread(setup);
    await setup.delivery.postQueued(run, { phase: 'queued' });
    const before = setup.said().map(({ ts }) => ts);
    await setup.restart({ forget: true });
    setup.slack.failNext('conversations.replies', { status: 503 });
    setup.slack.failNext('chat.postMessage', { dropResponse: true });
    const again = await setup.runs.create({ ...run, acceptedAt: run.acceptedAt - 3000 });
    await setup.delivery.postPlaceholder(again, { firstTry: true });
    await setup.delivery.deliver(again, OUTCOME);
    expect(setup.said().map(({ ts }) => ts)).toEqual(before);
    expect(setup.said().at(-1)?.text).toBe('The device does not answer.');
  });
});

it('an answer that an earlier attempt has shown is not edited into another one', async () => {
  const run = await acceptRun(setup);
  await setup.delivery.postQueued(run, { phase: 'queued' });
  await setup.delivery.deliver(run, OUTCOME);
  const shown = setup.said().map(({ ts, text }) => ({ ts, text }));
  const [root, answer] = shown;
  // The store lost what was written last: the outcome, and that it was delivered.
  await setup.restart({ forget: true });
  const again = await setup.runs.create({ ...run, rootTs: root?.ts ?? '', answerTs: answer?.ts ?? '' });
  const other = { ...OUTCOME, message: 'The device is busy.' } as const;
  await setup.delivery.deliver(again, other, { mayBeShown: true });
  expect(setup.said().map(({ ts, text }) => ({ ts, text }))).toEqual(shown);
  expect((await setup.runs.get(run.id))?.answeredAt).toBeDefined();
});

it('progress of an earlier attempt becomes the answer', async () => {
  const run = await acceptRun(setup);
  await setup.delivery.postQueued(run, { phase: 'queued' });
  await setup.delivery.deliver(run, OUTCOME, { mayBeShown: true });
  expect(setup.said().at(-1)?.text).toBe('The device does not answer.');
});

it('where the store does not tell what came before, the answer waits for the next attempt', async () => {
  const run = { ...(await acceptRun(setup)), comparesTo: 'run-before' };
  await setup.delivery.postQueued(run, { phase: 'queued' });
  const get = setup.runs.get.bind(setup.runs);
  setup.runs.get = async (id) => {
    if (id === 'run-before') throw new FtmError('ftm_queue_unavailable', 'The queue is not available.');
    return await get(id);
  };
  const before = setup.said().map(({ text }) => text);
  await expect(setup.delivery.deliver(run, OUTCOME)).rejects.toThrow('The queue is not available.');
  expect(setup.said().map(({ text }) => text)).toEqual(before);
  setup.runs.get = get;
  await setup.delivery.deliver(run, OUTCOME);
  expect(setup.said().at(-1)?.text).toBe('The device does not answer.');
});

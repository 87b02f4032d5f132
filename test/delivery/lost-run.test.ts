import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src/runs/run.ts';
import { acceptRun, OUTCOME, openTestDelivery, SUPPORT, type TestDelivery } from './delivery-fixture.ts';

const MINUTE_MS = 60_000;

let office: TestDelivery;
beforeEach(async () => {
  office = await openTestDelivery();
});
afterEach(() => office.close());

/** As a delivery of the alert makes it: the id is a fingerprint of the alert, the time is that of the delivery. */
function alertRun(acceptedAt: number): Run {
  return {
    id: 'alert-1',
    asker: { id: 'alert:generic', name: 'An alert' },
    replyTo: { team: office.slack.workspace.team, channel: SUPPORT },
    acceptedAt,
    alias: 'fgt-branch-07',
    kind: 'check',
  };
}

async function deliverTwice(between: () => void = () => {}): Promise<readonly string[]> {
  const first = await office.runs.create(alertRun(Date.now()));
  await office.delivery.postQueued(first, { phase: 'queued' });
  const before = office.said().map(({ ts }) => ts);
  await office.restart({ forget: true });
  between();
  const again = await office.runs.create(alertRun(Date.now() + 5 * MINUTE_MS));
  await office.delivery.postQueued(again, { phase: 'queued' });
  await office.delivery.deliver(again, OUTCOME);
  return before;
}

describe('an alert that comes again after the store lost its run', () => {
  it('has one root message and one answer', async () => {
    const before = await deliverTwice();
    expect(office.said().map(({ ts }) => ts)).toEqual(before);
    expect(office.said()[1]?.text).toBe('The device does not answer.');
  });

  it.each([
    ['limits the rate', { status: 429, retryAfter: 50 }],
    ['does not answer', { status: 503 }],
  ])('is answered at once where Slack %s: twice is better than late', async (_, fault) => {
    await deliverTwice(() => office.slack.failNext('conversations.history', fault));
    expect(office.said()).toHaveLength(4);
    expect(office.pauses).toEqual([]);
  });
});

it('nobody else costs a search before the first message', async () => {
  await office.delivery.postQueued(await acceptRun(office), { phase: 'queued' });
  expect(office.slack.calls('conversations.history')).toEqual([]);
});

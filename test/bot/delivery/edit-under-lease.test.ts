import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/bot/delivery/create-delivery.ts';
import { createDelivery } from '../../../src/bot/delivery/create-delivery.ts';
import { type SlackPort, slackPort } from '../../../src/bot/delivery/slack-port.ts';
import { systemClock } from '../../../src/bot/delivery/types.ts';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { acceptRun, OUTCOME, openTestDelivery, renderShort, type TestDelivery } from './delivery-fixture.ts';

let setup: TestDelivery;
beforeEach(async () => {
  setup = await openTestDelivery(systemClock);
});
afterEach(() => setup.close());

/** Another process on the same store. */
function otherProcess(change: (port: SlackPort) => SlackPort = (port) => port): Delivery {
  const client = createDeliveryClient(setup.slack.botToken, {
    slackApiUrl: setup.slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  return createDelivery({
    slack: () => change(slackPort(client)),
    runs: setup.runs,
    render: renderShort,
    clock: systemClock,
    logger: silentLogger,
  });
}

const answer = () => setup.said().at(-1)?.text;
const edits = () => setup.slack.calls('chat.update').length;

describe('the message of a run that waits', () => {
  it('follows its place, and is left alone once there is an outcome', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postQueued(run, { phase: 'queued', ahead: 2 });
    const bot = otherProcess();
    expect(await bot.updateQueuePosition(run, { phase: 'queued', ahead: 1 })).toBe(0);
    expect(answer()).toBe('Waiting to check `fgt-branch-07`: 1 check ahead …');

    await setup.runs.update(run.id, { outcome: OUTCOME });
    await bot.updateQueuePosition(run, { phase: 'queued' });
    expect(edits()).toBe(1);
    await setup.delivery.deliver(run, OUTCOME);
    await bot.updateQueuePosition(run, { phase: 'queued' });
    expect(answer()).toBe('The device does not answer.');
    expect(edits()).toBe(2);
  });

  it('tells how long Slack wants no other edit, and survives that Slack is away', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postQueued(run, { phase: 'queued', ahead: 2 });
    setup.slack.failNext('chat.update', { status: 429, retryAfter: 7 });
    expect(await setup.delivery.updateQueuePosition(run, { phase: 'queued', ahead: 1 })).toBe(7000);
    setup.slack.failNext('chat.update', { status: 500 });
    expect(await setup.delivery.updateQueuePosition(run, { phase: 'queued', ahead: 1 })).toBe(0);
  });

  it.each([
    [
      'a place in the line',
      (bot: Delivery, run: Parameters<Delivery['progress']>[0]) =>
        bot.updateQueuePosition(run, { phase: 'queued' }),
    ],
    [
      'the progress of a check that another process repeats',
      (bot: Delivery, run: Parameters<Delivery['progress']>[0]) => bot.progress(run, { phase: 'analysing' }),
    ],
    [
      'the progress of another run',
      (bot: Delivery, run: Parameters<Delivery['progress']>[0]) =>
        bot.progress(run, { phase: 'analysing', shares: { asker: { id: 'U1' }, agoMs: 1 } }),
    ],
  ])('has its answer last, though an edit with %s was under way elsewhere', async (_, show) => {
    const run = await acceptRun(setup);
    await setup.delivery.postQueued(run, { phase: 'queued', ahead: 1 });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const bot = otherProcess((port) => ({
      ...port,
      async update(message) {
        begin();
        await released;
        return await port.update(message);
      },
    }));
    const shown = Promise.resolve(show(bot, run));
    await begun;
    // As its worker does it: the outcome first, then the answer.
    await setup.runs.update(run.id, { outcome: OUTCOME });
    const delivered = setup.delivery.deliver(run, OUTCOME);
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all([shown, delivered, bot.stopProgress(run.id)]);
    expect(edits()).toBe(2);
    expect(answer()).toBe('The device does not answer.');
    await Promise.resolve(show(bot, run));
    await bot.stopProgress(run.id);
    expect(edits()).toBe(2);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { acceptInThread, OUTCOME, openTestDelivery, SUPPORT, type TestDelivery } from './delivery-fixture.ts';

/** Time that passes only when told to. */
function handClock() {
  let now = 1_800_000_000_000;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    clock: {
      now: () => now,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          if (ms === 0 || signal?.aborted) {
            resolve();
            return;
          }
          const sleeper = {
            until: now + ms,
            wake() {
              sleepers.delete(sleeper);
              resolve();
            },
          };
          sleepers.add(sleeper);
          signal?.addEventListener('abort', () => sleeper.wake());
        }),
    },
    /** Resolves once so many wait for time to pass. */
    async asleep(count = 1): Promise<void> {
      while (sleepers.size < count) await new Promise((resolve) => setImmediate(resolve));
    },
    pass(ms: number) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
    },
  };
}

const hand = handClock();
let setup: TestDelivery;
afterEach(() => setup.close());

const edits = () => setup.slack.calls('chat.update').map(({ args }) => args.text);

describe('progress', () => {
  it('says when to log in, how much time is left and what was seen', async () => {
    setup = await openTestDelivery(hand.clock);
    const run = { ...(await acceptInThread(setup)), kind: 'check' as const, alias: 'fgt-hq', live: 60 };
    const live = { remainingMs: 42_300, lines: 128, logins: 1 };
    setup.delivery.progress(run, { phase: 'watching', step: 0, steps: 0, live });
    await setup.slack.until(() => edits().length === 1);
    expect(edits()[0]).toMatch(/^\*Now let the user log in\* on .*: 43 s left, 128 lines, 1 login so far\.$/);
    const blocks = JSON.stringify(setup.slack.calls('chat.update')[0]?.args.blocks);
    expect(blocks).toContain('NOW let the user log in: 43 s left');
    expect(blocks).toContain('Disable debug');
    setup.delivery.progress(run, { phase: 'closing', step: 0, steps: 0 });
    await hand.asleep();
    hand.pass(1000);
    await setup.slack.until(() => edits().length === 2);
    expect(edits()[1]).toMatch(/^Disabling debug on /);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('says which of several VDOMs is read', async () => {
    setup = await openTestDelivery(hand.clock);
    const run = { ...(await acceptInThread(setup)), kind: 'check' as const, alias: 'fgt-hq' };
    const vdom = { name: 'edge', index: 3, count: 12 };
    setup.delivery.progress(run, { phase: 'collecting', step: 17, steps: 40, vdom });
    await setup.slack.until(() => edits().length === 1);
    expect(edits()[0]).toBe('Reading `fgt-hq`, VDOM 3 of 12 …');
  });

  it('shows the first at once, then the latest of each second, and nothing after the answer', async () => {
    setup = await openTestDelivery(hand.clock);
    const run = await acceptInThread(setup);
    const show = (step: number) => setup.delivery.progress(run, { phase: 'collecting', step, steps: 9 });

    show(1);
    await setup.slack.until(() => edits().length === 1);
    show(2);
    show(3);
    show(4);
    await hand.asleep();
    hand.pass(999);
    expect(edits()).toHaveLength(1);
    hand.pass(1);
    await setup.slack.until(() => edits().length === 2);
    expect(edits()).toEqual(['Reading the device, step 1 of 9 …', 'Reading the device, step 4 of 9 …']);

    show(5);
    await setup.delivery.deliver(run, OUTCOME);
    show(6);
    hand.pass(10_000);
    await setup.delivery.deliver(run, OUTCOME);
    expect(edits()).toHaveLength(3);
    expect(setup.said().map(({ text }) => text)).toEqual(['The device does not answer.']);
  });

  it('waits when Slack asks to, and harms nothing when Slack is away', async () => {
    setup = await openTestDelivery(hand.clock);
    const run = await acceptInThread(setup);
    setup.slack.failNext('chat.update', { status: 429, retryAfter: 5 });
    setup.delivery.progress(run, { phase: 'connecting' });
    await setup.slack.until(() => edits().length === 1);
    setup.delivery.progress(run, { phase: 'analysing' });
    await hand.asleep();
    hand.pass(4999);
    expect(edits()).toHaveLength(1);
    hand.pass(1);
    await setup.slack.until(() => setup.said()[0]?.text === 'Analysing …');
    setup.slack.failNext('chat.update', { status: 500 });
    setup.delivery.progress(run, { phase: 'collecting' });
    await hand.asleep();
    hand.pass(1000);
    await setup.slack.until(() => edits().length === 3);
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()).toHaveLength(1);
    expect(setup.slack.messages(SUPPORT)).toHaveLength(2);
  });

  it('shares one edit a second among all runs of the process', async () => {
    setup = await openTestDelivery(hand.clock);
    const runs = await Promise.all([acceptInThread(setup), acceptInThread(setup), acceptInThread(setup)]);
    const show = (step: number) => {
      for (const run of runs) setup.delivery.progress(run, { phase: 'collecting', step, steps: 9 });
    };
    show(1);
    await setup.slack.until(() => edits().length === 3);
    show(2);
    await hand.asleep(3);
    hand.pass(2999);
    expect(edits()).toHaveLength(3);
    hand.pass(1);
    await setup.slack.until(() => edits().length === 6);
    await Promise.all(runs.map((run) => setup.delivery.deliver(run, OUTCOME)));
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { acceptRun, OUTCOME, openTestDelivery, type TestDelivery } from './delivery-fixture.ts';

let setup: TestDelivery;
beforeEach(async () => {
  setup = await openTestDelivery();
});
afterEach(() => setup.close());

it('nothing is searched for before the first message', async () => {
  await setup.delivery.postQueued(await acceptRun(setup), { phase: 'queued' });
  expect(setup.slack.calls('conversations.history')).toEqual([]);
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

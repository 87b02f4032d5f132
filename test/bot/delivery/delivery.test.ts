import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import type { RunOutcome } from '../../../src/platform/runs/run.ts';
import {
  ANA,
  acceptInThread,
  acceptRun,
  OUTCOME,
  openTestDelivery,
  SUPPORT,
  type TestDelivery,
} from './delivery-fixture.ts';

const OTHER_OUTCOME: RunOutcome = { kind: 'failed', code: 'ftm_internal', message: 'another' };

let setup: TestDelivery;
beforeEach(async () => {
  setup = await openTestDelivery();
});
afterEach(() => setup.close());

describe('the placeholder', () => {
  it('is in the thread of a root message for a slash command', async () => {
    const run = await acceptRun(setup);
    const opened = await setup.delivery.postPlaceholder(run, { firstTry: true });
    const [root, answer] = setup.said();
    expect(opened).toMatchObject({ state: 'ready', run: { rootTs: root?.ts, answerTs: answer?.ts } });
    expect(root?.text).toBe(`*<@${ANA}>* asked for \`fgt-branch-07\``);
    expect(root?.metadata).toEqual({
      event_type: 'ftm_check_run',
      event_payload: { run_id: run.id, role: 'root' },
    });
    expect(answer?.thread_ts).toBe(root?.ts);
    expect(answer?.metadata?.event_payload).toEqual({ run_id: run.id, role: 'answer' });
    expect(await setup.runs.get(run.id)).toMatchObject({ rootTs: root?.ts, answerTs: answer?.ts });
    expect(setup.slack.calls('conversations.history')).toEqual([]);
  });

  it('is in the thread of the question otherwise', async () => {
    const run = await acceptInThread(setup);
    await setup.delivery.postPlaceholder(run);
    expect(setup.said().map(({ thread_ts }) => thread_ts)).toEqual([run.replyTo.thread]);
  });

  const fine = {};
  const lost = { dropResponse: true };
  it.each([
    ['the first response is lost', [lost]],
    ['the second response is lost', [fine, lost]],
    ['both are lost', [lost, lost]],
    ['Slack was away before', [{ status: 503 }, fine, { error: 'internal_error' }]],
  ])('is posted once when %s', async (_, faults) => {
    const run = await acceptRun(setup);
    for (const fault of faults) setup.slack.failNext('chat.postMessage', fault);
    setup.slack.failNext('conversations.history', lost);
    await setup.delivery.postPlaceholder(run, { firstTry: true });
    expect(setup.said()).toHaveLength(2);
  });

  it('is found again after a crash that lost all knowledge of it', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postPlaceholder(run);
    const before = setup.said();
    await setup.restart({ forget: true });
    await setup.runs.create(run);
    const opened = await setup.delivery.postPlaceholder(run);
    expect(setup.said()).toEqual(before);
    expect(opened).toMatchObject({ state: 'ready', run: { answerTs: before[1]?.ts } });
  });

  it('is found again behind hundreds of other messages', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postPlaceholder(run);
    for (let index = 0; index < 450; index += 1) {
      setup.slack.workspace.add({ channel: SUPPORT, user: ANA, text: `talk ${index}` });
    }
    await setup.restart({ forget: true });
    await setup.runs.create(run);
    await setup.delivery.postPlaceholder(run);
    expect(setup.said()).toHaveLength(2);
  });

  it('is shared by those who ask for it at the same time', async () => {
    const run = await acceptRun(setup);
    await Promise.all([
      setup.delivery.postPlaceholder(run),
      setup.delivery.postPlaceholder(run),
      setup.delivery.postPlaceholder(run),
    ]);
    expect(setup.said()).toHaveLength(2);
  });

  it('is one for each run, however alike they are', async () => {
    const first = await acceptInThread(setup);
    const second = await acceptRun(setup, first.replyTo);
    await setup.delivery.postPlaceholder(first);
    await setup.delivery.postPlaceholder(second);
    expect(setup.said()).toHaveLength(2);
  });
});

describe('the answer', () => {
  it('takes the place of the placeholder', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postPlaceholder(run);
    await setup.delivery.deliver(run, OUTCOME);
    const [, answer] = setup.said();
    expect(answer).toMatchObject({ text: 'The device does not answer.', blocks: [{ type: 'section' }] });
    expect(answer?.metadata?.event_payload).toEqual({ run_id: run.id, role: 'answer', final: true });
    const stored = await setup.runs.get(run.id);
    expect(stored).toMatchObject({ outcome: OUTCOME });
    expect(stored?.answeredAt).toBeTypeOf('number');
    expect(setup.slack.violations()).toEqual([]);
  });

  it('opens its own place when nobody did', async () => {
    const run = await acceptInThread(setup);
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said().map(({ text }) => text)).toEqual(['The device does not answer.']);
  });

  it('is given once, however often it is delivered', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.deliver(run, OUTCOME);
    const before = { said: setup.said(), calls: setup.slack.calls().length };
    await setup.delivery.deliver(run, OTHER_OUTCOME);
    await setup.restart();
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()).toEqual(before.said);
    expect(setup.slack.calls()).toHaveLength(before.calls);
  });

  it('is stored as it is shown, whatever another process stored before', async () => {
    const run = await acceptRun(setup);
    await setup.runs.update(run.id, { outcome: OTHER_OUTCOME });
    await setup.delivery.deliver(run, OUTCOME);
    expect((await setup.runs.get(run.id))?.outcome).toEqual(OUTCOME);
  });

  it('is posted anew when somebody deleted the placeholder', async () => {
    const run = await acceptInThread(setup);
    await setup.delivery.postPlaceholder(run);
    setup.slack.workspace.remove(SUPPORT, setup.said()[0]?.ts ?? '');
    setup.slack.failNext('chat.postMessage', { dropResponse: true });
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()).toMatchObject([{ text: OUTCOME.kind === 'failed' && OUTCOME.message }]);
    expect((await setup.runs.get(run.id))?.answerTs).toBe(setup.said()[0]?.ts);
  });

  it('waits as long as Slack asks for', async () => {
    const run = await acceptRun(setup);
    setup.slack.failNext('chat.postMessage', { status: 429, retryAfter: 3 });
    setup.slack.failNext('chat.update', { status: 429, retryAfter: 7 });
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.pauses).toEqual([3000, 7000]);
    expect(setup.said()).toHaveLength(2);
  });

  it("is the queue's business when Slack stays away, and comes once it is back", async () => {
    const run = await acceptRun(setup);
    setup.slack.failNext('chat.update', { status: 503 }, 4);
    const failure: unknown = await setup.delivery.deliver(run, OUTCOME).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FtmError);
    expect(failure).toMatchObject({ code: 'ftm_slack_failed', retryable: true });
    expect(await setup.runs.get(run.id)).toMatchObject({ outcome: OUTCOME });
    expect((await setup.runs.get(run.id))?.answeredAt).toBeUndefined();
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said().at(-1)?.text).toBe('The device does not answer.');
  });

  it('is given plainly when it cannot be drawn', async () => {
    await setup.restart({
      render: () => {
        throw new Error('a bug');
      },
    });
    const run = await acceptInThread(setup);
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()[0]?.text).toBe('The device does not answer. Is it switched on?');
  });

  it.each(['invalid_blocks', 'msg_blocks_too_long'])('is text when Slack says %s', async (error) => {
    const run = await acceptInThread(setup);
    await setup.delivery.postPlaceholder(run);
    setup.slack.failNext('chat.update', { error });
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said()).toMatchObject([{ text: 'The device does not answer.', blocks: [] }]);
  });
});

describe('if Slack does not let the bot post', () => {
  it.each([
    ['it was not invited', 'C0OUTSIDE', /not a member of <#C0OUTSIDE>.*\/invite @ftm-check/s],
    ['the channel is archived', 'C0ARCHIVE', /<#C0ARCHIVE> is archived.*another channel/s],
    ['the channel is private', 'G0SECRET', /I cannot see <#G0SECRET>.*\/invite/s],
  ])('the asker gets the reason and the answer alone: %s', async (_, channel, expected) => {
    const run = await acceptRun(setup, { channel });
    expect(await setup.delivery.postPlaceholder(run)).toMatchObject({ state: 'refused' });
    await setup.delivery.deliver(run, OUTCOME);
    await setup.delivery.deliver(run, OUTCOME);
    const direct = setup.said(setup.slack.workspace.directMessage(ANA).id);
    expect(direct).toHaveLength(1);
    expect(direct[0]?.text).toMatch(expected);
    expect(direct[0]?.text).toContain('The device does not answer.');
    expect(setup.said(channel)).toEqual([]);
  });

  it('the asker gets it once, also where a try that was given up is still at it', async () => {
    const run = await acceptRun(setup, { channel: 'C0OUTSIDE' });
    setup.slack.failNext('conversations.open', { status: 429, retryAfter: 20 });
    setup.slack.failNext('chat.postMessage', { status: 429, retryAfter: 20 }, 2);
    await Promise.all([setup.delivery.deliver(run, OUTCOME), setup.delivery.deliver(run, OUTCOME)]);
    expect(setup.said(setup.slack.workspace.directMessage(ANA).id)).toHaveLength(1);
  });

  it('says so too when it was removed in between', async () => {
    const run = await acceptRun(setup);
    await setup.delivery.postPlaceholder(run);
    const channel = setup.slack.workspace.channel(SUPPORT);
    if (channel) setup.slack.workspace.setChannel({ ...channel, member: false });
    await setup.delivery.deliver(run, OUTCOME);
    expect(setup.said(setup.slack.workspace.directMessage(ANA).id)[0]?.text).toContain('not a member');
  });

  it.each([['chat:write'], [undefined]])(
    'keeps the answer for later when the token lacks %s',
    async (scope) => {
      const run = await acceptRun(setup);
      setup.slack.revoke(scope);
      await expect(setup.delivery.deliver(run, OUTCOME)).rejects.toMatchObject({
        code: 'ftm_slack_failed',
        advice: expect.stringContaining('manifest'),
      });
      expect((await setup.runs.get(run.id))?.outcome).toEqual(OUTCOME);
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { openBackend } from '../../src/platform/queue/open-backend.ts';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

const SLOW = { commandDelayMs: 60 };

describe.each(sampleOf(['http', 'socket'] as const, 2, 0))('while a check runs, %s', (mode) => {
  let count = 0;

  async function open(): Promise<TestSystem> {
    count += 1;
    return await startTestSystem({ mode, redis: place(), behaviour: SLOW });
  }

  function place(): { readonly url: string; readonly prefix: string } {
    return { url: redis?.url ?? '', prefix: `${redis?.prefix}-progress-${mode}-${count}` };
  }

  /** What the bot says below a root, newest edit. */
  const replies = (system: TestSystem, root: string): readonly SlackMessage[] =>
    system.slack.thread(SUPPORT, root).filter(({ ts, bot_id: bot }) => ts !== root && bot !== undefined);

  const textsOf = (system: TestSystem, ts: string): readonly string[] => [
    ...system.slack
      .calls('chat.postMessage')
      .filter(({ args }) => args.thread_ts !== undefined)
      .map(({ args }) => String(args.text)),
    ...system.slack
      .calls('chat.update')
      .filter(({ args }) => args.ts === ts)
      .map(({ args }) => String(args.text)),
  ];

  async function ask(system: TestSystem, user: string, text = 'fgt-branch-07'): Promise<string> {
    const { message } = await system.slack.message({ user, channel: SUPPORT, text: 'Please look' });
    await system.slack.mention({ user, channel: SUPPORT, thread: message.ts, text });
    return message.ts;
  }

  it('shows each phase in one message with a way to cancel, then the answer there', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const root = await ask(system, ANA);
    const [run] = await system.answered({ thread: root });
    expect(replies(system, root).map(({ ts }) => ts)).toContain(run?.answerTs);
    expect(replies(system, root).filter(({ files }) => files === undefined)).toHaveLength(1);
    const texts = textsOf(system, run?.answerTs ?? '').join('\n');
    expect(texts).toMatch(/Waiting to check `fgt-branch-07`/);
    expect(texts).toMatch(/Reading `fgt-branch-07`, step \d+ of \d+/);
    const [placeholder] = system.slack
      .calls('chat.postMessage')
      .filter(({ args }) => args.thread_ts === root);
    expect(JSON.stringify(placeholder?.args.blocks)).toMatch(/"type":"plan".*task_card.*ftm_cancel/);
    expect(system.slack.violations()).toEqual([]);
  });

  it('goes on in plain words where Slack takes no task cards', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    system.slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    const root = await ask(system, ANA);
    await system.answered({ thread: root });
    const sent = [...system.slack.calls('chat.postMessage'), ...system.slack.calls('chat.update')];
    const withCards = sent.filter(({ args }) => JSON.stringify(args.blocks ?? []).includes('task_card'));
    expect(withCards).toHaveLength(1);
    expect(replies(system, root).filter(({ files }) => files === undefined)).toHaveLength(1);
  });

  it('is cancelled by a colleague, from another process', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const root = await ask(system, ANA);
    const message = await system.slack.until(() => replies(system, root)[0]);
    const [run] = await system.backend.runs.byThread(SUPPORT, root, 1);
    // The other process: it only knows the queue.
    const other = await openBackend({
      redis: { url: place().url },
      prefix: place().prefix,
      log: silentLogger,
    });
    expect(await other.queue.cancel(run?.id ?? '', 'Cancelled by Ben Okafor.')).toBe(true);
    await other.close(0);
    const [answered] = await system.answered({ thread: root });
    expect(answered?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_cancelled' });
    expect(system.slack.workspace.find(SUPPORT, message.ts)?.text).toContain('Cancelled by Ben Okafor');
    expect(system.simulator.openConnections()).toBe(0);

    const press = { type: 'button', action_id: 'ftm_cancel', block_id: 'b', value: run?.id };
    await system.slack.action({ user: BEN, channel: SUPPORT, ts: message.ts, action: press });
    expect(await system.whisper(SUPPORT, BEN)).toMatch(/Cancelled by Ben Okafor at .* already/);
  });

  it('is cancelled by the button, and by the command', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const root = await ask(system, ANA);
    const message = await system.slack.until(() => replies(system, root)[0]);
    const [run] = await system.backend.runs.byThread(SUPPORT, root, 1);
    const press = { type: 'button', action_id: 'ftm_cancel', block_id: 'b', value: run?.id };
    await system.slack.action({ user: BEN, channel: SUPPORT, ts: message.ts, action: press });
    const [first] = await system.answered({ thread: root });
    expect(first?.outcome).toMatchObject({ code: 'ftm_cancelled', message: 'Cancelled by Ben Okafor.' });

    const second = await ask(system, ANA);
    await system.slack.until(() => replies(system, second)[0]);
    await system.check('cancel', ANA);
    const [stopped] = await system.answered({ thread: second });
    expect(stopped?.outcome).toMatchObject({ code: 'ftm_cancelled' });
  });

  it('lets a second request join, says so, and gives both the same answer in their own threads', async ({
    skip,
  }) => {
    skip(!redis);
    await using system = await open();
    const first = await ask(system, ANA);
    await system.slack.until(() => replies(system, first)[0]?.text.includes('step'));
    const second = await ask(system, BEN);
    const joined = await system.slack.until(() => replies(system, second)[0]);
    expect(joined.text).toMatch(/asked the same question \d+ s ago.*You get the same answer here/);
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 2);
    expect(runs.map(({ replyTo }) => replyTo.thread)).toEqual([second, first]);
    expect(runs[0]?.joined).toBe(runs[1]?.id);
    const answers = [first, second].map((root) =>
      replies(system, root).filter(({ files }) => files === undefined),
    );
    expect(answers.map((each) => each.length)).toEqual([1, 1]);
    expect(answers[0]?.[0]?.text.split('\n')[0]).toBe(answers[1]?.[0]?.text.split('\n')[0]);
    expect(answers[1]?.[0]?.text).not.toContain('asked the same');
    const logins = system.simulator.commands.filter((line) => line === 'get system status');
    expect(logins).toHaveLength(1);
    const steps = textsOf(system, joined.ts).filter((text) =>
      /asked the same question .* ago, step \d+ of/.test(text),
    );
    expect(steps.length).toBeGreaterThan(0);
  });

  it('says how many come first, and lets the next go on when the first is cancelled', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const first = await ask(system, ANA);
    await system.slack.until(() => replies(system, first)[0]);
    const second = await ask(system, BEN, 'fgt-branch-07 --user marlow');
    const waiting = await system.slack.until(() => replies(system, second)[0]);
    expect(waiting.text).toMatch(/Waiting to check `fgt-branch-07`: 1 check ahead/);
    const third = await ask(system, BEN);
    await system.slack.until(() => replies(system, third)[0]?.text.includes('asked the same question'));
    const [run] = await system.backend.runs.byThread(SUPPORT, first, 1);
    await system.backend.queue.cancel(run?.id ?? '', 'Cancelled by Ana Ruiz.');
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 3);
    expect(runs.map(({ outcome }) => outcome?.kind)).toEqual(['diagnosed', 'diagnosed', 'failed']);
  });

  it('keeps its buttons over a restart', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const root = await ask(system, ANA);
    const [run] = await system.answered({ thread: root });
    await system.restart();
    const press = { type: 'button', action_id: 'ftm_recheck', block_id: 'b', value: run?.id };
    await system.slack.action({ user: BEN, channel: SUPPORT, ts: run?.answerTs ?? '', action: press });
    const runs = await system.answered({ thread: root }, 2);
    expect(runs[0]).toMatchObject({ comparesTo: run?.id, outcome: { kind: 'diagnosed' } });
  });

  it('answers a paste in two messages once, where the second one stands', async ({ skip }) => {
    skip(!redis);
    await using system = await open();
    const lines = TWO_USERS_LOG.split('\n');
    const half = Math.floor(lines.length / 2);
    const { message: root } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'Look:' });
    const paste = (part: readonly string[]) =>
      system.slack.message({ user: BEN, channel: SUPPORT, thread: root.ts, text: part.join('\n') });
    await paste(lines.slice(0, half));
    await system.answered({ thread: root.ts });
    await paste(lines.slice(half));
    const runs = await system.answered({ thread: root.ts }, 2);
    const [whole, part] = runs;
    expect(whole?.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'broken' } });
    const diagnosis = whole?.outcome?.kind === 'diagnosed' ? whole.outcome.diagnosis : undefined;
    expect(diagnosis?.attempts.map(({ user }) => user).toSorted()).toEqual(['marlow', 'wren']);
    const folded = await system.slack.until(() => {
      const message = system.slack.workspace.find(SUPPORT, part?.answerTs ?? '');
      return message?.text.includes('Replaced: this was about the earlier text') && message;
    });
    expect(folded.blocks ?? []).toEqual([]);
    expect(system.slack.violations()).toEqual([]);
  });
});

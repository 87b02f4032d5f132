import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

const EVERY_BUTTON = [
  'ftm_recheck',
  'ftm_pasted',
  'ftm_watch',
  'ftm_evidence',
  'ftm_report',
  'ftm_more',
  'ftm_not_helpful',
  'ftm_escalate',
  'ftm_cancel',
];

interface Where {
  readonly user?: string;
  readonly of?: Run;
  readonly value?: string;
  readonly channel?: string;
  readonly ts?: string;
}

/** Everybody here may ask for everything, as in `SUPPORT`. */
const OTHER = 'C0OTHER';

describe.each(sampleOf(['http', 'socket'] as const, 2, 1))('buttons of an answer, %s', (mode) => {
  let system: TestSystem;
  let run: Run;

  beforeAll(async () => {
    if (!redis) return;
    system = await startTestSystem({
      mode,
      redis: { url: redis.url, prefix: `${redis.prefix}-buttons-${mode}` },
      channels: [{ id: OTHER, name: 'other' }],
      access: `
  - { channels: [${SUPPORT}, ${OTHER}], devices: ["*"] }
  - { channels: [${LOCKED}], users: [${BEN}], devices: [fgt-hq] }
`,
    });
    await system.check('fgt-branch-07');
    [run] = (await system.answered({ alias: 'fgt-branch-07' })) as [Run];
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  function press(
    action: string,
    { user = ANA, of = run, value = of.id, channel = SUPPORT, ts = of.answerTs ?? '' }: Where = {},
  ) {
    return system.slack.action({
      user,
      channel,
      ts,
      action:
        action === 'ftm_more'
          ? {
              type: 'overflow',
              action_id: action,
              block_id: 'b',
              selected_option: {
                value: `draft:${value}`,
                text: { type: 'plain_text', text: 'Customer draft' },
              },
            }
          : { type: 'button', action_id: action, block_id: 'b', value },
    });
  }

  async function toldAfter(user: string, act: () => Promise<unknown>): Promise<SlackMessage> {
    const before = system.slack.ephemeral(SUPPORT, user).length;
    await act();
    return await system.slack.until(() => system.slack.ephemeral(SUPPORT, user)[before]);
  }

  const thread = () => system.slack.thread(SUPPORT, run.rootTs ?? '');
  const filesInThread = () => thread().flatMap(({ files = [] }) => files);

  it('stand under the answer, and none pretends to page somebody', ({ skip }) => {
    skip(!redis);
    const answer = system.slack.workspace.find(SUPPORT, run.answerTs ?? '');
    const labels = JSON.stringify(
      (answer?.blocks as readonly KnownBlock[] | undefined)?.find(({ type }) => type === 'actions'),
    );
    for (const label of ['Re-check', 'Report', 'Show all evidence', 'Customer draft', 'Not helpful']) {
      expect(labels).toContain(label);
    }
    expect(labels).not.toContain('Escalate');
  });

  it('Show all evidence opens what the diagnosis rests on', async ({ skip }) => {
    skip(!redis);
    const before = system.slack.views().length;
    await press('ftm_evidence');
    const opened = await system.slack.until(() => system.slack.views()[before]);
    expect(opened.user).toBe(ANA);
    expect(JSON.stringify(opened.view)).toContain('trusthost');
  });

  it.for([
    ['Slack was too slow to open it', { error: 'expired_trigger_id' }],
    // Waiting for so long would be of no use: the trigger is gone after three seconds.
    ['Slack limits how often views are opened', { status: 429, retryAfter: 30 }],
  ] as const)('says so when %s', async ([, fault], { skip }) => {
    skip(!redis);
    system.slack.failNext('views.open', fault);
    const told = await toldAfter(ANA, () => press('ftm_evidence'));
    expect(told.text).toMatch(/try again/);
    expect(told.thread_ts).toBe(run.rootTs);
  });

  it('Download report brings one file, however often it is pressed, and again when it was deleted', async ({
    skip,
  }) => {
    skip(!redis);
    // A long answer has brought it already.
    const first = await toldAfter(ANA, () => press('ftm_report'));
    expect(first.text).toMatch(/report is in this thread/);
    await toldAfter(ANA, () => press('ftm_report'));
    const again = await toldAfter(BEN, () => press('ftm_report', { user: BEN }));
    expect(again.text).toMatch(/already/);
    expect(filesInThread()).toHaveLength(1);
    const [file] = filesInThread();
    expect(system.slack.fileContent(file?.id ?? '')).toContain('trusthost');

    system.slack.deleteFile(file?.id ?? '');
    await toldAfter(ANA, () => press('ftm_report'));
    expect(filesInThread()).toHaveLength(1);
  });

  it('Customer draft is for who asked alone, and names nobody', async ({ skip }) => {
    skip(!redis);
    const told = await toldAfter(BEN, () => press('ftm_more', { user: BEN }));
    expect(told.text).toMatch(/refuses the answers of phones/);
    expect(JSON.stringify(told)).not.toMatch(/fgt-branch-07|trusthost|198\.51/);
    expect(told.blocks).toBeDefined();
  });

  it('Not helpful asks why, counts it once per person, and keeps no secret', async ({ skip }) => {
    skip(!redis);
    const say = async (reason: string, comment: string) => {
      const before = system.slack.views().length;
      await press('ftm_not_helpful');
      const form = await system.slack.until(() => system.slack.views()[before]);
      const values = {
        reason: { reason: { selected_option: { value: reason } } },
        comment: { comment: { value: comment } },
      };
      return await toldAfter(ANA, () => system.slack.submit({ user: ANA, viewId: form.id, values }));
    };
    expect((await say('wrong', 'it was set password Hunter2Hunter2')).text).toMatch(/Thank you/);
    await say('incomplete', '');
    expect(await system.feedback(run.id)).toMatchObject([{ user: ANA, reason: 'incomplete' }]);
    expect(JSON.stringify(system.log)).not.toContain('Hunter2Hunter2');
    expect(system.log.filter((line) => line.includes('ftm_not_helpful'))).toHaveLength(2);
  });

  it('Re-check runs once for two presses, and says that nothing changed', async ({ skip }) => {
    skip(!redis);
    const presses = await Promise.all([press('ftm_recheck'), press('ftm_recheck'), press('ftm_recheck')]);
    expect(presses.map(({ status }) => status)).toEqual([200, 200, 200]);
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 2);
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({ comparesTo: run.id, replyTo: { thread: run.rootTs } });
    const answer = system.slack.workspace.find(SUPPORT, runs[0]?.answerTs ?? '');
    expect(answer?.text).toMatch(/^Unchanged since <!date\^\d+\^\{time\}\|[^>]+ UTC>, see above\.$/);
    const above = system.slack.workspace.find(SUPPORT, run.answerTs ?? '');
    expect(above?.text).not.toContain('Checked again');
  });

  it('Re-check after the fix says what is fixed', async ({ skip }) => {
    skip(!redis);
    const [before] = await system.backend.runs.byDevice('fgt-branch-07', 1);
    const outcome = before?.outcome;
    if (outcome?.kind !== 'diagnosed' || !before) throw new Error('no diagnosis');
    const found = outcome.diagnosis.findings.find(({ rule }) => rule === 'admin-trusthost-blocks-callback');
    const shell = system.simulator.console();
    for (const line of found?.fix.apply ?? []) {
      shell.execute(line.replace(/<[^>]*>/, 'a-Long-and-random-passw0rd'));
    }
    await press('ftm_recheck', { of: before, user: BEN });
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 3);
    const answer = system.slack.workspace.find(SUPPORT, runs[0]?.answerTs ?? '');
    expect(answer?.text).toMatch(/Compared with \d+ s earlier: 1 fixed/);
    expect(runs[0]?.asker).toMatchObject({ id: BEN });
  });

  it.for(EVERY_BUTTON)('%s is refused to who may not, kindly and in private', async (action, { skip }) => {
    skip(!redis);
    const locked = await system.backend.runs.create({
      ...run,
      id: `locked-${mode}-${action}`,
      alias: 'fgt-hq',
      replyTo: { ...run.replyTo, channel: LOCKED },
    });
    const { ts } = system.slack.workspace.add({
      channel: LOCKED,
      user: system.slack.workspace.bot.userId,
      bot_id: system.slack.workspace.bot.id,
      text: 'an answer',
    });
    const before = system.slack.ephemeral(LOCKED, ANA).length;
    const value =
      action === 'ftm_more' ? { selected_option: { value: `draft:${locked.id}` } } : { value: locked.id };
    const views = system.slack.views().length;
    await system.slack.action({
      user: ANA,
      channel: LOCKED,
      ts,
      action: {
        type: action === 'ftm_more' ? 'overflow' : 'button',
        action_id: action,
        block_id: 'b',
        ...value,
      },
    });
    const told = await system.slack.until(() => system.slack.ephemeral(LOCKED, ANA)[before]);
    expect(told.text).toMatch(/Sorry/);
    expect(system.slack.views()).toHaveLength(views);
    expect(system.log.join('')).toContain('"audit":"refused"');
  });

  it.for(EVERY_BUTTON)('%s on a message whose run is no longer kept says so', async (action, { skip }) => {
    skip(!redis);
    const told = await toldAfter(ANA, () => press(action, { value: 'run-of-last-year' }));
    expect(told.text).toMatch(/is not stored any more/);
  });

  it.for(EVERY_BUTTON)(
    '%s in another channel than the answer stands in does nothing',
    async (action, { skip }) => {
      skip(!redis);
      const { ts } = system.slack.workspace.add({
        channel: OTHER,
        user: system.slack.workspace.bot.userId,
        bot_id: system.slack.workspace.bot.id,
        text: 'the answer, copied',
      });
      const before = { views: system.slack.views().length, runs: await system.backend.runs.byAsker(ANA, 50) };
      const told = system.slack.ephemeral(OTHER, ANA).length;
      await press(action, { channel: OTHER, ts });
      const words = await system.slack.until(() => system.slack.ephemeral(OTHER, ANA)[told]);
      expect(words.text).toMatch(/belongs to another channel/);
      expect(words.text).not.toMatch(/fgt-|<#|support/);
      expect(system.slack.views()).toHaveLength(before.views);
      expect(await system.backend.runs.byAsker(ANA, 50)).toEqual(before.runs);
    },
  );

  it.for(EVERY_BUTTON)(
    '%s of a device that was taken out of the inventory says so',
    async (action, { skip }) => {
      skip(!redis);
      const removed = await system.backend.runs.create({
        ...run,
        id: `removed-${mode}-${action}`,
        alias: 'fgt-long-gone',
      });
      const told = await toldAfter(ANA, () => press(action, { of: removed, ts: run.answerTs ?? '' }));
      expect(told.text).toMatch(/no device named `[^`]+` that you may check here/);
    },
  );

  it('Cancel says that it is over where only Slack is still in the way of the answer', async ({ skip }) => {
    skip(!redis);
    const found = await system.backend.runs.create({
      id: `found-out-${mode}`,
      asker: run.asker,
      replyTo: run.replyTo,
      acceptedAt: Date.now(),
      kind: 'check',
      alias: 'fgt-branch-07',
    });
    if (run.outcome) await system.backend.runs.update(found.id, { outcome: run.outcome });
    const told = await toldAfter(ANA, () => press('ftm_cancel', { of: found, ts: run.answerTs ?? '' }));
    expect(told.text).toBe('This check has already ended.');
    await system.backend.runs.update(found.id, { answeredAt: Date.now() });
  });

  it('has kept every limit of Slack', ({ skip }) => {
    skip(!redis);
    expect(system.slack.violations()).toEqual([]);
  });
});

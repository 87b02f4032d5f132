import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

/** What a press by Ana must come to, however often she pressed. */
interface Button {
  readonly action: string;
  /** Pressed while the run is under way. */
  readonly early?: true;
  /** What happens in between. */
  readonly before?: (place: Pick<Seen, 'system' | 'run'>) => Promise<void>;
  readonly comesTo: (seen: Seen) => Promise<void>;
}

interface Seen {
  readonly system: TestSystem;
  readonly run: Run;
  readonly presses: number;
  /** Views that were opened, and words to Ana alone, since the first press. */
  readonly views: () => readonly { readonly id: string; readonly view: unknown }[];
  readonly told: () => readonly SlackMessage[];
}

const thread = ({ system, run }: Pick<Seen, 'system' | 'run'>): readonly SlackMessage[] =>
  system.slack.thread(SUPPORT, run.replyTo.thread ?? run.rootTs ?? '');

async function submitAll({ system, views, presses }: Seen, values: object): Promise<void> {
  await system.slack.until(() => views().length === presses);
  const sent = views().map(({ id }) => system.slack.submit({ user: ANA, viewId: id, values }));
  for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
}

const BUTTONS: Readonly<Record<string, Button>> = {
  'Re-check': {
    action: 'ftm_recheck',
    async comesTo(seen) {
      const again = async () =>
        (await seen.system.backend.runs.byAsker(ANA, 50)).filter((each) => each.comparesTo === seen.run.id);
      await until(
        async () => (await again()).some((each) => each.answeredAt !== undefined),
        'it is answered',
      );
      expect(await again()).toHaveLength(1);
      if (seen.presses > 1) await seen.system.slack.until(() => seen.told().length === seen.presses - 1);
      for (const { text } of seen.told()) expect(text).toMatch(/already running/);
    },
  },
  Escalate: {
    action: 'ftm_escalate',
    async comesTo(seen) {
      await submitAll(seen, { impact: { text: { type: 'plain_text_input', value: 'all of them' } } });
      await seen.system.slack.until(() => seen.told().length === seen.presses);
      for (const { text } of seen.told()) expect(text).toMatch(/The page is being sent|added to that page/);
      // One page for one device and cause, whichever answer it was asked for under.
      const pages = () =>
        seen.system.slack
          .messages(SUPPORT)
          .filter(({ text }) => text.includes('Paged, not acknowledged yet'));
      await seen.system.slack.until(() => pages().length > 0);
      expect(pages()).toHaveLength(1);
    },
  },
  'Show all evidence': {
    action: 'ftm_evidence',
    async comesTo({ system, views, presses }) {
      await system.slack.until(() => views().length === presses);
      for (const { view } of views()) expect(JSON.stringify(view)).toContain('trusthost');
    },
  },
  'Download report': {
    action: 'ftm_report',
    async comesTo(seen) {
      await seen.system.slack.until(() => seen.told().length === seen.presses);
      expect(thread(seen).flatMap(({ files = [] }) => files)).toHaveLength(1);
    },
  },
  'Download report, after it was deleted': {
    action: 'ftm_report',
    async before({ system, run }) {
      for (const { id } of thread({ system, run }).flatMap(({ files = [] }) => files))
        system.slack.deleteFile(id);
    },
    async comesTo(seen) {
      await seen.system.slack.until(() => seen.told().length === seen.presses);
      expect(thread(seen).flatMap(({ files = [] }) => files)).toHaveLength(1);
      const words = seen.told().map(({ text }) => text);
      expect(words.filter((text) => text.includes('thread now'))).toHaveLength(1);
      expect(words.filter((text) => text.includes('thread already'))).toHaveLength(seen.presses - 1);
    },
  },
  'Not helpful': {
    action: 'ftm_not_helpful',
    async comesTo(seen) {
      const values = {
        reason: { reason: { selected_option: { value: 'unclear' } } },
        comment: { comment: { value: 'what now?' } },
      };
      await submitAll(seen, values);
      await seen.system.slack.until(() => seen.told().length === seen.presses);
      expect(await seen.system.feedback(seen.run.id)).toEqual([
        { user: ANA, reason: 'unclear', comment: 'what now?', at: expect.any(Number) },
      ]);
    },
  },
  'Customer draft': {
    action: 'ftm_more',
    async comesTo({ system, told, presses }) {
      await system.slack.until(() => told().length === presses);
      for (const { text } of told()) expect(text).toMatch(/refuses the answers of phones/);
    },
  },
  Cancel: {
    action: 'ftm_cancel',
    early: true,
    async comesTo(seen) {
      const { system, run, told, presses } = seen;
      const now = () => system.backend.runs.get(run.id);
      await until(async () => (await now())?.answeredAt !== undefined, 'it is answered');
      expect((await now())?.outcome).toMatchObject({
        code: 'ftm_cancelled',
        message: 'Cancelled by Ana Ruiz.',
      });
      await system.slack.until(() => told().length === presses);
      for (const { text } of told()) expect(text).toMatch(/Cancelling the check|already ended/);
      expect(thread(seen).filter(({ text }) => text.includes('Cancelled by Ana Ruiz'))).toHaveLength(1);
      expect(system.simulator.openConnections()).toBe(0);
    },
  },
};

describe.each(sampleOf(['http', 'socket'] as const, 2, 0))('every button, %s', (mode) => {
  const names = Object.keys(BUTTONS);
  // A sample presses some of them twice, and others after the restart, all by one way.
  const at = mode === 'http' ? 0 : 1;
  let system: TestSystem;
  beforeAll(async () => {
    if (!redis) return;
    system = await startTestSystem({
      mode,
      redis: { url: redis.url, prefix: `${redis.prefix}-twice-${mode}` },
      behaviour: pace,
      userGroups: { S0ONCALL: [BEN] },
      escalation: `
  routes:
    team: { kind: slack, levels: [{ userGroup: S0ONCALL }] }
`,
    });
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  /** How fast the device is. */
  const pace = { commandDelayMs: 0 };

  /** A check in a thread of its own, with its message, once it has begun, or been answered. */
  async function runFor({ early }: Button): Promise<Run> {
    // Longer than a process that is told to stop waits for it.
    pace.commandDelayMs = early ? 500 : 0;
    const { message } = await system.slack.message({ user: BEN, channel: SUPPORT, text: 'Please look' });
    const text = `fgt-branch-07 --user ${message.ts.replace('.', '-')}`;
    await system.slack.mention({ user: BEN, channel: SUPPORT, thread: message.ts, text });
    let run: Run | undefined;
    await until(async () => {
      [run] = await system.backend.runs.byThread(SUPPORT, message.ts, 1);
      return early ? run?.answerTs !== undefined : run?.answeredAt !== undefined;
    }, 'there is something to press on');
    return run as Run;
  }

  /** As an impatient person does it: the next press before the first is acknowledged. */
  async function press({ action, before }: Button, run: Run, presses: number): Promise<Seen> {
    await before?.({ system, run });
    const [views, told] = [system.slack.views().length, system.slack.ephemeral(SUPPORT, ANA).length];
    const element =
      action === 'ftm_more'
        ? { type: 'overflow', selected_option: { value: `draft:${run.id}` } }
        : { type: 'button', value: run.id };
    const all = Array.from({ length: presses }, () =>
      system.slack.action({
        user: ANA,
        channel: SUPPORT,
        ts: run.answerTs ?? '',
        action: { ...element, action_id: action, block_id: 'b' },
      }),
    );
    for (const { status } of await Promise.all(all)) expect(status).toBe(200);
    return {
      system,
      run,
      presses,
      views: () => system.slack.views().slice(views),
      told: () => system.slack.ephemeral(SUPPORT, ANA).slice(told),
    };
  }

  it.for(sampleOf(names, 6, at))('%s, pressed twice at once, does it once', async (name, { skip }) => {
    skip(!redis);
    const button = BUTTONS[name] as Button;
    const run = await runFor(button);
    await button.comesTo(await press(button, run, 2));
  });

  it.for(sampleOf(names, 6, at + 3))(
    '%s does the same after bot and worker were restarted',
    async (name, { skip }) => {
      skip(!redis);
      const button = BUTTONS[name] as Button;
      const run = await runFor(button);
      await system.restart();
      await button.comesTo(await press(button, run, 1));
    },
  );

  it('has kept every limit of Slack', ({ skip }) => {
    skip(!redis);
    expect(system.slack.violations()).toEqual([]);
  });
});

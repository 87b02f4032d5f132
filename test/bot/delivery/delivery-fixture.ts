import { createDelivery, type Delivery } from '../../../src/bot/delivery/create-delivery.ts';
import { slackPort } from '../../../src/bot/delivery/slack-port.ts';
import type { Clock, DeliveryOptions, RenderAnswer } from '../../../src/bot/delivery/types.ts';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import type { Run, RunOutcome } from '../../../src/platform/runs/run.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import type { SlackMessage } from '../../../src/stand-ins/slack/types.ts';

export const SUPPORT = 'C0SUPPORT';
export const ANA = 'U0ANA';

export const OUTCOME: RunOutcome = {
  kind: 'failed',
  code: 'ftm_device_unreachable',
  message: 'The device does not answer.',
  advice: 'Is it switched on?',
};

export const renderShort: RenderAnswer = (outcome) => {
  const text = outcome.kind === 'failed' ? outcome.message : outcome.diagnosis.headline;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${text}*` } }] };
};

interface Restart extends Pick<DeliveryOptions, 'drawPicture'> {
  readonly forget?: boolean;
  readonly render?: RenderAnswer;
}

export interface TestDelivery {
  readonly slack: LocalSlack;
  readonly runs: RunStore;
  readonly delivery: Delivery;
  /** How long delivery wanted to wait, in order. */
  readonly pauses: readonly number[];
  /** The process dies and comes back: what it knew is gone; with `forget` the store is too. */
  restart(options?: Restart): Promise<void>;
  /** What the bot said in the channel and its threads, oldest first. */
  said(channel?: string): readonly SlackMessage[];
  close(): Promise<void>;
}

/** Delivery on the real Web API client against a local Slack; only time is ours. */
export async function openTestDelivery(clock: Partial<Clock> = {}): Promise<TestDelivery> {
  const slack = await startLocalSlack();
  const pauses: number[] = [];
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  const hurried: Clock = {
    now: Date.now,
    async sleep(ms) {
      pauses.push(ms);
    },
    ...clock,
  };
  const build = (options: Pick<DeliveryOptions, 'render' | 'runs' | 'drawPicture'>): Delivery =>
    createDelivery({ ...options, slack: () => slackPort(client), clock: hurried, logger: silentLogger });

  const setup = {
    slack,
    pauses,
    runs: createMemoryRunStore(),
    delivery: {} as Delivery,
    async restart({ forget = false, render = renderShort, drawPicture }: Restart = {}) {
      if (forget) setup.runs = createMemoryRunStore();
      setup.delivery = build({ render, runs: setup.runs, drawPicture });
    },
    said: (channel = SUPPORT) =>
      slack.messages(channel).filter(({ bot_id: bot }) => bot === slack.workspace.bot.id),
    close: () => slack.close(),
  };
  await setup.restart();
  return setup;
}

let counter = 0;

/** A run that was just accepted; `inThread` for one that answers below an existing message. */
export async function acceptRun(
  { runs, slack }: TestDelivery,
  where: Partial<Run['replyTo']> = {},
): Promise<Run> {
  counter += 1;
  return await runs.create({
    id: `run-${counter}`,
    asker: { id: ANA, name: 'Ana Ruiz' },
    replyTo: { team: slack.workspace.team, channel: SUPPORT, ...where },
    acceptedAt: Date.now(),
    kind: where.thread === undefined ? 'check' : 'analyze',
    ...(where.thread === undefined ? { alias: 'fgt-branch-07' } : {}),
  });
}

export async function acceptInThread(setup: TestDelivery): Promise<Run> {
  const { message } = await setup.slack.message({ user: ANA, channel: SUPPORT, text: 'a log' });
  return await acceptRun(setup, { thread: message.ts });
}

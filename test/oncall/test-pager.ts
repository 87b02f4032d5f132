import { boltLogger } from '../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../src/bot/slack/web-client.ts';
import type { EscalationRequest } from '../../src/oncall/core/escalation.ts';
import type { AfterAnswerContext } from '../../src/oncall/engine/after-answer.ts';
import { draftEscalation } from '../../src/oncall/engine/draft-escalation.ts';
import { processEscalationJob } from '../../src/oncall/engine/process-job.ts';
import { createReportToOps } from '../../src/oncall/engine/report-to-ops.ts';
import type { EscalationJob } from '../../src/oncall/jobs.ts';
import { escalationContext } from '../../src/oncall/pager.ts';
import { threadPort } from '../../src/oncall/thread/thread-port.ts';
import type { EscalationSettings } from '../../src/platform/config/escalation-schema.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import type { Inventory } from '../../src/platform/config/inventory-types.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import type { NewJob } from '../../src/platform/queue/job-queue.ts';
import type { Run, RunOutcome, RunPatch } from '../../src/platform/runs/run.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../src/platform/store/memory-run-store.ts';
import type { Records } from '../../src/platform/store/records.ts';
import type { RunStore } from '../../src/platform/store/run-store.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { ROUTING_KEY } from './fake-pagerduty.ts';

export const SUPPORT = 'C0SUPPORT';
/** The operations channel. */
const OPS = 'G0PRIVATE';
export const ANA = 'U0ANA';
export const BEN = 'U0BEN';
export const CHI = 'U0CHI';
/** Members of the user group S0ONCALL. */
const GROUP = [ANA, CHI];
const SECRETS: Readonly<Record<string, string>> = {
  PD: ROUTING_KEY,
  JSM: 'jsm-api-key',
  HOOK: 'hook-secret',
  API: 'api-token',
};

/** Puts something around every call of a port. */
export type Wrap = <T extends object>(port: T) => T;

export interface TestEscalations extends AsyncDisposable {
  readonly slack: LocalSlack;
  readonly runs: RunStore;
  readonly records: Records;
  readonly inventory: Inventory;
  /** Milliseconds since the Unix epoch; moves only by `run` and `wait`. */
  now: number;
  /** The engine of a process; `wrap` puts something between it and the world. */
  parts(wrap?: Wrap): AfterAnswerContext;
  /** A run that was answered in a thread of its own. */
  answer(options?: {
    readonly patch?: RunPatch;
    readonly alias?: string;
    readonly outcome?: RunOutcome;
    readonly id?: string;
    readonly partOf?: Run['partOf'];
    readonly channel?: string;
  }): Promise<Run & { readonly rootTs: string }>;
  draft(run: Run, options?: Partial<EscalationRequest>): EscalationRequest;
  /** Does all jobs whose time has come within `ms` from now, and moves the clock there. */
  wait(ms: number, parts?: AfterAnswerContext): Promise<void>;
  put(job: NewJob<EscalationJob>): void;
  pending(): readonly string[];
  said(thread: string): readonly SlackMessage[];
  /** Direct messages that a person got. */
  direct(user: string): readonly SlackMessage[];
  /** What the operations channel was told. */
  told(): readonly string[];
}

export interface EscalationSetup {
  /** Slack's limits for apps that are distributed outside its Marketplace. */
  readonly strictReads?: boolean;
  /** In place of the usual channels. */
  readonly channels?: readonly { readonly id: string; readonly name: string }[];
  /** The inventory without `escalation`, in place of the usual one. */
  readonly inventory?: string;
  /** More settings of a device, by alias. */
  readonly devices?: Readonly<Record<string, string>>;
  /** YAML below `escalation:`, indented by two. */
  readonly escalation: string;
  readonly timeoutMs?: number;
}

const BROKEN: RunOutcome = { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 1 };
const QUEUED = { state: 'queued', ahead: 0 } as const;
const DUPLICATE = { state: 'duplicate' } as const;

/** An escalation engine against a local Slack and whatever providers the inventory names; only time is ours. */
export async function openTestEscalations({
  escalation,
  timeoutMs = 5000,
  strictReads = false,
  devices = {},
  channels,
  inventory: text,
}: EscalationSetup): Promise<TestEscalations> {
  // Local Slack stamps messages with the real time: ours begins there, so that what is posted later is later.
  let now = Date.now();
  const slack = await startLocalSlack({
    users: [
      { id: ANA, name: 'Ana Ruiz' },
      { id: BEN, name: 'Ben Okafor' },
      { id: CHI, name: 'Chi Mbeki' },
    ],
    userGroups: { S0ONCALL: GROUP, S0EMPTY: [] },
    ...(channels === undefined ? {} : { channels }),
    ...(strictReads ? { strictReads: { now: () => now } } : {}),
  });
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  const inventory = parseInventory(
    text === undefined ? inventoryText(escalation, devices) : `${text}\nescalation:\n${escalation}\n`,
    'inventory.yaml',
  );
  const settings = settingsOf(inventory);
  const runs = createMemoryRunStore();
  const records = createMemoryRecords(() => now);
  const known = new Set<string>();
  const waiting: (NewJob<EscalationJob> & { readonly dueAt: number })[] = [];
  let counter = 0;

  function put(job: NewJob<EscalationJob>): boolean {
    if (known.has(job.id)) return false;
    known.add(job.id);
    waiting.push({
      ...job,
      data: JSON.parse(JSON.stringify(job.data)) as EscalationJob,
      dueAt: now + (job.delayMs ?? 0),
    });
    return true;
  }

  const queue = {
    enqueue: async (job: NewJob<EscalationJob>) => (put(job) ? QUEUED : DUPLICATE),
  };

  function build(wrap: Wrap): AfterAnswerContext {
    const thread = wrap(threadPort(() => client, wrap(records)));
    const parts = escalationContext({
      settings,
      inventory,
      runs: wrap(runs),
      records: wrap(records),
      logger: silentLogger,
      now: () => now,
      timeoutMs,
      thread,
      reportToOps: createReportToOps({
        place: { channel: OPS },
        records: wrap(records),
        thread,
        logger: silentLogger,
        now: () => now,
      }),
      readSecret: async (ref) => SECRETS['env' in ref ? ref.env : ''] ?? '',
      queue: wrap(queue),
    });
    const { writeIncidentNote: notes } = parts;
    const provider = notes && wrap({ send: notes.send, get: notes.get });
    return {
      ...parts,
      routes: new Map([...parts.routes].map(([name, route]) => [name, wrap(route)])),
      ...(notes === undefined || provider === undefined
        ? {}
        : {
            writeIncidentNote: {
              ...notes,
              send: (request) => provider.send(request),
              get: (request) => provider.get(request),
            },
          }),
    };
  }
  const base = build((port) => port);

  const setup: TestEscalations = {
    slack,
    runs,
    records,
    inventory,
    get now() {
      return now;
    },
    set now(value) {
      now = value;
    },
    parts: (wrap = (port) => port) => build(wrap),
    async answer({
      alias = 'fgt-branch-07',
      outcome = BROKEN,
      id,
      partOf,
      channel = SUPPORT,
      patch = {},
    } = {}) {
      counter += 1;
      const { message } = await slack.message({ user: ANA, channel, text: `about ${alias}` });
      const run = await runs.create({
        id: id ?? `run-${counter}`,
        asker: { id: ANA, name: 'Ana Ruiz' },
        replyTo: { channel },
        acceptedAt: now + counter,
        alias,
        kind: 'check',
        partOf,
      });
      // Local Slack's clock is the real one: the question must not be later than its answer, or it is a reaction to it.
      const answeredAt = Math.max(now + counter, Math.ceil(Number(message.ts) * 1000) + 1);
      await runs.update(run.id, { rootTs: message.ts, outcome, answeredAt, ...patch });
      return { ...run, outcome, rootTs: message.ts };
    },
    draft: (run, options = {}) => ({
      ...draftEscalation(
        run,
        { channel: SUPPORT, ts: run.rootTs ?? '' },
        { kind: 'person', user: ANA },
        settings.order,
        now,
      ),
      ...options,
    }),
    put: (job) => void put(job),
    async wait(ms, parts = base) {
      const until = now + ms;
      for (;;) {
        const due = waiting.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
        if (due === undefined) break;
        now = Math.max(now, due.dueAt);
        await processEscalationJob(due.data, { signal: new AbortController().signal }, parts);
        waiting.splice(waiting.indexOf(due), 1);
      }
      now = until;
    },
    pending: () => waiting.map(({ id }) => id),
    said: (thread) =>
      slack.thread(SUPPORT, thread).filter(({ bot_id: bot }) => bot === slack.workspace.bot.id),
    direct: (user) => slack.messages(slack.workspace.directMessage(user).id),
    told: () => slack.messages(OPS).map(({ text }) => text),
    [Symbol.asyncDispose]: () => slack.close(),
  };
  return setup;
}

function settingsOf({ escalation }: Inventory): EscalationSettings {
  if (escalation === undefined) throw new Error('the inventory has no escalation');
  return escalation;
}

function inventoryText(escalation: string, devices: Readonly<Record<string, string>>): string {
  const more = (alias: string) => (devices[alias] === undefined ? '' : `, ${devices[alias]}`);
  return `
defaults: { username: audit, password: { env: DEVICE_PASSWORD } }
groups: { branches: }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches]${more('fgt-branch-07')} }
  fgt-branch-08: { address: 192.0.2.8, groups: [branches]${more('fgt-branch-08')} }
  fgt-branch-09: { address: 192.0.2.9, groups: [branches] }
  fgt-hq: { address: 192.0.2.1 }
access:
  - { channels: [${SUPPORT}], devices: ["*"] }
escalation:
${escalation}
`;
}

import type { ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import { registerHandlers } from '../handlers/register-handlers.ts';
import { namedUserGroups } from './access/decide.ts';
import { type AuditTrail, NO_AUDIT } from './audit/audit-trail.ts';
import type { Config, Role } from './config/config.ts';
import type { Inventory } from './config/inventory-types.ts';
import { liveInventory } from './config/live-inventory.ts';
import type { Environment } from './config/load-config.ts';
import { readSecret } from './config/read-secret.ts';
import { systemClock } from './delivery/clock.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import { slackPort } from './delivery/slack-port.ts';
import type { Delivery } from './delivery/types.ts';
import { createCollector } from './device/create-collector.ts';
import { looksLikeEvidence } from './evidence/looks-like-evidence.ts';
import { createAutodetect } from './jobs/autodetect.ts';
import { createDebugWindows, type DebugWindows } from './jobs/debug-windows.ts';
import { guardDebug } from './jobs/guard-debug.ts';
import { createOwe, sweepOwed } from './jobs/owed.ts';
import { createPastRuns } from './jobs/past-runs.ts';
import { createRequests } from './jobs/requests.ts';
import { startSweep } from './jobs/sweep.ts';
import { sweepWindows } from './jobs/sweep-windows.ts';
import type { UserGroupsOf } from './jobs/user-groups-of.ts';
import { createWaitingLine } from './jobs/waiting-line.ts';
import { type WatchOptions, watchCollect } from './jobs/watch-collect.ts';
import { watchDelivery } from './jobs/watch-delivery.ts';
import { watchQueue } from './jobs/watch-queue.ts';
import { watchRequests } from './jobs/watch-requests.ts';
import { startWorker } from './jobs/worker.ts';
import type { Logger } from './observe/logger.ts';
import { createMetrics } from './observe/metrics.ts';
import { readVersion } from './observe/version.ts';
import { type Operations, startOperations } from './operate.ts';
import { createPaging, type PagingHouse } from './paging.ts';
import type { JobQueue } from './queue/job-queue.ts';
import type { Backend } from './queue/open-backend.ts';
import { untilReady } from './queue/until-ready.ts';
import { redactCase } from './redact/redact-case.ts';
import { renderAnswer } from './report/slack/render-answer.ts';
import { keepEvidence } from './runs/kept-evidence.ts';
import type { RunJob, RunOutcome } from './runs/run.ts';
import { createSelfChecks, type SelfChecks } from './self-checks.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from './slack/create-slack-app.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { createWorkspaces, type Workspaces } from './slack/workspaces.ts';

export interface AppOptions {
  readonly config: Config;
  readonly role: Role;
  readonly inventory: Inventory;
  /** Closed by `stop`. */
  readonly backend: Backend<RunJob, RunOutcome>;
  readonly logger: Logger;
  /** Where secrets that the inventory refers to by name are looked up. */
  readonly env: Environment;
  /** Address to listen on; every one by default. */
  readonly host?: string;
  /** Closed by `stop`. None by default. */
  readonly audit?: AuditTrail;
  /** Follow the inventory's file, Slack and a look-alike of our own, and tell others how it is. Off by default. */
  readonly operate?: boolean;
}

export interface FtmCheckApp {
  /** Resolves when requests are taken, with the port in HTTP mode. Rejects with `ftm_queue_unavailable`. */
  start(): Promise<{ readonly port?: number; readonly internalPort?: number }>;
  /** Takes a changed inventory over at once, if it is valid; where `operate` is off, nothing. */
  reload(): Promise<void>;
  /** Takes no further requests, lets running ones finish for up to `deadlineMs`, and closes the backend. */
  stop(deadlineMs: number): Promise<void>;
}

/** The composition root: the one place that knows every part. `serve`, the demo and the tests all build through it. */
export function createApp(options: AppOptions): FtmCheckApp {
  const { role, backend } = options;
  const live = liveInventory(options.inventory);
  const parts = createParts({ ...options, inventory: live.inventory });
  const slack = role === 'worker' ? undefined : createBot(options, parts);
  let sweep: { stop(): void } | undefined;
  let operations: Operations | undefined;
  let work: 'starting' | 'taken' | 'stopping' = 'starting';

  async function working(): Promise<string> {
    if (work === 'taken') return work;
    throw new Error(work);
  }

  return {
    async start() {
      if (options.operate) {
        const { watch, workspaces } = parts;
        const client = workspaces.probe;
        const ready = () => backend.queue.ready();
        const { selfChecks } = parts;
        operations = await startOperations({
          ...options,
          ...watch,
          live,
          client,
          ready,
          working,
          selfChecks,
        });
      }
      await untilReady(backend.queue, options.logger);
      if (role !== 'bot') {
        await startWork(options, parts);
        const { queue, runs, records } = backend;
        const swept = { queue, runs, records, logger: options.logger, now: Date.now };
        sweep = startSweep(swept, () =>
          Promise.all([sweepOwed(swept), sweepWindows({ ...swept, windows: parts.windows })]),
        );
      }
      const taken = (await slack?.start()) ?? {};
      work = 'taken';
      const internalPort = operations?.internalPort;
      return { ...taken, ...(internalPort === undefined ? {} : { internalPort }) };
    },
    reload: async () => operations?.reload(),
    async stop(deadlineMs) {
      work = 'stopping';
      sweep?.stop();
      parts.selfChecks.stop();
      await slack?.stop();
      await backend.close(deadlineMs);
      await operations?.stop();
      parts.watch.audit.close();
    },
  };
}

/** What taking requests and working on them share: in one process they must not post the same message twice. */
interface Parts {
  readonly inventory: Inventory;
  readonly workspaces: Workspaces;
  readonly queue: JobQueue<RunJob, RunOutcome>;
  readonly watch: WatchOptions;
  readonly windows: DebugWindows;
  readonly selfChecks: SelfChecks;
  readonly delivery: Delivery;
  readonly userGroupsOf: UserGroupsOf;
  /** Absent where the inventory names nobody to page. */
  readonly pages: PagingHouse | undefined;
}

function createParts(options: AppOptions): Parts {
  const { config, backend, inventory, logger, env, audit = NO_AUDIT } = options;
  const metrics = createMetrics();
  const watch: WatchOptions = { audit, metrics, logger, now: Date.now };
  const windows = createDebugWindows(backend.records, Date.now);
  metrics.watchWindows(() => windows.look());
  const workspaces = createWorkspaces({
    botToken: config.slack.botToken,
    install: config.slack.install,
    texts: backend.records,
    logger,
    slackApiUrl: config.slack.apiUrl,
  });
  const pages = createPaging({
    inventory,
    backend,
    client: (team) => workspaces.client(team),
    env,
    logger,
    onHappened: (what) => metrics.escalated(what),
    version: readVersion(),
  });
  const delivery = createDelivery({
    slack: (team) => slackPort(workspaces.client(team)),
    runs: backend.runs,
    render: (outcome, view) => renderAnswer(outcome, { ...view, canEscalate: pages?.canPage() ?? false }),
    clock: systemClock,
    logger,
  });
  return {
    inventory,
    workspaces,
    pages,
    watch,
    windows,
    selfChecks: createSelfChecks({ ...options, metrics, client: () => workspaces.client(undefined) }),
    queue: watchQueue(backend.queue, metrics, Date.now),
    delivery: watchDelivery(delivery, watch),
    userGroupsOf: createUserGroups({
      client: (team) => workspaces.client(team),
      groups: () => namedUserGroups(inventory),
      logger,
      now: Date.now,
    }),
  };
}

function createBot(options: AppOptions, parts: Parts): SlackApp {
  const { inventory, queue, delivery, userGroupsOf, watch, pages } = parts;
  const { logger, backend } = options;
  const { runs } = backend;
  const common = { queue, runs, logger, now: Date.now };
  const line = createWaitingLine({ ...common, delivery });
  const requests = watchRequests(
    createRequests({
      ...common,
      inventory,
      looksLikeEvidence,
      redact: redactCase,
      userGroupsOf,
      announce: (run, progress) => delivery.announce(run, progress),
      waits: (run, ahead) => line.add(run, ahead),
      autodetect: createAutodetect({ inventory, records: backend.records, logger }),
      past: createPastRuns({ ...common, delivery }),
    }),
    watch,
  );
  const services = pages === undefined ? requests : { ...requests, paging: pages.paging };
  const hooks = pages?.hooks((run) => services.accept(run)) ?? [];
  const bot = createSlackApp(slackOptions(options, parts.workspaces, hooks));
  registerHandlers(bot.app, services, logger);
  return {
    ...bot,
    async start() {
      const taken = await bot.start();
      void line.takeOver();
      return taken;
    },
    stop() {
      line.stop();
      return bot.stop();
    },
  };
}

async function startWork(options: AppOptions, parts: Parts): Promise<void> {
  const { inventory, queue, delivery, userGroupsOf, watch, windows, pages } = parts;
  const { config, backend, logger, env } = options;
  const { records } = backend;
  await startWorker({
    inventory,
    queue,
    runs: backend.runs,
    windows,
    selfCheck: (job) => parts.selfChecks.work(job),
    collect: watchCollect(
      guardDebug(createCollector({ readSecret: (ref) => readSecret(ref, env), logger }), { windows, logger }),
      watch,
    ),
    delivery,
    userGroupsOf,
    logger,
    now: Date.now,
    concurrency: config.concurrency,
    ...(pages === undefined ? {} : { answered: pages.answered }),
    async keep(runId, evidence) {
      await keepEvidence(records, runId, evidence).catch((error: unknown) =>
        logger.warn({ err: error, run: runId }, 'what was read is not kept'),
      );
    },
  });
  await pages?.work();
}

function slackOptions(
  { config, logger, backend, host }: AppOptions,
  { identity }: Workspaces,
  hooks: readonly CustomRoute[],
): SlackAppOptions {
  const { slack, port } = config;
  const common = {
    ...identity,
    logger,
    slackApiUrl: slack.apiUrl,
    owe: createOwe(backend.records, Date.now),
    port,
    ...(host === undefined ? {} : { host }),
    customRoutes: [...healthRoutes(backend), ...hooks],
  };
  // `loadConfig` saw to it that the secret of the mode is there.
  return slack.mode === 'http'
    ? { ...common, mode: 'http', signingSecret: slack.signingSecret ?? '' }
    : { ...common, mode: 'socket', appToken: slack.appToken ?? '' };
}

/** `/healthz`: the process runs. `/readyz`: it can also take work. */
function healthRoutes({ queue }: AppOptions['backend']): readonly CustomRoute[] {
  const answer = (response: ServerResponse, status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
  };
  return [
    { path: '/healthz', method: 'GET', handler: (_request, response) => answer(response, 200, 'ok') },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_request, response) =>
        void queue.ready().then(
          () => answer(response, 200, 'ready'),
          () => answer(response, 503, 'the queue cannot take work'),
        ),
    },
  ];
}

import type { ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import { registerHandlers } from '../handlers/register-handlers.ts';
import { namedUserGroups } from './access/decide.ts';
import type { Config, Role } from './config/config.ts';
import type { Inventory } from './config/inventory-types.ts';
import type { Environment } from './config/load-config.ts';
import { readSecret } from './config/read-secret.ts';
import { systemClock } from './delivery/clock.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import { slackPort } from './delivery/slack-port.ts';
import type { Delivery } from './delivery/types.ts';
import { createCollector } from './device/create-collector.ts';
import { looksLikeEvidence } from './evidence/looks-like-evidence.ts';
import { createPastRuns } from './jobs/past-runs.ts';
import { createRequests } from './jobs/requests.ts';
import { startSweep } from './jobs/sweep.ts';
import type { UserGroupsOf } from './jobs/user-groups-of.ts';
import { startWorker } from './jobs/worker.ts';
import type { Logger } from './observe/logger.ts';
import type { Backend } from './queue/open-backend.ts';
import { redactCase } from './redact/redact-case.ts';
import { renderAnswer } from './report/slack/render-answer.ts';
import type { RunJob, RunOutcome } from './runs/run.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from './slack/create-slack-app.ts';
import { boltLogger } from './slack/logger.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { createDeliveryClient } from './slack/web-client.ts';

export interface AppOptions {
  readonly config: Config;
  readonly role: Role;
  readonly inventory: Inventory;
  /** Closed by `stop`. */
  readonly backend: Backend<RunJob, RunOutcome>;
  readonly logger: Logger;
  /** Where secrets that the inventory refers to by name are looked up. */
  readonly env: Environment;
  /** Address to listen on in HTTP mode; every one by default. */
  readonly host?: string;
}

export interface FtmCheckApp {
  /** Resolves when requests are taken, with the port in HTTP mode. Rejects with `ftm_queue_unavailable`. */
  start(): Promise<{ readonly port?: number }>;
  /** Takes no further requests, lets running ones finish for up to `deadlineMs`, and closes the backend. */
  stop(deadlineMs: number): Promise<void>;
}

/** The composition root: the one place that knows every part. `serve`, the demo and the tests all build through it. */
export function createApp(options: AppOptions): FtmCheckApp {
  const { role, backend } = options;
  const parts = createParts(options);
  const slack = role === 'worker' ? undefined : createBot(options, parts);
  let sweep: { stop(): void } | undefined;

  return {
    async start() {
      await backend.queue.ready();
      if (role !== 'bot') {
        await startWork(options, parts);
        const { queue, runs } = backend;
        sweep = startSweep({ queue, runs, logger: options.logger, now: Date.now });
      }
      return (await slack?.start()) ?? {};
    },
    async stop(deadlineMs) {
      sweep?.stop();
      await slack?.stop();
      await backend.close(deadlineMs);
    },
  };
}

/** What taking requests and working on them share: in one process they must not post the same message twice. */
interface Parts {
  readonly delivery: Delivery;
  readonly userGroupsOf: UserGroupsOf;
}

function createParts({ config, backend, inventory, logger }: AppOptions): Parts {
  const client = createDeliveryClient(config.slack.botToken, {
    logger: boltLogger(logger),
    slackApiUrl: config.slack.apiUrl,
  });
  const port = slackPort(client);
  return {
    delivery: createDelivery({
      slack: () => port,
      runs: backend.runs,
      render: renderAnswer,
      clock: systemClock,
      logger,
    }),
    userGroupsOf: createUserGroups({
      client: () => client,
      groups: namedUserGroups(inventory),
      logger,
      now: Date.now,
    }),
  };
}

function createBot(options: AppOptions, { delivery, userGroupsOf }: Parts): SlackApp {
  const { inventory, logger, backend } = options;
  const { queue, runs } = backend;
  const common = { queue, runs, logger, now: Date.now };
  const bot = createSlackApp(slackOptions(options));
  registerHandlers(
    bot.app,
    createRequests({
      ...common,
      inventory,
      looksLikeEvidence,
      redact: redactCase,
      userGroupsOf,
      announce: (run, progress) => delivery.announce(run, progress),
      past: createPastRuns({ ...common, delivery }),
    }),
    logger,
  );
  return bot;
}

async function startWork(options: AppOptions, { delivery, userGroupsOf }: Parts): Promise<void> {
  const { config, inventory, backend, logger, env } = options;
  await startWorker({
    inventory,
    queue: backend.queue,
    runs: backend.runs,
    collect: createCollector({ readSecret: (ref) => readSecret(ref, env), logger }),
    delivery,
    userGroupsOf,
    logger,
    now: Date.now,
    concurrency: config.concurrency,
  });
}

function slackOptions({ config, logger, backend, host }: AppOptions): SlackAppOptions {
  const { slack, port } = config;
  const common = {
    botToken: slack.botToken,
    logger,
    slackApiUrl: slack.apiUrl,
    port,
    ...(host === undefined ? {} : { host }),
    customRoutes: healthRoutes(backend),
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

import type { ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import { registerHandlers } from '../../handlers/index.ts';
import { instrumentRequests } from '../bot/monitoring/instrument-requests.ts';
import { instrumentOnCall, recordProviderEvents } from '../bot/monitoring/record-acts.ts';
import { createPendingAckRecorder } from '../bot/recovery/pending-acks.ts';
import { createAutodetect } from '../bot/requests/autodetect.ts';
import { createRequestService } from '../bot/requests/create-requests.ts';
import { createPastRuns } from '../bot/requests/past-runs.ts';
import { createQueuePositions } from '../bot/requests/queue-position.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from '../bot/slack/create-slack-app.ts';
import type { Workspaces } from '../bot/slack/workspaces.ts';
import type { AppOptions, AppParts } from './app-parts.ts';

export function createBot(options: AppOptions, parts: AppParts): SlackApp {
  const { inventory, delivery, userGroupsOf, instruments, escalation } = parts;
  const { logger, backend } = options;
  const { queue, runs, records } = backend;
  const common = { queue, runs, logger, now: Date.now };
  const positions = createQueuePositions({ ...common, delivery });
  const requests = instrumentRequests(
    createRequestService({
      ...common,
      records,
      inventory,
      groupLimit: options.config.groupLimit,
      userGroupsOf,
      postQueued: (run, progress) => delivery.postQueued(run, progress),
      onWaiting: (run, ahead) => positions.add(run, ahead),
      autodetect: createAutodetect({ inventory, records, logger }),
      past: createPastRuns({
        ...common,
        inventory,
        delivery,
        history: parts.history,
        groups: parts.groups,
        recordFeedback: parts.feedback.record,
      }),
    }),
    instruments,
  );
  const services =
    escalation === undefined
      ? requests
      : { ...requests, onCall: instrumentOnCall(escalation.onCall, instruments) };
  const hooks =
    escalation?.hooks(services, recordProviderEvents(instruments), (source, status) =>
      instruments.metrics.count('webhook_deliveries_total', {
        source,
        result: DELIVERED[status] ?? 'unreadable',
      }),
    ) ?? [];
  const bot = createSlackApp(slackOptions(options, parts.workspaces, hooks));
  registerHandlers(bot.app, services, logger);
  return {
    ...bot,
    async start() {
      const listening = await bot.start();
      void positions.resume();
      return listening;
    },
    stop() {
      positions.stop();
      return bot.stop();
    },
  };
}

function slackOptions(
  { config, logger, backend, host, dispatcher }: AppOptions,
  { identity }: Workspaces,
  hooks: readonly CustomRoute[],
): SlackAppOptions {
  const { slack, port } = config;
  const common = {
    ...identity,
    logger,
    slackApiUrl: slack.apiUrl,
    dispatcher,
    recordPendingAck: createPendingAckRecorder(backend.records, Date.now),
    port,
    host,
    customRoutes: [...healthRoutes(backend), ...hooks],
  };
  // `loadConfig` has checked that the secret of the mode is set.
  return slack.mode === 'http'
    ? { ...common, mode: 'http', signingSecret: slack.signingSecret ?? '' }
    : { ...common, mode: 'socket', appToken: slack.appToken ?? '' };
}

/** Results of deliveries of alerts, by status. */
const DELIVERED: Readonly<Record<number, 'accepted' | 'refused' | 'failed'>> = {
  200: 'accepted',
  401: 'refused',
  404: 'refused',
  503: 'failed',
};

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
          () => answer(response, 503, 'the queue accepts no jobs'),
        ),
    },
  ];
}

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
import type { AppParts } from './app-parts.ts';

export function createBot(parts: AppParts): SlackApp {
  const { config, delivery, escalation, logger, metrics } = parts;
  const positions = createQueuePositions(parts);
  const requests = instrumentRequests(
    createRequestService({
      ...parts,
      groupLimit: config.groupLimit,
      postQueued: (run, progress) => delivery.postQueued(run, progress),
      onWaiting: (run, ahead) => positions.add(run, ahead),
      autodetect: createAutodetect(parts),
      past: createPastRuns({ ...parts, recordFeedback: parts.feedback.record }),
    }),
    parts,
  );
  const services =
    escalation === undefined ? requests : { ...requests, onCall: instrumentOnCall(escalation.onCall, parts) };
  const hooks =
    escalation?.hooks(services, recordProviderEvents(parts), (source, status) =>
      metrics.count('webhook_deliveries_total', { source, result: DELIVERED[status] ?? 'unreadable' }),
    ) ?? [];
  const bot = createSlackApp(slackOptions(parts, hooks));
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
  { config, logger, records, workspaces, host, dispatcher }: AppParts,
  hooks: readonly CustomRoute[],
): SlackAppOptions {
  const { slack, port } = config;
  const common = {
    ...workspaces.identity,
    logger,
    slackApiUrl: slack.apiUrl,
    dispatcher,
    recordPendingAck: createPendingAckRecorder(records, Date.now),
    port,
    host,
    customRoutes: hooks,
  };
  // `loadConfig` has checked that the secret of the mode is set.
  return slack.mode === 'http'
    ? { ...common, mode: 'http', signingSecret: slack.signingSecret ?? '' }
    : { ...common, mode: 'socket', appToken: slack.appToken ?? '' };
}

const DELIVERED: Readonly<Record<number, 'accepted' | 'refused' | 'failed'>> = {
  200: 'accepted',
  401: 'refused',
  404: 'refused',
  503: 'failed',
};

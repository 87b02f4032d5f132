import type { Dispatcher } from 'undici';
import { createDelivery } from '../bot/delivery/create-delivery.ts';
import { drawPicture } from '../bot/delivery/picture/render-png.ts';
import { slackPort } from '../bot/delivery/slack-port.ts';
import { systemClock } from '../bot/delivery/types.ts';
import { instrumentDelivery } from '../bot/monitoring/instrument-delivery.ts';
import { findOpsPlace } from '../bot/monitoring/notify-ops.ts';
import { createDebugSessions } from '../bot/recovery/debug-sessions.ts';
import { createAnswerPlaces } from '../bot/recovery/lost-messages.ts';
import { createUserGroups } from '../bot/slack/user-groups.ts';
import { createWorkspaces } from '../bot/slack/workspaces.ts';
import { createHealthyComparison } from '../bot/worker/compare-with-healthy.ts';
import { createOnCallService } from '../oncall/on-call.ts';
import { decide, namedUserGroups } from '../platform/access/decide.ts';
import { type AuditTrail, NO_AUDIT } from '../platform/audit/audit-trail.ts';
import type { Environment } from '../platform/config/environment.ts';
import { findDevice } from '../platform/config/listed-devices.ts';
import type { Config, Role } from '../platform/config/load-config.ts';
import { nextSweepAt } from '../platform/config/sweep-schema.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import { Metrics } from '../platform/observe/metrics.ts';
import { readVersion } from '../platform/observe/version.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import { createDeviceHistory } from '../platform/store/device-history.ts';
import { createGroupStore } from '../platform/store/group-store.ts';
import { createHealthySettingsStore } from '../platform/store/healthy-settings.ts';
import { createSweepStore } from '../platform/store/sweep-store.ts';
import { renderAnswer } from '../report/formats/slack/render-answer.ts';
import { createFeedbackService } from './feedback.ts';
import { createSelfChecks } from './self-checks.ts';

export interface AppOptions extends Pick<Dependencies, 'inventory' | 'logger'> {
  readonly config: Config;
  readonly role: Role;
  /** Text of the file that `inventory` was made of; `operate` compares the file with it. */
  readonly inventoryText?: string;
  /** Closed by `stop`. */
  readonly backend: Backend;
  /** Environment in which `{ env: NAME }` secrets are looked up. */
  readonly env: Environment;
  /** Address to listen on; default: all addresses. */
  readonly host?: string;
  /** Sends the connection of Socket Mode through a proxy. None by default. */
  readonly dispatcher?: Dispatcher;
  /** Closed by `stop`. None by default. */
  readonly audit?: AuditTrail;
  /** Watch the inventory file and Slack, run self-checks, and serve health and metrics. Off by default. */
  readonly operate?: boolean;
}

/** Parts that the bot and the worker of one process share, so that they do not post the same message twice. */
export type AppParts = ReturnType<typeof createAppParts>;

export function createAppParts(options: AppOptions) {
  const { config, backend, inventory, logger, env, audit = NO_AUDIT } = options;
  const { queue, runs, records } = backend;
  const metrics = new Metrics();
  metrics.watchQueue(queue);
  const shared = { inventory, queue, runs, records, audit, metrics, logger, now: Date.now };
  const debugSessions = createDebugSessions(records, Date.now, (record) =>
    logger.warn(
      { record },
      'removed a damaged record of an open debug session: debug may still be enabled on a device',
    ),
  );
  metrics.watchDebugSessions(() => debugSessions.list());
  const { botToken, install, apiUrl: slackApiUrl } = config.slack;
  const workspaces = createWorkspaces({ botToken, install, texts: records, logger, slackApiUrl });
  const client = (team: string | undefined) => workspaces.client(team);
  const escalation = createOnCallService({
    inventory,
    backend,
    client,
    env,
    logger,
    onHappened: (outcome) => metrics.count('escalations_total', { outcome }),
    opsPlace: findOpsPlace(config),
    version: readVersion(),
  });
  if (escalation !== undefined) metrics.watchPages(() => escalation.openPages(), Date.now);
  const sweeps = createSweepStore(records, Date.now);
  const startedAt = Date.now();
  metrics.watchSweeps(() =>
    Promise.all(
      [...inventory.sweeps.values()].map(async (sweep) => {
        const doneAt = await sweeps.doneAt(sweep.name);
        return { name: sweep.name, doneAt, dueAt: nextSweepAt(sweep, doneAt ?? startedAt) };
      }),
    ),
  );
  const history = createDeviceHistory(records, { keepMs: config.historyMs, now: Date.now });
  const { settingsMs } = config;
  const settings = settingsMs === 0 ? undefined : createHealthySettingsStore(records, settingsMs);
  const places = createAnswerPlaces(records, Date.now);
  const slack = (team: string | undefined) => places.noting(slackPort(client(team)), team);
  const delivery = createDelivery({
    slack,
    runs,
    render: (outcome, subject, { asker, replyTo: { channel, team } }) =>
      renderAnswer(outcome, {
        ...subject,
        canEscalate: escalation?.canPage() ?? false,
        mayCheck: (alias) =>
          decide(inventory, { user: asker.id, home: asker.home, channel, team, alias }).kind === 'allowed',
        canWatch: subject.alias !== undefined && findDevice(inventory, subject.alias)?.live !== undefined,
      }),
    drawPicture,
    readHistory: (alias) => history.read(alias),
    claim: (key, keepMs) => records.claim(key, keepMs),
    clock: systemClock,
    logger,
  });
  return {
    ...options,
    ...shared,
    workspaces,
    slack,
    places,
    clock: systemClock,
    escalation,
    history,
    compareWithHealthy: settings && createHealthyComparison({ settings, history, logger }),
    groups: createGroupStore(records),
    sweeps,
    debugSessions,
    selfChecks: createSelfChecks({ ...options, metrics, client }),
    delivery: instrumentDelivery(delivery, shared),
    feedback: createFeedbackService({ config, backend, client, metrics, logger }),
    userGroupsOf: createUserGroups({
      client,
      groups: () => namedUserGroups(inventory),
      logger,
      now: Date.now,
    }),
  };
}

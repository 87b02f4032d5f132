import type { Dispatcher } from 'undici';
import { systemClock } from '../bot/delivery/clock.ts';
import { createDelivery } from '../bot/delivery/create-delivery.ts';
import { slackPort } from '../bot/delivery/slack-port.ts';
import type { Delivery } from '../bot/delivery/types.ts';
import { instrumentDelivery } from '../bot/monitoring/instrument-delivery.ts';
import type { InstrumentOptions } from '../bot/monitoring/instrument-options.ts';
import { instrumentQueue } from '../bot/monitoring/instrument-queue.ts';
import { createDebugSessions, type DebugSessions } from '../bot/recovery/debug-sessions.ts';
import { createAnswerPlaces, type LostMessagesOptions } from '../bot/recovery/lost-messages.ts';
import { createPermalinks, type LinkTarget } from '../bot/slack/permalinks.ts';
import { createUserGroups } from '../bot/slack/user-groups.ts';
import { createWorkspaces, type Workspaces } from '../bot/slack/workspaces.ts';
import { type CompareWithHealthy, createHealthyComparison } from '../bot/worker/compare-with-healthy.ts';
import { createOnCallService, type OnCallService } from '../oncall/on-call.ts';
import { decide, namedUserGroups } from '../platform/access/decide.ts';
import type { UserGroupsOf } from '../platform/access/user-groups-of.ts';
import { type AuditTrail, NO_AUDIT } from '../platform/audit/audit-trail.ts';
import type { Config, Role } from '../platform/config/config.ts';
import type { Environment } from '../platform/config/environment.ts';
import { findDevice } from '../platform/config/find-device.ts';
import type { Inventory } from '../platform/config/inventory-types.ts';
import { nextSweepAt } from '../platform/config/sweep-schema.ts';
import type { Logger } from '../platform/observe/logger.ts';
import { createMetrics } from '../platform/observe/metrics.ts';
import { readVersion } from '../platform/observe/version.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import type { RunQueue } from '../platform/queue/run-queue.ts';
import {
  createDeviceHistory,
  type DeviceHistory,
  KEEP_HISTORY_MS,
} from '../platform/store/device-history.ts';
import { createGroupStore, type GroupStore } from '../platform/store/group-store.ts';
import { createHealthySettingsStore, KEEP_SETTINGS_MS } from '../platform/store/healthy-settings.ts';
import { createSweepStore, type SweepStore } from '../platform/store/sweep-store.ts';
import { renderAnswer } from '../report/formats/slack/render-answer.ts';
import { drawPicture } from './draw-picture.ts';
import { createFeedbackService, type FeedbackService } from './feedback.ts';
import { findOpsPlace } from './ops-channel.ts';
import { createSelfChecks, type SelfChecks } from './self-checks.ts';

export interface AppOptions {
  readonly config: Config;
  readonly role: Role;
  readonly inventory: Inventory;
  /** Of which `inventory` was made; `operate` then hears of a change since. */
  readonly inventoryText?: string;
  /** Closed by `stop`. */
  readonly backend: Backend;
  readonly logger: Logger;
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
export interface AppParts {
  readonly inventory: Inventory;
  readonly workspaces: Workspaces;
  /** Measured: `process` must be called on this one, not on `backend.queue`. */
  readonly queue: RunQueue;
  readonly instruments: InstrumentOptions;
  readonly debugSessions: DebugSessions;
  readonly selfChecks: SelfChecks;
  readonly delivery: Delivery;
  readonly feedback: FeedbackService;
  readonly permalink: (message: LinkTarget) => Promise<string>;
  readonly history: DeviceHistory;
  /** Absent if no settings are kept. */
  readonly compareWithHealthy: CompareWithHealthy | undefined;
  readonly groups: GroupStore;
  readonly sweeps: SweepStore;
  readonly userGroupsOf: UserGroupsOf;
  readonly lostMessages: Pick<LostMessagesOptions, 'slack' | 'places' | 'clock'>;
  /** Absent if the inventory has no `escalation`. */
  readonly escalation: OnCallService | undefined;
}

export function createAppParts(options: AppOptions): AppParts {
  const { config, role, backend, inventory, logger, env, audit = NO_AUDIT } = options;
  const metrics = createMetrics();
  const instruments: InstrumentOptions = { audit, metrics, logger, now: Date.now };
  const debugSessions = createDebugSessions(backend.records, Date.now, (record) =>
    logger.warn(
      { record },
      'removed a damaged record of an open debug session: debug may still be enabled on a device',
    ),
  );
  metrics.watchDebugSessions(() => debugSessions.list());
  const workspaces = createWorkspaces({
    botToken: config.slack.botToken,
    install: config.slack.install,
    texts: backend.records,
    logger,
    slackApiUrl: config.slack.apiUrl,
  });
  const client = (team: string | undefined) => workspaces.client(team);
  const permalink = createPermalinks(client);
  const escalation = createOnCallService({
    inventory,
    backend,
    client,
    env,
    logger,
    onHappened: (what) => metrics.escalated(what),
    opsPlace: findOpsPlace(config),
    version: readVersion(),
  });
  if (escalation !== undefined) metrics.watchPages(() => escalation.openPages(), Date.now);
  const sweeps = createSweepStore(backend.records, Date.now);
  const startedAt = Date.now();
  metrics.watchSweeps(() =>
    Promise.all(
      [...inventory.sweeps.values()].map(async (sweep) => {
        const doneAt = await sweeps.doneAt(sweep.name);
        return { name: sweep.name, doneAt, dueAt: nextSweepAt(sweep, doneAt ?? startedAt) };
      }),
    ),
  );
  const history = createDeviceHistory(backend.records, {
    keepMs: config.historyMs ?? KEEP_HISTORY_MS,
    now: Date.now,
  });
  const { settingsMs = KEEP_SETTINGS_MS } = config;
  const compareWithHealthy =
    settingsMs === 0
      ? undefined
      : createHealthyComparison({
          settings: createHealthySettingsStore(backend.records, settingsMs),
          history,
          logger,
        });
  const places = createAnswerPlaces(backend.records, Date.now);
  const slack = (team: string | undefined) => places.noting(slackPort(client(team)), team);
  const delivery = createDelivery({
    slack,
    runs: backend.runs,
    render: (outcome, subject, { asker, replyTo: { channel, team } }) =>
      renderAnswer(outcome, {
        ...subject,
        canEscalate: escalation?.canPage() ?? false,
        mayCheck: (alias) =>
          decide(inventory, { user: asker.id, home: asker.home, channel, team, alias }).kind === 'allowed',
        canWatch: subject.alias !== undefined && findDevice(inventory, subject.alias)?.live !== undefined,
      }),
    drawPicture,
    historyOf: (alias) => history.of(alias),
    claim: (key, keepMs) => backend.records.claim(key, keepMs),
    clock: systemClock,
    logger,
  });
  return {
    inventory,
    workspaces,
    lostMessages: { slack, places, clock: systemClock },
    escalation,
    history,
    compareWithHealthy,
    groups: createGroupStore(backend.records),
    sweeps,
    instruments,
    debugSessions,
    selfChecks: createSelfChecks({ config, role, backend, metrics, logger, client }),
    queue: instrumentQueue(backend.queue, metrics, Date.now),
    delivery: instrumentDelivery(delivery, instruments),
    feedback: createFeedbackService({ config, backend, client, permalink, metrics, logger }),
    permalink,
    userGroupsOf: createUserGroups({
      client,
      groups: () => namedUserGroups(inventory),
      logger,
      now: Date.now,
    }),
  };
}

import type { Dispatcher } from 'undici';
import { namedUserGroups } from '../access/decide.ts';
import type { UserGroupsOf } from '../access/user-groups-of.ts';
import { type AuditTrail, NO_AUDIT } from '../audit/audit-trail.ts';
import type { Config, Role } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { findDevice } from '../config/find-device.ts';
import type { Inventory } from '../config/inventory-types.ts';
import { systemClock } from '../delivery/clock.ts';
import { createDelivery } from '../delivery/create-delivery.ts';
import { slackPort } from '../delivery/slack-port.ts';
import type { Delivery } from '../delivery/types.ts';
import { instrumentDelivery } from '../monitoring/instrument-delivery.ts';
import type { InstrumentOptions } from '../monitoring/instrument-options.ts';
import { instrumentQueue } from '../monitoring/instrument-queue.ts';
import type { Logger } from '../observe/logger.ts';
import { createMetrics } from '../observe/metrics.ts';
import { readVersion } from '../observe/version.ts';
import type { Backend } from '../queue/open-backend.ts';
import type { RunQueue } from '../queue/run-queue.ts';
import { createDebugSessions, type DebugSessions } from '../recovery/debug-sessions.ts';
import { renderAnswer } from '../report/slack/render-answer.ts';
import { createPermalinks, type LinkTarget } from '../slack/permalinks.ts';
import { createUserGroups } from '../slack/user-groups.ts';
import { createWorkspaces, type Workspaces } from '../slack/workspaces.ts';
import { createDeviceHistory, type DeviceHistory, KEEP_HISTORY_MS } from '../store/device-history.ts';
import { createGroupStore, type GroupStore } from '../store/group-store.ts';
import { createHealthySettingsStore, KEEP_SETTINGS_MS } from '../store/healthy-settings.ts';
import { createSweepStore, type SweepStore } from '../store/sweep-store.ts';
import { type CompareWithHealthy, createHealthyComparison } from '../worker/compare-with-healthy.ts';
import { drawPicture } from './draw-picture.ts';
import { createEscalationService, type EscalationService } from './escalation.ts';
import { createFeedbackService, type FeedbackService } from './feedback.ts';
import { opsPlaceOf } from './ops-channel.ts';
import { createSyntheticChecks, type SyntheticChecks } from './synthetic-checks.ts';

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
  /** Watch the inventory file and Slack, run synthetic checks, and serve health and metrics. Off by default. */
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
  readonly syntheticChecks: SyntheticChecks;
  readonly delivery: Delivery;
  readonly feedback: FeedbackService;
  readonly permalink: (message: LinkTarget) => Promise<string>;
  readonly history: DeviceHistory;
  /** Absent if no settings are kept. */
  readonly compareWithHealthy: CompareWithHealthy | undefined;
  readonly groups: GroupStore;
  readonly sweeps: SweepStore;
  readonly userGroupsOf: UserGroupsOf;
  /** Absent if the inventory has no `escalation`. */
  readonly escalation: EscalationService | undefined;
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
  const escalation = createEscalationService({
    inventory,
    backend,
    client,
    env,
    logger,
    onHappened: (what) => metrics.escalated(what),
    opsPlace: opsPlaceOf(config),
    version: readVersion(),
  });
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
  const delivery = createDelivery({
    slack: (team) => slackPort(client(team)),
    runs: backend.runs,
    render: (outcome, subject) =>
      renderAnswer(outcome, {
        ...subject,
        canEscalate: escalation?.canPage() ?? false,
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
    escalation,
    history,
    compareWithHealthy,
    groups: createGroupStore(backend.records),
    sweeps: createSweepStore(backend.records, Date.now),
    instruments,
    debugSessions,
    syntheticChecks: createSyntheticChecks({ config, role, backend, metrics, logger, client }),
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

import type { webApi } from '@slack/bolt';
import type { OnCall } from '../bot/requests/on-call-port.ts';
import type { Requests } from '../bot/requests/ports.ts';
import { redactSideText } from '../engine/evidence/side-text.ts';
import type { Environment } from '../platform/config/environment.ts';
import type { EscalationSettings } from '../platform/config/escalation-schema.ts';
import type { SecretRef } from '../platform/config/inventory-parts.ts';
import { readSecret } from '../platform/config/read-secret.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import type { Run } from '../platform/runs/run.ts';
import { escapeMrkdwn } from '../report/block-kit/escape.ts';
import { bundleRun, uploadBundle } from './bundle-run.ts';
import { createCalendarReader } from './calendar/read-calendar.ts';
import type { Escalation, ThreadRef } from './core/escalation.ts';
import { clipToLimit } from './core/pager-text.ts';
import { answerThread } from './core/threads.ts';
import { createReportToOps, type ReportToOps } from './engine/report-to-ops.ts';
import { createHookRoutes, type HookOptions, type HookRoute } from './hooks/hook-routes.ts';
import { alertSender, type IncomingAlert } from './intake/alert.ts';
import { createAlertIndex } from './intake/alert-index.ts';
import { type TakeAlertOptions, takeAlert, takeEndedAlert } from './intake/take-alert.ts';
import type { EscalationEvent, EscalationJob } from './jobs.ts';
import { createOnCallShifts } from './on-call-shifts.ts';
import { createPager } from './pager.ts';
import { createCalendarRefresh, watchSchedules } from './schedule/refresh-calendars.ts';
import { createUserGroupSync } from './schedule/sync-user-groups.ts';
import { createSilences } from './silences.ts';
import { type ChannelRef, threadPort } from './thread/thread-port.ts';

export interface OnCallServiceOptions extends Pick<Dependencies, 'inventory' | 'logger'> {
  readonly backend: Backend;
  /** The client of a workspace; `team` is absent if there is only one. */
  readonly client: (team: string | undefined) => webApi.WebClient;
  readonly env: Environment;
  /** Called once for each history entry of a page: `paged`, `acknowledged`, `resolved` … */
  readonly onHappened: (what: string) => void;
  /** The operations channel; absent if none is set. */
  readonly opsPlace?: ChannelRef | undefined;
  readonly version: string;
}

/** The settings in force. Without any, open pages are still processed, and no new ones start. */
function followSettings(
  inventory: Pick<OnCallServiceOptions['inventory'], 'escalation'>,
  first: EscalationSettings,
): () => EscalationSettings {
  let { routes, schedules } = first;
  return () => {
    const { escalation } = inventory;
    ({ routes, schedules } = escalation ?? { routes, schedules });
    return escalation ?? { routes, schedules, order: [], policies: [] };
  };
}

/**
 * Everything about paging; undefined if the inventory has no `escalation` at start. Its settings follow the
 * inventory; if `escalation` is removed later, open pages continue with the last settings.
 */
export function createOnCallService(options: OnCallServiceOptions) {
  const { inventory, backend, client, env, logger, onHappened, opsPlace, version } = options;
  if (inventory.escalation === undefined) return undefined;
  const settings = followSettings(inventory, inventory.escalation);
  const { runs, records } = backend;
  const thread = threadPort(client, records);
  const reportToOps =
    opsPlace && createReportToOps({ place: opsPlace, records, thread, logger, now: Date.now });
  const queue = backend.openQueue<EscalationJob, null>('escalations');
  const parts = {
    settings,
    inventory,
    runs,
    records,
    queue,
    thread,
    reportToOps,
    readSecret: (ref: SecretRef) => readSecret(ref, env),
    logger,
    now: Date.now,
  };
  const escalations = createPager({ ...parts, onHappened });
  const syncUserGroups = createUserGroupSync(parts);
  const shifts = createOnCallShifts({ ...parts, onChanged: syncUserGroups });
  const readCalendar = createCalendarReader(parts);
  const schedules = watchSchedules(
    [createCalendarRefresh({ ...parts, readCalendar }), syncUserGroups],
    logger,
  );
  const silences = createSilences(parts);
  const canPage = () => inventory.escalation !== undefined;
  async function bundleTo(place: ThreadRef, run: Run, escalation: Escalation | undefined): Promise<void> {
    const { labelRoute } = escalations;
    const bundle = await bundleRun(run, { records, escalation, labelRoute, version });
    await uploadBundle(client(place.team), place, bundle);
  }

  const onCall: OnCall = {
    ...escalations,
    ...silences,
    ...shifts,
    isConfigured: canPage,
    async bundle(_act, run) {
      const thread = answerThread(run);
      if (run.outcome === undefined || thread === undefined) {
        return { kind: 'refused', reason: 'There is no answer yet.' };
      }
      await bundleTo(thread, run, await escalations.about(run.id));
      return { kind: 'attached' };
    },
    async bundleEscalation(_act, { id, channel }, ts) {
      const escalation = await escalations.findShown(id, channel);
      const run = escalation && (await runs.get(escalation.runId));
      if (run?.outcome === undefined) return false;
      await bundleTo({ channel, ts, team: run.replyTo.team }, run, escalation);
      return true;
    },
  };

  return {
    /** Whether the current inventory has `escalation`. */
    canPage,
    onAnswered: escalations.onAnswered,
    async work() {
      await escalations.work();
      schedules.start();
    },
    /** Ends what `work` started beside the queue. */
    stop: () => schedules.stop(),
    onCall,
    openPages: escalations.openPages,
    /** Webhook routes for alerts. `onEvent`: a person acknowledged or resolved at a provider. */
    hooks(
      { accept, unknownDevices }: Pick<Requests, 'accept' | 'unknownDevices'>,
      onEvent: (event: EscalationEvent, key: string) => void,
      onDelivered?: HookOptions['onDelivered'],
    ): readonly HookRoute[] {
      const alerts = () => inventory.escalation?.alerts;
      const taking: TakeAlertOptions = {
        inventory,
        get settings() {
          return alerts() ?? { channels: [], names: {} };
        },
        alertIndex: createAlertIndex(records),
        logger,
        sendNotes: (runId, alertId) => escalations.sendNotes(runId, alertId),
        findRun: (runId) => runs.get(runId),
        onNoDevice: createNoDeviceReport({
          count: (user, name) => unknownDevices.count({ user }, name),
          reportToOps,
          logger,
        }),
        async start(run) {
          const accepted = await accept(run);
          return accepted.state === 'refused' ? accepted : { state: 'accepted' };
        },
      };
      return createHookRoutes({
        ...parts,
        settings: alerts,
        takeAlert: (alert) => takeAlert(alert, taking),
        takeEndedAlert: (alert) => takeEndedAlert(alert, taking),
        mayTell: (source) => !unknownDevices.areTooMany({ user: alertSender(source) }),
        async receiveEvent(key, event, id) {
          await escalations.receiveEvent(key, event, id);
          onEvent(event, key);
        },
        onDelivered,
      });
    },
  };
}

interface NoDeviceReportOptions {
  /** Counts a name that no device has, and records it on the audit trail. False after too many of the sender. */
  readonly count: (sender: string, name: string) => boolean;
  /** Absent if no operations channel is set. */
  readonly reportToOps: ReportToOps | undefined;
  readonly logger: Logger;
}

const REPEAT_INTERVAL_MS = 24 * 3_600_000;
const MAX_TITLE = 200;

/**
 * Counts alerts that name no device. Once there are too many of a source, the operations channel is told, once a day:
 * either devices are missing from the inventory, or a person tries names. Never rejects.
 */
function createNoDeviceReport(options: NoDeviceReportOptions): (alert: IncomingAlert) => Promise<void> {
  const { count, reportToOps, logger } = options;
  return async ({ source, title, device, names, words = [] }) => {
    // The name may be any word of the title, and is recorded.
    const [name = ''] = redactSideText([device ?? '', ...names, ...words].join(' ').trim()).split(' ');
    if (count(alertSender(source), name)) return;
    logger.warn({ source, title }, 'too many alerts name no device of the inventory');
    const text =
      `More than ten alerts from \`${source}\` in ten minutes name no device of the inventory, the last one: ` +
      `${escapeMrkdwn(clipToLimit(title, MAX_TITLE))}. Such alerts start no check. Alerts about known devices are still ` +
      'checked, but until this is over the answers of the webhook do not say which devices exist.';
    await reportToOps?.({ key: `alert-look-ups/${source}`, text, keepMs: REPEAT_INTERVAL_MS }).catch(
      (error: unknown) =>
        logger.warn({ err: error }, 'operations were not told about alerts without a device'),
    );
  };
}

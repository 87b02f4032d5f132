import { type AlertSettings, listsDevice } from '../../config/escalation-types.ts';
import type { Inventory } from '../../config/inventory-types.ts';
import type { FtmError } from '../../ftm-error.ts';
import type { Logger } from '../../observe/logger.ts';
import type { CheckJob } from '../../runs/queue-job.ts';
import type { Run } from '../../runs/run.ts';
import type { ThreadRef } from '../core/escalation.ts';
import type { AlertTaken, IncomingAlert } from './alert.ts';
import type { AlertIndex } from './alert-index.ts';
import { findAlertedDevice } from './find-alerted-device.ts';

/** Accepts a run with the same authorisation as any other: a channel gets only what it may request itself. */
export type StartRun = (
  run: Omit<CheckJob, 'acceptedAt'>,
) => Promise<{ readonly state: 'accepted' } | { readonly state: 'refused'; readonly error: FtmError }>;

export interface TakeAlertOptions {
  readonly inventory: Inventory;
  /** Maps channels to the devices whose alerts they get. */
  readonly channels: AlertSettings['channels'];
  readonly alertIndex: AlertIndex;
  readonly start: StartRun;
  /** Writes the findings into the incidents of the run's alerts, now or when there is an answer. */
  readonly sendNotes: (runId: string, alertId: string) => Promise<void>;
  /** The stored run and the thread of its answer. */
  readonly findRun: (runId: string) => Promise<{ readonly run: Run; readonly thread: ThreadRef } | undefined>;
  readonly logger: Logger;
}

const SOURCES = { alertmanager: 'Alertmanager', pagerduty: 'PagerDuty', generic: 'An alert' } as const;
const MAX_TITLE = 80;

/**
 * An alert that names a device of the inventory starts a check of it, or joins the one that another alert started.
 * Rejects only if the request could not be stored, so that the provider sends it again.
 */
export async function takeAlert(alert: IncomingAlert, options: TakeAlertOptions): Promise<AlertTaken> {
  const { inventory, channels, alertIndex, start, sendNotes, logger } = options;
  const device = findAlertedDevice(inventory, alert.names);
  if (device === undefined) return { kind: 'ignored', reason: 'it contains no device of the inventory' };
  const { alias } = device;
  const runId = alertIndex.runIdOf(alert, alias);

  /** The person behind the incident is told, and not only the sender of the webhook. */
  async function refuse(reason: string): Promise<AlertTaken> {
    await alertIndex.record(runId, alert, { refused: reason });
    await sendNotes(runId, alert.id);
    return { kind: 'ignored', reason };
  }

  const place = channels.find(({ devices }) => listsDevice(devices, device));
  if (place === undefined) return await refuse(`no channel is mapped for ${alias}`);
  const checkedBy = await alertIndex.claimCheck(alias, runId);
  if (checkedBy !== runId) {
    const isJoined = await alertIndex.join(checkedBy, alert, runId);
    if (!isJoined) return { kind: 'ignored', reason: `too many alerts about ${alias}` };
    await sendNotes(checkedBy, alert.id);
    return { kind: 'joined', alias, runId: checkedBy };
  }
  await alertIndex.record(runId, alert);
  const started = await start({
    runId,
    asker: { id: `alert:${alert.source}`, name: `${SOURCES[alert.source]} (${title(alert)})` },
    replyTo: { channel: place.channel, ...(place.team === undefined ? {} : { team: place.team }) },
    kind: 'check',
    alias,
  });
  if (started.state === 'accepted') return { kind: 'started', alias, runId };
  logger.warn(
    { alias, source: alert.source, code: started.error.code },
    'an alert is not allowed to start a check',
  );
  if (started.error.retryable) throw started.error;
  return await refuse(started.error.message);
}

/** An alert that has ended: its device is checked again, in the thread of the first answer. */
export async function takeEndedAlert(alert: IncomingAlert, options: TakeAlertOptions): Promise<AlertTaken> {
  const { inventory, alertIndex, start, findRun } = options;
  const device = findAlertedDevice(inventory, alert.names);
  if (device === undefined) return { kind: 'ignored', reason: 'it contains no device of the inventory' };
  const { alias } = device;
  const known = await findRun(await alertIndex.checkedBy(alertIndex.runIdOf(alert, alias)));
  if (known === undefined) return { kind: 'ignored', reason: 'it started no check that is known' };
  const runId = `${known.run.id}-over`;
  const checkedBy = await alertIndex.claimCheck(alias, runId, 'over');
  if (checkedBy !== runId) return { kind: 'joined', alias, runId: checkedBy };
  await alertIndex.record(runId, alert, { over: true });
  const { channel, ts, team } = known.thread;
  const started = await start({
    runId,
    asker: { id: `alert:${alert.source}`, name: `${SOURCES[alert.source]}: it is over (${title(alert)})` },
    replyTo: { channel, thread: ts, team },
    kind: 'check',
    alias,
    comparesTo: known.run.id,
  });
  if (started.state === 'accepted') return { kind: 'started', alias, runId };
  if (started.error.retryable) throw started.error;
  return { kind: 'ignored', reason: started.error.message };
}

function title(alert: IncomingAlert): string {
  return alert.title.slice(0, MAX_TITLE);
}

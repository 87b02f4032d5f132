import type { FtmError } from '../../engine/ftm-error.ts';
import type { AlertSettings } from '../../platform/config/escalation-schema.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { CheckJob } from '../../platform/runs/queue-job.ts';
import { ALERT_ASKER, type Run } from '../../platform/runs/run.ts';
import { answerThread } from '../core/threads.ts';
import type { AlertTaken, IncomingAlert } from './alert.ts';
import type { AlertIndex } from './alert-index.ts';
import { findAlertedDevice } from './find-alerted-device.ts';

/** Accepts a run with the same authorisation as any other: a channel gets only what it may request itself. */
export type StartRun = (
  run: Omit<CheckJob, 'acceptedAt'>,
) => Promise<{ readonly state: 'accepted' } | { readonly state: 'refused'; readonly error: FtmError }>;

export interface TakeAlertOptions extends Pick<Dependencies, 'inventory' | 'logger'> {
  /** Maps channels to the devices whose alerts they get, and names of alerts to devices. */
  readonly settings: Pick<AlertSettings, 'channels' | 'names' | 'labels'>;
  readonly alertIndex: AlertIndex;
  readonly start: StartRun;
  /** Writes the findings into the incidents of the run's alerts, now or when there is an answer. */
  readonly sendNotes: (runId: string, alertId: string) => Promise<void>;
  readonly findRun: (runId: string) => Promise<Run | undefined>;
  /** Called with an alert that names no device of the inventory. Never rejects. */
  readonly onNoDevice: (alert: IncomingAlert) => Promise<void>;
}

const SOURCES = { alertmanager: 'Alertmanager', pagerduty: 'PagerDuty', generic: 'An alert' } as const;
const MAX_TITLE = 80;
const NO_DEVICE: AlertTaken = { kind: 'ignored', reason: 'it contains no device of the inventory' };

/**
 * An alert starts a check of the device that it names, or joins the one that another alert started. Rejects only if a
 * request could not be stored, so that the provider sends it again.
 */
export async function takeAlert(alert: IncomingAlert, options: TakeAlertOptions): Promise<AlertTaken> {
  const { inventory, settings, alertIndex } = options;
  const found = findAlertedDevice(inventory, alert, settings);
  if (found.kind === 'device') return await takeForDevice(alert, found.device, options);
  if (found.kind === 'ambiguous')
    return await refuse(alert, alertIndex.alertRunId(alert, ''), found.reason, options);
  await options.onNoDevice(alert);
  return NO_DEVICE;
}

/** The person behind the incident is told, and not only the sender of the webhook. */
async function refuse(
  alert: IncomingAlert,
  runId: string,
  reason: string,
  { alertIndex, sendNotes }: TakeAlertOptions,
): Promise<AlertTaken> {
  await alertIndex.record(runId, alert, { refused: reason });
  await sendNotes(runId, alert.id);
  return { kind: 'ignored', reason };
}

async function takeForDevice(
  alert: IncomingAlert,
  device: Device,
  options: TakeAlertOptions,
): Promise<AlertTaken> {
  const { settings, alertIndex, sendNotes, findRun } = options;
  const { alias } = device;
  const runId = alertIndex.alertRunId(alert, alias);
  const refuseWith = (reason: string) => refuse(alert, runId, reason, options);

  const place = settings.channels.find(({ devices }) => listsDevice(devices, device));
  if (place === undefined) return await refuseWith(`no channel is mapped for ${alias}`);
  // The same alert again, maybe hours later: a claim for its old run would make other alerts join that one.
  if ((await findRun(runId)) !== undefined) return { kind: 'started', alias, runId };
  const checkedBy = await alertIndex.claimCheck(alias, runId);
  const isFirst = checkedBy === runId;
  if (isFirst) await alertIndex.record(runId, alert);
  else if (!(await alertIndex.join(checkedBy, alert, runId)))
    return await refuseWith(`more alerts about ${alias} than can join one check`);
  const { channel, team } = place;
  const start = async (): Promise<string | undefined> => {
    const check = { runId: checkedBy, alias, replyTo: { channel, team } };
    const reason = await startCheck(alert, check, options);
    return reason && `${alias} is not checked for alerts in ${channel}: ${reason}`;
  };
  const refused = isFirst ? await start() : await ensureCheck(checkedBy, start, options);
  if (refused !== undefined) return await refuseWith(refused);
  if (isFirst) return { kind: 'started', alias, runId };
  await sendNotes(checkedBy, alert.id);
  return { kind: 'joined', alias, runId: checkedBy };
}

type NewCheck = Pick<CheckJob, 'runId' | 'alias' | 'replyTo' | 'comparesTo'>;

/** Returns why the check may not be started; rejects if it could not be stored. */
async function startCheck(
  { source, title }: IncomingAlert,
  check: NewCheck,
  { start, logger }: TakeAlertOptions,
): Promise<string | undefined> {
  const about = check.comparesTo === undefined ? '' : ': it is over';
  const name = `${SOURCES[source]}${about} (${title.slice(0, MAX_TITLE)})`;
  const started = await start({ ...check, asker: { id: `${ALERT_ASKER}${source}`, name }, kind: 'check' });
  if (started.state === 'accepted') return undefined;
  const { error } = started;
  logger.warn({ alias: check.alias, source, code: error.code }, 'an alert is not allowed to start a check');
  if (error.retryable) throw error;
  return error.message;
}

/**
 * The alert that claimed the check may have failed before it started it, and its sender may have given up. A check that
 * is there already is not started again, because its id is the same.
 */
async function ensureCheck(
  runId: string,
  start: () => Promise<string | undefined>,
  { findRun, alertIndex }: TakeAlertOptions,
): Promise<string | undefined> {
  if ((await findRun(runId)) !== undefined) return undefined;
  const [first] = await alertIndex.list(runId);
  return first?.refused ?? (await start());
}

/** An alert that has ended: its device is checked again, in the thread of the first answer. */
export async function takeEndedAlert(alert: IncomingAlert, options: TakeAlertOptions): Promise<AlertTaken> {
  const found = findAlertedDevice(options.inventory, alert, options.settings);
  if (found.kind === 'device') return await checkAgain(alert, found.device, options);
  if (found.kind === 'ambiguous') return { kind: 'ignored', reason: found.reason };
  await options.onNoDevice(alert);
  return NO_DEVICE;
}

async function checkAgain(
  alert: IncomingAlert,
  { alias }: Device,
  options: TakeAlertOptions,
): Promise<AlertTaken> {
  const { alertIndex, findRun } = options;
  const own = alertIndex.alertRunId(alert, alias);
  const known = await findRun(await alertIndex.checkedBy(own));
  if (known === undefined) return { kind: 'ignored', reason: 'it started no check that is known' };
  const thread = answerThread(known);
  // While Slack is away there is no thread yet, and the second answer opens one of its own.
  if (thread === undefined && known.answeredAt !== undefined) {
    return { kind: 'ignored', reason: 'its first answer is not in Slack' };
  }
  const runId = await alertIndex.claimRecheck(known.id, `${own}-over`);
  // Alerts of one check end together: its thread says once whether the cause is gone.
  if (runId !== `${own}-over` && (await findRun(runId)) !== undefined) {
    return { kind: 'joined', alias, runId };
  }
  await alertIndex.record(runId, alert, { over: true });
  const { team, channel } = known.replyTo;
  const replyTo = { channel, thread: thread?.ts, team };
  const reason = await startCheck(alert, { runId, alias, replyTo, comparesTo: known.id }, options);
  return reason === undefined ? { kind: 'started', alias, runId } : { kind: 'ignored', reason };
}

import { type AlertSettings, listsDevice } from '../../config/escalation-types.ts';
import { findDevice } from '../../config/find-device.ts';
import type { Device, Inventory } from '../../config/inventory-types.ts';
import type { FtmError } from '../../ftm-error.ts';
import type { Logger } from '../../observe/logger.ts';
import type { CheckJob } from '../../runs/queue-job.ts';
import type { AlertTaken, IncomingAlert } from './alert.ts';
import type { AlertIndex } from './alert-index.ts';

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
  readonly logger: Logger;
}

const SOURCES = { alertmanager: 'Alertmanager', pagerduty: 'PagerDuty', generic: 'An alert' } as const;
const MAX_TITLE = 80;

/**
 * An alert that names a device of the inventory starts a check of it. Rejects only if the request could not be
 * stored, so that the provider sends it again.
 */
export async function takeAlert(alert: IncomingAlert, options: TakeAlertOptions): Promise<AlertTaken> {
  const { inventory, channels, alertIndex, start, logger } = options;
  const device = deviceNamed(inventory, alert.names);
  if (device === undefined) return { kind: 'ignored', reason: 'it contains no device of the inventory' };
  const { alias } = device;
  const channel = channels.find(({ devices }) => listsDevice(devices, device))?.channel;
  if (channel === undefined) return { kind: 'ignored', reason: `no channel is mapped for ${alias}` };
  const runId = alertIndex.runIdOf(alert, alias);
  if (!(await alertIndex.mayCheck(alias, runId))) {
    return { kind: 'ignored', reason: `${alias} was just checked because of an alert` };
  }
  await alertIndex.record(runId, alert);
  const name = `${SOURCES[alert.source]} (${alert.title.slice(0, MAX_TITLE)})`;
  const started = await start({
    runId,
    asker: { id: `alert:${alert.source}`, name },
    replyTo: { channel },
    kind: 'check',
    alias,
  });
  if (started.state === 'accepted') return { kind: 'started', alias, runId };
  logger.warn(
    { alias, source: alert.source, code: started.error.code },
    'an alert is not allowed to start a check',
  );
  if (started.error.retryable) throw started.error;
  return { kind: 'ignored', reason: started.error.message };
}

/** Looks up the alias first, then the address; `192.0.2.1:9100` names its host. */
function deviceNamed(inventory: Inventory, names: readonly string[]): Device | undefined {
  for (const name of names) {
    const host = withoutPort(name.trim());
    const device =
      findDevice(inventory, host) ??
      [...inventory.devices.values()].find(({ address }) => address.toLowerCase() === host.toLowerCase());
    if (device !== undefined) return device;
  }
  return undefined;
}

function withoutPort(name: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(name)?.[1];
  return bracketed ?? name.replace(/^([^:]+):\d{1,5}$/, '$1');
}

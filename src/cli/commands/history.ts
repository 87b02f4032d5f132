import type { DeviceChecks } from '../../platform/runs/past-check.ts';
import { createDeviceHistory, type DeviceHistory } from '../../platform/store/device-history.ts';
import { readHistories } from '../../platform/store/read-histories.ts';
import { HISTORY_DAYS } from '../../report/documents/history/days.ts';
import { HISTORY_SCHEMA_ID } from '../../report/documents/history/history-schema.ts';
import { deviceHistoryText, fleetHistoryText } from '../../report/documents/history/render-history-text.ts';
import { EXIT } from '../process/exit-status.ts';
import { withBackend } from '../program/with-backend.ts';
import { type Io, printData, printJson } from '../terminal/io.ts';

export interface HistoryOptions {
  readonly days?: number;
  readonly json?: boolean;
}

const DAY_MS = 24 * 3_600_000;

/** Prints the verdicts of a device, or of all devices that were checked. */
export async function history(
  alias: string | undefined,
  { days = HISTORY_DAYS, json = false }: HistoryOptions,
  io: Io,
): Promise<number> {
  const until = io.now();
  const devices = await withBackend(io, 'the history is stored there.', async ({ records }) => {
    const store = createDeviceHistory(records, { keepMs: days * DAY_MS, now: io.now });
    return alias === undefined ? await allDevices(store) : [{ alias, checks: await store.of(alias) }];
  });
  const [first] = devices;
  if (json) await printJson(io.stdout, JSON.stringify({ schema: HISTORY_SCHEMA_ID, devices }, null, 2));
  else if (alias !== undefined && first !== undefined)
    await printData(io.stdout, deviceHistoryText(first, { until, days }));
  else await printData(io.stdout, fleetHistoryText(devices, { until, days }));
  return EXIT.healthy;
}

async function allDevices(store: DeviceHistory): Promise<readonly DeviceChecks[]> {
  return await readHistories(await store.devices(), store);
}

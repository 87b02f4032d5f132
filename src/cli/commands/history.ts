import { existsSync } from 'node:fs';
import { loadInventory } from '../../platform/config/inventory.ts';
import { findDevice } from '../../platform/config/listed-devices.ts';
import { createDeviceHistory } from '../../platform/store/device-history.ts';
import { readHistories } from '../../platform/store/read-histories.ts';
import { HISTORY_DAYS } from '../../report/documents/history/days.ts';
import { createCheckHistory, createFleetHistory } from '../../report/documents/history/history.ts';
import { HISTORY_SCHEMA_ID } from '../../report/documents/history/history-schema.ts';
import { EXIT } from '../process/exit-status.ts';
import { withBackend } from '../program/with-backend.ts';
import { type Io, printJson } from '../terminal/io.ts';
import { printDocument } from '../terminal/print-document.ts';

export interface HistoryOptions {
  /** Path of the inventory, which has the customer and the site of a device; the file may be missing. */
  readonly inventory: string;
  readonly days?: number;
  readonly json?: boolean;
}

const DAY_MS = 24 * 3_600_000;

/** Prints the verdicts of a device, or of all devices that were checked. */
export async function history(
  alias: string | undefined,
  { inventory: path, days = HISTORY_DAYS, json = false }: HistoryOptions,
  io: Io,
): Promise<number> {
  const until = io.now();
  const inventory = existsSync(path) ? await loadInventory(path, { env: io.env }) : undefined;
  const devices = await withBackend(io, 'the history is stored there.', async ({ records }) => {
    const store = createDeviceHistory(records, { keepMs: days * DAY_MS, now: io.now });
    const aliases = alias === undefined ? await store.devices() : [alias];
    const named = aliases.map((each) => (inventory && findDevice(inventory, each)) ?? { alias: each });
    return await readHistories(named, store);
  });
  const [first] = devices;
  if (json) await printJson(io.stdout, JSON.stringify({ schema: HISTORY_SCHEMA_ID, devices }, null, 2));
  else {
    const period = { until, days };
    const isOne = alias !== undefined && first !== undefined;
    const document = isOne ? createCheckHistory(first, period) : createFleetHistory(devices, period);
    await printDocument(document, { width: Infinity }, io);
  }
  return EXIT.healthy;
}

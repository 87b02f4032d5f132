import { FtmError } from '../../engine/ftm-error.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { findListedDevices } from '../../platform/config/listed-devices.ts';
import { createDeviceHistory } from '../../platform/store/device-history.ts';
import { readHistories } from '../../platform/store/read-histories.ts';
import { createMonthReport, readMonth, renderMonthCsv } from '../../report/documents/history/month-report.ts';
import { printable } from '../../report/documents/printable.ts';
import { EXIT } from '../process/exit-status.ts';
import { withBackend } from '../program/with-backend.ts';
import { type Io, printData } from '../terminal/io.ts';
import { printDocument } from '../terminal/print-document.ts';

export interface ReportOptions {
  readonly inventory: string;
  /** `2026-11`; default: the current month. */
  readonly month?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'csv';
}

/** Prints the checks of a month of the devices with a name as in `findListedDevices`, and of no other device. */
export async function report(
  name: string,
  { inventory: path, month: asked, format }: ReportOptions,
  io: Io,
): Promise<number> {
  const text = asked ?? new Date(io.now()).toISOString().slice(0, 7);
  const month = readMonth(text);
  if (month === undefined)
    throw new FtmError('ftm_usage', `${printable(text)} is not a month such as 2026-11.`);
  const inventory = await loadInventory(path, { env: io.env });
  const named = findListedDevices(inventory.devices.values(), name.replace(/^group:/, ''));
  if (named.length === 0)
    throw new FtmError('ftm_usage', `The inventory has no device of ${printable(name)}.`, {
      advice: 'Name a customer as in `customer:NAME`, a site, a group or a device.',
    });
  const devices = await withBackend(io, 'the history is stored there.', async ({ records }) => {
    const store = createDeviceHistory(records, { keepMs: Number.POSITIVE_INFINITY, now: io.now });
    return await readHistories(named, store);
  });
  if (format === 'csv') await printData(io.stdout, `${renderMonthCsv(devices, month)}\r\n`);
  else {
    const title = name.replace(/^(?:customer|site|group):/, '');
    await printDocument(createMonthReport(title, devices, month), { format }, io);
  }
  return EXIT.healthy;
}

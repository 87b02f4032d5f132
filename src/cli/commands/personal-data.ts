import { FtmError } from '../../engine/ftm-error.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { findListedDevices } from '../../platform/config/listed-devices.ts';
import type { DataKind } from '../../platform/runs/data-kinds.ts';
import { exportData, type ForgottenData, forgetData } from '../../platform/store/personal-data.ts';
import { EXPORT_SCHEMA_ID } from '../../report/documents/export-schema.ts';
import { plural, printable } from '../../report/documents/printable.ts';
import { EXIT } from '../process/exit-status.ts';
import { recordAct } from '../process/record-act.ts';
import { withGateway } from '../program/with-backend.ts';
import { type Io, print, printData, printJson } from '../terminal/io.ts';

export interface ExportOptions {
  /** The path of the inventory, which has the devices of a group, customer or site. */
  readonly inventory: string;
}

export interface ForgetOptions extends ExportOptions {
  readonly dryRun?: boolean;
}

const WHY = 'what it stores is there.';
/** Of all keys of the bot. */
const PREFIX = '{ftm}';
/** A shorter name would be found in nearly every text. */
const MIN_NAME = 3;

const NOT_TOUCHED = [
  'Not touched, because it is not in Redis:',
  '  the audit trail: each line proves the one before it; it names devices and Slack ids, and ends when you delete its old files',
  '  messages and files in Slack, logs, pages at a provider, and folders that people saved',
].join('\n');

/** Removes what is stored about a device, the devices of a customer, a Slack user or a FortiGate user. Rejects with `ftm_usage` and `ftm_queue_unavailable`. */
export async function forget(
  name: string,
  { dryRun = false, inventory }: ForgetOptions,
  io: Io,
): Promise<number> {
  const subjects = await listSubjects(name, inventory, io);
  const found = await withGateway(io, WHY, async (gateway) => {
    if (!dryRun) recordAct(io, { verb: 'forget', name });
    return await forgetData(gateway, PREFIX, subjects, { dryRun, now: io.now() });
  });
  const open = `${plural(found.running.length, 'run')} about ${name} is not answered yet.`;
  if (found.running.length > 0 && !dryRun)
    throw new FtmError('ftm_usage', open, {
      advice: 'Nothing was removed. Wait for the answer, or cancel it, and try again.',
    });
  await printData(io.stdout, forgetText(name, found, dryRun));
  await print(io.stderr, NOT_TOUCHED);
  return EXIT.healthy;
}

/** Prints what is stored about a device, a Slack user or a FortiGate user as JSON. */
export async function exportStored(name: string, { inventory }: ExportOptions, io: Io): Promise<number> {
  const subjects = await listSubjects(name, inventory, io);
  const records = await withGateway(io, WHY, async (gateway) => {
    recordAct(io, { verb: 'export', name });
    return await exportData(gateway, PREFIX, subjects);
  });
  const at = new Date(io.now()).toISOString();
  await printJson(io.stdout, JSON.stringify({ schema: EXPORT_SCHEMA_ID, about: name, at, records }, null, 2));
  return EXIT.healthy;
}

/** `group:NAME`, `customer:NAME` and `site:NAME` are that name and the devices with it. */
async function listSubjects(name: string, path: string, { env }: Io): Promise<readonly string[]> {
  if (name.trim().length < MIN_NAME) {
    const shown = JSON.stringify(name);
    throw new FtmError('ftm_usage', `${shown} is too short: names have at least three characters.`);
  }
  if (!/^(?:group|customer|site):/.test(name)) return [name];
  const { devices } = await loadInventory(path, { env });
  const found = findListedDevices(devices.values(), name.replace(/^group:/, ''));
  if (found.length > 0) return [name, ...found.map(({ alias }) => alias)];
  throw new FtmError('ftm_usage', `The inventory has no device of ${printable(name)}.`);
}

function forgetText(name: string, { removed, rewritten, kept }: ForgottenData, dryRun: boolean): string {
  const [did, changed] = dryRun ? ['Would remove', 'Would replace'] : ['Removed', 'Replaced'];
  const of = (counts: ReadonlyMap<DataKind, number>) =>
    [...counts]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([kind, count]) => `${count} ${kind}`);
  const lines = [
    ...(removed.size === 0 ? [] : [`${did}: ${of(removed).join(', ')}`]),
    ...(rewritten.size === 0 ? [] : [`${changed} by "forgotten": ${of(rewritten).join(', ')}`]),
    ...kept.map(({ key, reason }) => `Kept ${printable(key)}: ${reason}`),
  ];
  return lines.length === 0 ? `Nothing is stored about ${printable(name)}.` : lines.join('\n');
}

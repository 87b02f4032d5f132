import { nearNames } from '../../engine/fortios/near-names.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { findListedDevices, listGroups } from '../../platform/config/listed-devices.ts';
import { compareWithBaseline, rulesBefore } from '../../report/documents/cases/baseline.ts';
import { type CaseRow, failedRow, sortRows, toCaseRow } from '../../report/documents/cases/case-row.ts';
import { statusOfNew, statusOfRows } from '../../report/documents/cases/count-rows.ts';
import { plural } from '../../report/documents/printable.ts';
import { type DevicePart, devicePart, failedDevicePart } from '../../report/formats/html/render-html.ts';
import { printCases } from '../each/print-cases.ts';
import { limitBaseline, readBaselineFile } from '../each/read-baseline-file.ts';
import { checkFleet, type FleetResult } from '../fleet/check-fleet.ts';
import { EXIT, statusOfError } from '../process/exit-status.ts';
import { type CheckOptions, fleetFormat } from '../program/options.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { type DeviceDirectory, openDeviceDirectory } from './named-device.ts';

/** Kind of a case, in the words of the table. */
const WHAT = 'device';

/** One table of several devices, the worst first. Rejects with `ftm_usage`, `ftm_unknown_device` or `ftm_inventory_*`. */
export async function checkSeveral(hosts: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  refuseSingleOptions(options);
  const format = fleetFormat(options.format);
  const { group: groups, all, user, vdom, upgradeTo, concurrency, saveEvidence } = options;
  const selection = { hosts, groups, all };
  refuseEmptySelection(selection);
  if (all && hosts.length > 0) throw new FtmError('ftm_usage', '--all is every device, so it takes no HOST.');
  const directory = await openDeviceDirectory(options, io);
  const devices = selectDevices(selection, directory);
  const before = options.baseline === undefined ? undefined : await readBaselineFile(options.baseline);
  const baseline =
    before && !all ? limitBaseline(before, devices, directory.inventory?.devices.values()) : before;
  const numbers = new Map(devices.map(({ alias }, index) => [alias, index + 1]));
  const rows: CaseRow[] = [];
  const sections = new Map<string, DevicePart>();
  await checkFleet(
    { devices, user, vdom, upgradeTo, concurrency, saveEvidence },
    (result) => {
      const { alias } = result.device;
      rows.push(toRow(result, baseline && rulesBefore(baseline, alias)));
      if (format === 'html') sections.set(alias, toPart(result, numbers.get(alias) ?? 0));
    },
    io,
  );
  const read = sortRows(rows);
  const { rows: sorted, since } =
    baseline === undefined ? { rows: read, since: undefined } : compareWithBaseline(read, baseline);
  const isInterrupted = io.signal.aborted && rows.length < devices.length;
  await printCases(sorted, { format, what: WHAT, since, sections, isInterrupted }, io);
  const status = baseline === undefined ? statusOfRows(sorted) : statusOfNew(sorted);
  if (!isInterrupted) return status;
  printNow(io.stderr, `Interrupted: ${rows.length} of ${plural(devices.length, WHAT)} read.`);
  return status === EXIT.findings ? EXIT.findings : EXIT.unreachable;
}

interface DeviceSelection extends Pick<CheckOptions, 'all'> {
  /** Aliases, or hosts of the SSH configuration. */
  readonly hosts: readonly string[];
  readonly groups: readonly string[];
}

/** Each selected device once. Throws `ftm_unknown_device` or `ftm_usage` before any of them is connected. */
function selectDevices(selection: DeviceSelection, directory: DeviceDirectory): readonly Device[] {
  const { hosts, groups, all } = selection;
  const { named, inventory } = directory;
  const known = [...(inventory?.devices.values() ?? [])];
  const selected = [
    ...hosts.map(named),
    ...groups.flatMap((group) => listDevices(group, known)),
    ...(all ? known : []),
  ];
  const devices = [...new Map(selected.map((device) => [device.alias, device])).values()];
  if (devices.length > 0) return devices;
  throw new FtmError('ftm_usage', 'The inventory holds no device.');
}

/** Throws `ftm_usage` if no device is selected. */
function refuseEmptySelection({ hosts, groups, all }: DeviceSelection): void {
  if (hosts.length > 0 || groups.length > 0 || all) return;
  throw new FtmError('ftm_usage', 'There is nothing to check: no device is named.', {
    advice: 'Try `ftm-check check HOST`, `ftm-check check --group NAME` or `ftm-check check --all`.',
  });
}

function listDevices(group: string, known: readonly Device[]): readonly Device[] {
  const devices = findListedDevices(known, group);
  if (devices.length > 0) return devices;
  const near = nearNames([...new Set(known.flatMap(listGroups))], group);
  throw new FtmError(
    'ftm_usage',
    `The inventory has no device in a group, customer: or site: named ${group}.`,
    {
      advice: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Groups are listed in the inventory.',
    },
  );
}

/** These are about one device: its login, its session, its account. */
function refuseSingleOptions({ live, dryRun, transcript, transcriptRaw, compare }: CheckOptions): void {
  const given = [
    ...(live === undefined ? [] : ['--live']),
    ...(dryRun ? ['--dry-run'] : []),
    ...(transcript === undefined ? [] : ['--transcript']),
    ...(compare === undefined ? [] : ['--compare']),
    ...(transcriptRaw ? ['--transcript-raw'] : []),
  ];
  if (given.length === 0) return;
  throw new FtmError('ftm_usage', `${given.join(' and ')} can be used for one device only.`, {
    advice: 'Name one HOST, without --group and --all.',
  });
}

function toRow(result: FleetResult, before: readonly string[] | undefined): CaseRow {
  const { alias } = result.device;
  if ('diagnosis' in result) return toCaseRow(alias, result.diagnosis, before);
  const { message, code } = result.error;
  return failedRow(alias, message, statusOfError(code), result.device);
}

function toPart(result: FleetResult, number: number): DevicePart {
  const { alias } = result.device;
  if ('error' in result) {
    const { message, advice } = result.error;
    return failedDevicePart(alias, number, advice === undefined ? [message] : [message, advice]);
  }
  const { diagnosis, evidence, tookMs } = result;
  return devicePart(diagnosis, { alias, number, tookMs, evidence });
}

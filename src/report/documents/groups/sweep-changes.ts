import { findingKey } from '../../../engine/diagnosis/compare.ts';
import type { MemberFinding, MemberRow, SweepBaseline, SweptDevice } from '../../../platform/runs/group.ts';

/** What changed since the sweep before. */
export interface SweepChanges {
  /** Devices with findings that they did not have. */
  readonly fresh: readonly { readonly row: MemberRow; readonly findings: readonly MemberFinding[] }[];
  /** Devices whose findings are gone: the rule was judged again, and is not broken. */
  readonly resolved: readonly { readonly row: MemberRow; readonly titles: readonly string[] }[];
  /** Devices that could be read before, and cannot now. */
  readonly unreachable: readonly MemberRow[];
  readonly reachableAgain: readonly MemberRow[];
  readonly skipped: readonly MemberRow[];
}

/** Whether a rule was judged on a device, and is not broken there. */
export type IsFine = (row: MemberRow, rule: string) => Promise<boolean>;

/**
 * Compares a sweep with the one before. A finding counts as resolved only if its rule was judged; where that was not
 * possible, it is neither resolved nor new the next time. A device that was not read keeps its findings. `devices`: to
 * compare the next sweep with.
 */
export async function compareSweeps(
  before: SweepBaseline,
  rows: readonly MemberRow[],
  isFine: IsFine,
): Promise<{ readonly changes: SweepChanges; readonly devices: readonly SweptDevice[] }> {
  const known = new Map(before.devices.map((device) => [device.name, device]));
  const changes = {
    fresh: [] as { row: MemberRow; findings: readonly MemberFinding[] }[],
    resolved: [] as { row: MemberRow; titles: readonly string[] }[],
    unreachable: [] as MemberRow[],
    reachableAgain: [] as MemberRow[],
    skipped: rows.filter(({ state }) => state === 'skipped'),
  };
  const devices: SweptDevice[] = [];
  for (const row of rows) {
    const old = known.get(row.name) ?? { name: row.name, findings: [], isRead: true };
    if (row.state === 'skipped') {
      devices.push(old);
      continue;
    }
    if (row.state === 'failed') {
      if (old.isRead) changes.unreachable.push(row);
      devices.push({ ...old, isRead: false });
      continue;
    }
    if (!old.isRead) changes.reachableAgain.push(row);
    const had = new Set(old.findings.map(findingKey));
    const has = new Set(row.findings.map(findingKey));
    const fresh = row.findings.filter((finding) => !had.has(findingKey(finding)));
    if (fresh.length > 0) changes.fresh.push({ row, findings: fresh });
    const gone = old.findings.filter((finding) => !has.has(findingKey(finding)));
    const fine = await Promise.all(gone.map(({ rule }) => isFine(row, rule)));
    const titles = gone.flatMap(({ title }, index) => (fine[index] ? [title] : []));
    if (titles.length > 0) changes.resolved.push({ row, titles });
    const kept = gone.filter((_, index) => !fine[index]);
    devices.push({ name: row.name, findings: [...row.findings.map(toBaseline), ...kept], isRead: true });
  }
  return { changes, devices };
}

/** What is stored of the first sweep. */
export function firstBaseline(rows: readonly MemberRow[]): readonly SweptDevice[] {
  return rows
    .filter(({ state }) => state !== 'skipped')
    .map(({ name, findings, state }) => ({
      name,
      findings: findings.map(toBaseline),
      isRead: state !== 'failed',
    }));
}

/** Skipped devices alone are no reason to post. */
export function hasChanges({ fresh, resolved, unreachable, reachableAgain }: SweepChanges): boolean {
  return [fresh, resolved, unreachable, reachableAgain].some((list) => list.length > 0);
}

function toBaseline({ rule, title, device }: MemberFinding): SweptDevice['findings'][number] {
  return { rule, title, device };
}

const MAX_CAUSES = 10;
const MAX_DEVICES = 10;

/** The first devices of the first causes; the same cause of another customer or site is another one, as it is for pages. */
export function firstOfEachCause(fresh: SweepChanges['fresh']): SweepChanges['fresh'] {
  const causes = Map.groupBy(fresh, ({ row: { findings, customer, site } }) =>
    JSON.stringify([findings[0]?.rule, customer, site]),
  );
  return [...causes.values()].slice(0, MAX_CAUSES).flatMap((devices) => devices.slice(0, MAX_DEVICES));
}

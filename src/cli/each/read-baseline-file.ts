import { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { type Baseline, readBaseline } from '../../report/documents/cases/baseline.ts';
import { readTextFile } from '../evidence/read-evidence.ts';

/** Rejects with `ftm_usage`. */
export async function readBaselineFile(path: string): Promise<Baseline> {
  const baseline = readBaseline(await readTextFile(path));
  if (baseline !== undefined) return baseline;
  throw new FtmError('ftm_usage', `${path} is not a baseline.`, {
    advice: 'A baseline is the output of `analyze --each` or `check --group NAME` with `--format json`.',
  });
}

/**
 * The cases of a baseline that a check of these devices is about: theirs, and those of their customers that the
 * inventory does not have. No other customer's device is named beside them.
 */
export function limitBaseline(
  baseline: Baseline,
  checked: readonly Device[],
  known: Iterable<Device> = [],
): Baseline {
  const names = new Set(checked.map(({ alias }) => alias));
  const customers = new Set(checked.map(({ customer }) => customer));
  const others = new Set([...known].map(({ alias }) => alias).filter((alias) => !names.has(alias)));
  const isMeant = (name: string, customer: string | undefined) =>
    names.has(name) || (!others.has(name) && customers.has(customer));
  return new Map([...baseline].filter(([name, { customer }]) => isMeant(name, customer)));
}

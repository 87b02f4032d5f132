import type { Run } from '../runs/run.ts';
import { PATCH_FIELDS } from './run-schema.ts';
import type { RunPatch } from './run-store.ts';

export const KEEP_RUNS_MS = 30 * 24 * 3_600_000;

/** A run as JSON texts by field: `base`, and one for each thing that is added later. */
export function fieldsOfRun(run: Run): Record<string, string> {
  const learnt: ReadonlySet<string> = new Set(PATCH_FIELDS);
  const base = Object.fromEntries(Object.entries(run).filter(([field]) => !learnt.has(field)));
  return { base: JSON.stringify(base), ...fieldsOfPatch(run) };
}

export function fieldsOfPatch(patch: RunPatch): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of PATCH_FIELDS) {
    if (patch[field] !== undefined) fields[field] = JSON.stringify(patch[field]);
  }
  return fields;
}

/** The thread by which a run is found: that of the request, else the one that the run started. */
export function threadOf(run: Run): string | undefined {
  return run.replyTo.thread ?? run.rootTs;
}

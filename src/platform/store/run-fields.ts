import { parseJson } from '../../engine/text/parse-json.ts';
import type { Run, RunPatch } from '../runs/run.ts';
import { baseSchema, patchSchema } from '../runs/run-schema.ts';

export const KEEP_RUNS_MS = 30 * 24 * 3_600_000;

/** A run as JSON texts by field: `base`, and one for each thing that is added later. */
export function fieldsOfRun(run: Run): Record<string, string> {
  const base = Object.entries(run).filter(([field]) => !(field in patchSchema.shape));
  return { base: JSON.stringify(Object.fromEntries(base)), ...fieldsOfPatch(run) };
}

export function fieldsOfPatch(patch: RunPatch): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of patchSchema.keyof().options) {
    if (patch[field] !== undefined) fields[field] = JSON.stringify(patch[field]);
  }
  return fields;
}

/**
 * A run from its stored fields. A part that cannot be read counts as absent; without a readable base there is no run.
 */
export function runFromFields(fields: Readonly<Record<string, string>>): Run | undefined {
  const base = baseSchema.safeParse(parseJson(fields.base));
  if (!base.success) return undefined;
  const added = Object.entries(patchSchema.shape).flatMap(([field, schema]) => {
    const value = schema.safeParse(parseJson(fields[field]));
    return value.success && value.data !== undefined ? [[field, value.data]] : [];
  });
  return { ...base.data, ...Object.fromEntries(added) };
}

/** The thread by which a run is found: that of the request, else the one that the run started. */
export function getThread(run: Run): string | undefined {
  return run.replyTo.thread ?? run.rootTs;
}

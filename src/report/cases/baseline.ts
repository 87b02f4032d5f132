import type { CaseRow } from './case-row.ts';
import { casesSchema } from './cases-schema.ts';

/** Findings of an earlier run, each as `name rule device`. */
export type Baseline = ReadonlySet<string>;

/** Undefined if the text is not output of `--format json`. */
export function readBaseline(text: string): Baseline | undefined {
  const parsed = casesSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return new Set(
    parsed.data.cases.flatMap(({ name, findings }) => findings.map((finding) => keyOf(name, finding))),
  );
}

/** The rows with `isNew` at each finding. */
export function compareWithBaseline(rows: readonly CaseRow[], baseline: Baseline): readonly CaseRow[] {
  return rows.map((row) => ({
    ...row,
    findings: row.findings.map((finding) => ({
      ...finding,
      isNew: !baseline.has(keyOf(row.name, finding)),
    })),
  }));
}

/** Findings of the baseline that are no longer there. */
export function goneSince(rows: readonly CaseRow[], baseline: Baseline): number {
  const now = new Set(rows.flatMap(({ name, findings }) => findings.map((finding) => keyOf(name, finding))));
  return [...baseline].filter((key) => !now.has(key)).length;
}

function keyOf(name: string, { rule, device }: { readonly rule: string; readonly device?: string }): string {
  return JSON.stringify([name, rule, device ?? '']);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

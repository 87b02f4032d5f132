import type { CaseRow } from './case-row.ts';
import { casesSchema } from './cases-schema.ts';

/** The findings of each case of an earlier run, by its name. */
export type Baseline = ReadonlyMap<string, readonly BaselineFinding[]>;

interface BaselineFinding {
  readonly rule: string;
  readonly device?: string;
}

/** What became of the findings of a baseline that are not among those of now. */
export interface SinceBaseline {
  /** The case was read, and excludes the cause. */
  readonly gone: number;
  /** The case was not there, could not be read, or says nothing about the cause, which is not the same as gone. */
  readonly unseen: number;
}

/** Undefined if the text is not output of `--format json`. */
export function readBaseline(text: string): Baseline | undefined {
  const parsed = casesSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return new Map(parsed.data.cases.map(({ name, findings }) => [name, findings]));
}

/** The rows with `isNew` at each finding. */
export function compareWithBaseline(rows: readonly CaseRow[], baseline: Baseline): readonly CaseRow[] {
  return rows.map((row) => {
    const before = new Set(baseline.get(row.name)?.map(keyOf));
    const findings = row.findings.map((finding) => ({ ...finding, isNew: !before.has(keyOf(finding)) }));
    return { ...row, findings };
  });
}

/** The rules of the findings that a case had before. */
export function rulesBefore(baseline: Baseline, name: string): readonly string[] {
  return [...new Set(baseline.get(name)?.map(({ rule }) => rule))];
}

export function sinceBaseline(rows: readonly CaseRow[], baseline: Baseline): SinceBaseline {
  const now = new Map(rows.map((row) => [row.name, row]));
  let gone = 0;
  let unseen = 0;
  for (const [name, findings] of baseline) {
    const row = now.get(name);
    const found = new Set(row?.findings.map(keyOf));
    for (const finding of findings.filter((each) => !found.has(keyOf(each)))) {
      if (row?.excluded?.includes(finding.rule)) gone += 1;
      else unseen += 1;
    }
  }
  return { gone, unseen };
}

function keyOf({ rule, device }: BaselineFinding): string {
  return JSON.stringify([rule, device ?? '']);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { findingKey } from '../../../engine/diagnosis/compare.ts';
import { parseJson } from '../../../engine/text/parse-json.ts';
import type { CaseRow } from './case-row.ts';
import { type CasesFile, casesSchema } from './cases-schema.ts';

/** The cases of an earlier run, by name. */
export type Baseline = ReadonlyMap<string, BaselineCase>;

type BaselineCase = Omit<CasesFile['cases'][number], 'name'>;

/** What became of a case of the baseline that is not as it was. `renamed`: by its host name or file name. */
export type CaseSince = Readonly<NonNullable<CasesFile['since']>[number]>;

/** Undefined if the text is not output of `--format json`. */
export function readBaseline(text: string): Baseline | undefined {
  const parsed = casesSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return new Map(parsed.data.cases.map(({ name, ...before }) => [name, before]));
}

/** The rows with `isNew` at each finding, and every case of the baseline that is not as it was, by name. */
export function compareWithBaseline(
  rows: readonly CaseRow[],
  baseline: Baseline,
): { readonly rows: readonly CaseRow[]; readonly since: readonly CaseSince[] } {
  const moved = findRenamed(rows, baseline);
  const oldNames = new Map([...moved].map(([name, to]) => [to, name]));
  const now = new Map(rows.map((row) => [row.name, row]));
  const compared = rows.map((row) => {
    const before = new Set(baseline.get(oldNames.get(row.name) ?? row.name)?.findings.map(findingKey));
    const findings = row.findings.map((finding) => ({ ...finding, isNew: !before.has(findingKey(finding)) }));
    return { ...row, findings };
  });
  const since = [...baseline].flatMap(([name, before]) => {
    const to = moved.get(name);
    const { customer, site } = before;
    const row = now.get(to ?? name);
    const changes: readonly Change[] = [
      ...(to === undefined ? [] : [{ what: 'renamed', to } as const]),
      ...(row ? listChanges(before, row) : [{ what: 'gone', rules: listRules(before.findings) } as const]),
    ];
    return changes.map((change) => ({ name, customer, site, ...change }));
  });
  return { rows: compared, since };
}

/** The rules that a case is asked about: those it had before; of a new name any, because it may be a renamed case. */
export function rulesBefore(baseline: Baseline, name: string): readonly string[] {
  const before = baseline.get(name);
  return listRules(before?.findings ?? [...baseline.values()].flatMap(({ findings }) => findings));
}

type Change = Omit<CaseSince, 'name' | 'customer' | 'site'>;

function listChanges(before: BaselineCase, row: CaseRow): readonly Change[] {
  const isUnread = !isRead(row.state) && isRead(before.state);
  const found = new Set(row.findings.map(findingKey));
  const missing = listRules(before.findings.filter((each) => !found.has(findingKey(each))));
  if (isUnread) return [{ what: 'unread', rules: missing }];
  const repaired = missing.filter((rule) => row.excluded?.includes(rule));
  const unseen = missing.filter((rule) => !repaired.includes(rule));
  return [
    ...(repaired.length === 0 ? [] : [{ what: 'repaired', rules: repaired } as const]),
    ...(unseen.length === 0 ? [] : [{ what: 'unseen', rules: unseen } as const]),
  ];
}

function isRead(state: CaseRow['state']): boolean {
  return state === 'broken' || state === 'healthy' || state === 'inconclusive';
}

/** Names of cases that are gone, with the only new case of the same customer and host name, else of the same file name. */
function findRenamed(rows: readonly CaseRow[], baseline: Baseline): ReadonlyMap<string, string> {
  const now = new Set(rows.map(({ name }) => name));
  const gone = [...baseline].filter(([name]) => !now.has(name)).map(([name, row]) => ({ ...row, name }));
  const fresh = rows.filter(({ name }) => !baseline.has(name));
  const moved = new Map<string, string>();
  const hostnameKey = ({ hostname, customer }: Pick<CaseRow, 'hostname' | 'customer'>) =>
    hostname === undefined ? undefined : JSON.stringify([hostname, customer]);
  const fileNameKey = ({ name }: Pick<CaseRow, 'name'>) => name.split('/').at(-1);
  for (const keyOfCase of [hostnameKey, fileNameKey]) {
    const left = Map.groupBy(
      fresh.filter(({ name }) => ![...moved.values()].includes(name)),
      keyOfCase,
    );
    const missing = Map.groupBy(
      gone.filter(({ name }) => !moved.has(name)),
      keyOfCase,
    );
    for (const [key, [before, ...others]] of missing) {
      const [after, ...more] = left.get(key) ?? [];
      const isOne = others.length === 0 && more.length === 0;
      if (key !== undefined && before !== undefined && after !== undefined && isOne)
        moved.set(before.name, after.name);
    }
  }
  return moved;
}

function listRules(findings: BaselineCase['findings']): string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

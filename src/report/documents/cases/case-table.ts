import type { Document, Table, TableRow } from '../document.ts';
import { plural } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import type { SinceBaseline } from './baseline.ts';
import { type CaseRow, resultWord } from './case-row.ts';
import { countLine } from './count-rows.ts';

export interface CasesOptions {
  /** What one case is: `file` or `device`. */
  readonly what: string;
  /** Absent without a baseline. */
  readonly since?: SinceBaseline;
  /** The section about a case, by its name. */
  readonly sections?: ReadonlyMap<string, { readonly id: string }>;
}

/** Many cases: their counts, and one row each. */
export function createCasesDocument(rows: readonly CaseRow[], options: CasesOptions): Document {
  const shown = rows.filter(({ state }) => state !== 'unrelated');
  return {
    headline: summaryLine(rows, options),
    parts: shown.length === 0 ? [] : [caseTable(shown, options)],
  };
}

function summaryLine(rows: readonly CaseRow[], { what, since }: CasesOptions): string {
  const counts = countLine(rows, what);
  if (since === undefined) return counts;
  const fresh = rows.flatMap(({ findings }) => findings).filter(({ isNew }) => isNew).length;
  const unseen = since.unseen === 0 ? '' : `, ${since.unseen} not seen again (nothing excludes them)`;
  return `${counts}. Since the baseline: ${plural(fresh, 'new finding')}, ${since.gone} gone${unseen}`;
}

/** Rows in the order they have. */
export function caseTable(
  rows: readonly CaseRow[],
  { what, sections }: Pick<CasesOptions, 'what' | 'sections'>,
): Table {
  return {
    kind: 'table',
    caption: `${plural(rows.length, what)}, the worst first`,
    titles: [`${what.slice(0, 1).toUpperCase()}${what.slice(1)}`, 'Result', 'Cause'],
    rows: rows.map((row) => tableRow(row, sections?.get(row.name)?.id)),
    what,
  };
}

const STATES = {
  broken: 'bad',
  healthy: 'good',
  inconclusive: 'unsure',
  failed: 'unsure',
  skipped: 'unused',
  unrelated: 'unused',
} as const satisfies Record<CaseRow['state'], TableRow['state']>;

function tableRow(row: CaseRow, section: string | undefined): TableRow {
  const { name, state, headline, findings, notInUse } = row;
  const isNew = findings.some((finding) => finding.isNew) ? 'new: ' : '';
  return {
    state: notInUse ? 'unused' : STATES[state],
    mark: markOf(row),
    cells: [name, resultWord(row), `${isNew}${headline}`],
    ...(findings.length > 1 ? { more: ` (+${findings.length - 1})` } : {}),
    section,
  };
}

function markOf({ state, notInUse }: CaseRow): string {
  if (state === 'failed' || state === 'unrelated') return '!';
  return state === 'skipped' || notInUse ? '–' : ENGLISH_WORDING.verdictMarks[state];
}

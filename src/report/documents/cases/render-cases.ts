import Papa from 'papaparse';
import { escapeMarkdown } from '../../formats/markdown/escape.ts';
import { type Paint, type Pen, PLAIN } from '../../formats/text/paint.ts';
import { cutToWidth, padToWidth, textWidth } from '../../formats/text/text-width.ts';
import { plural, printable, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import type { SinceBaseline } from './baseline.ts';
import { type CaseRow, worstSeverity } from './case-row.ts';
import { CASES_SCHEMA_ID } from './cases-schema.ts';
import { countLine } from './count-rows.ts';

export interface CasesOptions {
  /** What one case is: `file` or `device`. */
  readonly what: string;
  /** Absent without a baseline. */
  readonly since?: SinceBaseline;
}

const MAX_NAME = 44;

/** One line a case, the worst first, for a terminal. Control characters in foreign text are escaped. */
export function renderCasesText(
  rows: readonly CaseRow[],
  options: CasesOptions,
  pen: Pen = { width: 80, paint: PLAIN },
): string {
  const shown = rows.filter(({ state }) => state !== 'unrelated');
  const width = Math.min(MAX_NAME, Math.max(0, ...shown.map(({ name }) => textWidth(printable(name)))));
  return [
    summaryLine(rows, options),
    ...(shown.length === 0 ? [] : ['']),
    ...shown.map((row) => line(row, width, pen)),
  ].join('\n');
}

function summaryLine(rows: readonly CaseRow[], { what, since }: CasesOptions): string {
  const counts = countLine(rows, what);
  if (since === undefined) return counts;
  const fresh = rows.flatMap(({ findings }) => findings).filter(({ isNew }) => isNew).length;
  const unseen = since.unseen === 0 ? '' : `, ${since.unseen} not seen again (nothing excludes them)`;
  return `${counts}. Since the baseline: ${plural(fresh, 'new finding')}, ${since.gone} gone${unseen}`;
}

function line(row: CaseRow, width: number, { width: columns, paint }: Pen): string {
  const name = padToWidth(cutToWidth(printable(row.name), width), width);
  const start = `${markOf(row, paint)} ${name}  ${(worstSeverity(row) ?? '').padEnd(8)}  `;
  const more = row.findings.length > 1 ? ` (+${row.findings.length - 1})` : '';
  const isNew = row.findings.some((finding) => finding.isNew) ? 'new: ' : '';
  const room = Math.max(20, columns - width - 14 - more.length - isNew.length);
  return `${start}${isNew}${cutToWidth(printableProse(row.headline), room)}${more}`.trimEnd();
}

function markOf({ state, notInUse }: CaseRow, paint: Paint): string {
  if (state === 'failed' || state === 'unrelated') return '!';
  if (state === 'skipped' || notInUse) return '–';
  const mark = ENGLISH_WORDING.verdictMarks[state];
  if (state === 'broken') return paint.bad(mark);
  return state === 'healthy' ? paint.good(mark) : paint.unsure(mark);
}

export function renderCasesJson(rows: readonly CaseRow[]): string {
  const cases = rows.map(({ name, state, headline, proof, notInUse, hostname, version, findings }) => ({
    name,
    state,
    headline,
    proof,
    notInUse,
    hostname,
    version,
    findings,
  }));
  return JSON.stringify({ schema: CASES_SCHEMA_ID, cases }, null, 2);
}

/** Without it Excel reads UTF-8 as a local code page. Programs read the JSON. */
const CSV_BYTE_ORDER_MARK = '\ufeff';

/** One line a case, with a header (RFC 4180). No cell can become a formula in a spreadsheet. */
export function renderCasesCsv(rows: readonly CaseRow[]): string {
  const lines = rows.map((row) => ({
    name: printable(row.name),
    state: row.state,
    severity: worstSeverity(row) ?? '',
    headline: printableProse(row.headline),
    rules: row.findings.map(({ rule }) => rule).join(' '),
    new: row.findings
      .filter(({ isNew }) => isNew)
      .map(({ rule }) => rule)
      .join(' '),
    hostname: printable(row.hostname ?? ''),
    fortios: printable(row.version ?? ''),
  }));
  return `${CSV_BYTE_ORDER_MARK}${Papa.unparse(lines, { escapeFormulae: true, newline: '\r\n' })}`;
}

/** A table for merge requests and tickets. */
export function renderCasesMarkdown(rows: readonly CaseRow[], options: CasesOptions): string {
  const shown = rows.filter(({ state }) => state !== 'unrelated');
  return [
    `${summaryLine(rows, options)}.`,
    '',
    `| ${options.what} | state | severity | headline |`,
    '| --- | --- | --- | --- |',
    ...shown.map((row) => {
      const isNew = row.findings.some((finding) => finding.isNew) ? '**new** ' : '';
      const state = row.state === 'failed' ? 'not read' : row.state;
      return `| ${cell(row.name)} | ${state} | ${worstSeverity(row) ?? ''} | ${isNew}${cell(row.headline)} |`;
    }),
  ].join('\n');
}

function cell(text: string): string {
  return escapeMarkdown(printableProse(text));
}

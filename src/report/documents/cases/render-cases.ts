import Papa from 'papaparse';
import { printable, printableProse } from '../printable.ts';
import type { CaseSince } from './baseline.ts';
import { type CaseRow, worstSeverity } from './case-row.ts';
import { CASES_SCHEMA_ID, casesSchema } from './cases-schema.ts';

export interface CasesData {
  /** Of a baseline. */
  readonly since?: readonly CaseSince[] | undefined;
  /** Some cases were not read. */
  readonly isInterrupted?: boolean;
}

/** Of a row it has what the schema names. */
export function renderCasesJson(rows: readonly CaseRow[], { since, isInterrupted }: CasesData = {}): string {
  const interrupted = isInterrupted || undefined;
  const printed = { schema: CASES_SCHEMA_ID, interrupted, cases: rows, since };
  return JSON.stringify(casesSchema.parse(printed), null, 2);
}

/** Without it Excel reads UTF-8 as a local code page. Programs read the JSON. */
const CSV_BYTE_ORDER_MARK = '\ufeff';

/** One line a case, with a header (RFC 4180). No cell can become a formula in a spreadsheet. */
export function renderCasesCsv(rows: readonly CaseRow[], { since = [] }: CasesData = {}): string {
  const gone = since.filter(({ what }) => what === 'gone');
  const lines = [...rows, ...gone.map(goneRow)].map((row) => ({
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
    customer: printable(row.customer ?? ''),
    site: printable(row.site ?? ''),
  }));
  return `${CSV_BYTE_ORDER_MARK}${Papa.unparse(lines, { escapeFormulae: true, newline: '\r\n' })}`;
}

function goneRow({ name, customer, site, rules = [] }: CaseSince): CaseRow {
  const had = rules.length === 0 ? '' : `; it had ${rules.join(', ')}`;
  return {
    name,
    customer,
    site,
    state: 'skipped',
    headline: `It is in the baseline, and not there any more${had}`,
    findings: [],
  };
}

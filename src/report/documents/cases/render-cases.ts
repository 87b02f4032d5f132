import Papa from 'papaparse';
import { printable, printableProse } from '../printable.ts';
import { type CaseRow, worstSeverity } from './case-row.ts';
import { CASES_SCHEMA_ID } from './cases-schema.ts';

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

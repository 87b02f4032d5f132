import type { CaseRow } from '../../report/documents/cases/case-row.ts';
import { type CasesOptions, createCasesDocument } from '../../report/documents/cases/case-table.ts';
import {
  type CasesData,
  renderCasesCsv,
  renderCasesJson,
} from '../../report/documents/cases/render-cases.ts';
import type { Markup } from '../../report/formats/html/markup.ts';
import type { FleetFormat } from '../program/options.ts';
import { type Io, printData, printJson } from '../terminal/io.ts';
import { printDocument } from '../terminal/print-document.ts';

export interface PrintCasesOptions extends CasesOptions, CasesData {
  readonly format: FleetFormat;
  /** The section about each case, by its name. */
  readonly sections?: ReadonlyMap<string, { readonly id: string; readonly markup: Markup }>;
}

export async function printCases(
  rows: readonly CaseRow[],
  { format, ...options }: PrintCasesOptions,
  io: Io,
): Promise<void> {
  if (format === 'json') return await printJson(io.stdout, renderCasesJson(rows, options));
  if (format === 'csv') return await printData(io.stdout, `${renderCasesCsv(rows, options)}\r\n`);
  const below = rows.flatMap(({ name }) => options.sections?.get(name)?.markup ?? []);
  const width = io.stdout.columns ?? 100;
  await printDocument(createCasesDocument(rows, options), { format, width, below }, io);
}

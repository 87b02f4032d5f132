import type { CaseRow } from '../../report/documents/cases/case-row.ts';
import {
  type CasesOptions,
  renderCasesCsv,
  renderCasesJson,
  renderCasesMarkdown,
  renderCasesText,
} from '../../report/documents/cases/render-cases.ts';
import { ANSI, PLAIN } from '../../report/formats/text/paint.ts';
import type { CasesFormat } from '../program/options.ts';
import { usesColour } from '../terminal/colour.ts';
import { type Io, printData, printJson } from '../terminal/io.ts';

export interface PrintCasesOptions extends CasesOptions {
  readonly format: CasesFormat;
}

/** The table of many cases on standard output. */
export async function printCases(
  rows: readonly CaseRow[],
  { format, ...options }: PrintCasesOptions,
  io: Io,
): Promise<void> {
  switch (format) {
    case 'json':
      return await printJson(io.stdout, renderCasesJson(rows));
    case 'csv':
      return await printData(io.stdout, `${renderCasesCsv(rows)}\r\n`);
    case 'markdown':
      return await printData(io.stdout, renderCasesMarkdown(rows, options));
    case 'text': {
      const isColoured = usesColour(io);
      const pen = { width: io.stdout.columns ?? 100, paint: isColoured ? ANSI : PLAIN };
      return await printData(io.stdout, renderCasesText(rows, options, pen));
    }
  }
}

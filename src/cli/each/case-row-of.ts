import { diagnose } from '../../engine/diagnosis/diagnose.ts';
import { NOT_TEXT } from '../../engine/evidence/decode-text.ts';
import { skipBlocks } from '../../engine/evidence/skip-blocks.ts';
import { type TextBytes, textBytes } from '../../engine/evidence/text-bytes.ts';
import { type CaseRow, failedRow, rowOf } from '../../report/documents/cases/case-row.ts';

/** `<serial#2>` */
const REPLACED = /<[a-z-]+#\d+>/;

export interface CaseRowOptions {
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
  /** Rules of the findings that the file had in the baseline; absent without one. */
  readonly before?: readonly string[];
}

/** Any text. A row shows no line number, so that a backup is read without the blocks that nothing reads. */
export function rowOfText(name: string, bytes: Uint8Array, options: CaseRowOptions): CaseRow {
  const read = textBytes(bytes, true);
  if (read.kind === 'refused') return refusedRow(name, read);
  const text = new TextDecoder().decode(read.bytes).replaceAll('\r\n', '\n');
  const short = skipBlocks(text);
  const row = rowOfLines(name, short, options);
  // The number of a replaced value depends on the whole text.
  return short === text || !REPLACED.test(JSON.stringify(row)) ? row : rowOfLines(name, text, options);
}

function rowOfLines(name: string, text: string, { readAt, before }: CaseRowOptions): CaseRow {
  return rowOf(name, diagnose([{ name, text }], { readAt }), before);
}

/** An empty, packed or encrypted file may be a backup, and was not read. Other binary files, as pictures, are not. */
function refusedRow(name: string, { reason, advice }: Extract<TextBytes, { kind: 'refused' }>): CaseRow {
  if (reason === NOT_TEXT) return { name, state: 'unrelated', headline: reason, findings: [] };
  return failedRow(name, advice === undefined ? reason : `${reason}. ${advice}`, 2);
}

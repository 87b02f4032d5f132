import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { diagnoseCase } from '../../case/diagnose-case.ts';
import { packedWith } from '../../evidence/decode-text.ts';
import { skipBlocks } from '../../evidence/skip-blocks.ts';
import { textBytes } from '../../evidence/text-bytes.ts';
import { blocksToRead } from '../../facts/read-blocks.ts';
import { redactCase } from '../../redact/redact-case.ts';
import { type CaseRow, failedRow, rowOf } from '../../report/cases/case-row.ts';
import { unreadableReason } from '../evidence-source.ts';
import { type CaseFile, MAX_CASE_BYTES } from './list-cases.ts';

export interface DiagnoseFilesTask {
  readonly files: readonly CaseFile[];
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
}

/** `<serial#2>` */
const REPLACED = /<[a-z-]+#\d+>/;

/** Entry of a thread: each file is a case of its own. Never rejects because of a file. */
export async function diagnoseFiles({ files, readAt }: DiagnoseFilesTask): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const file of files) rows.push(await diagnoseFile(file, readAt));
  return rows;
}

async function diagnoseFile(file: CaseFile, readAt: number): Promise<CaseRow> {
  const { name } = file;
  try {
    const bytes = 'bytes' in file ? file.bytes : await readBounded(file.path);
    if (bytes === undefined) return failedRow(name, 'is larger than 64 MB: analyze it alone', 2);
    const read = textBytes(packedWith(bytes) === 'gzip' ? unpacked(bytes) : bytes, true);
    // A folder may contain other files too, which are ignored.
    if (read.kind === 'refused') return { name, state: 'unrelated', headline: read.reason, findings: [] };
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.bytes);
    return diagnoseText(name, text, readAt);
  } catch (error) {
    return failedRow(name, unreadableReason(error), 2);
  }
}

/**
 * Most of a backup says nothing about push. Reading only the rest takes a fifth of the time (`npm run bench -- folder`),
 * and gives the same row. Only the numbers of replaced values depend on the whole text: a row that shows one is made from it.
 */
function diagnoseText(name: string, text: string, readAt: number): CaseRow {
  const rowFrom = (read: string) => rowOf(name, diagnoseCase(redactCase([{ name, text: read }]), { readAt }));
  const backup = skipBlocks(text, blocksToRead(text));
  const row = rowFrom(backup.text);
  return backup.isShortened && REPLACED.test(JSON.stringify(row)) ? rowFrom(text) : row;
}

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  const { size } = await stat(path);
  return size > MAX_CASE_BYTES ? undefined : await readFile(path);
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: MAX_CASE_BYTES });
}

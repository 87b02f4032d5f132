import { open } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { packedWith } from '../../evidence/decode-text.ts';
import { type CaseRow, failedRow } from '../../report/cases/case-row.ts';
import { unreadableReason } from '../evidence/unreadable-reason.ts';
import { rowOfBackup, rowOfText } from './case-row-of.ts';
import { type CaseFile, MAX_CASE_BYTES } from './list-cases.ts';

export interface DiagnoseFilesTask {
  readonly files: readonly CaseFile[];
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
}

/** Bytes. */
const MAX_KEPT_BYTES = 8 << 20;

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
    const unpackedBytes = packedWith(bytes) === 'gzip' ? unpacked(bytes) : bytes;
    return rowOfBackup(name, unpackedBytes, readAt) ?? rowOfText(name, unpackedBytes, readAt);
  } catch (error) {
    return failedRow(name, unreadableReason(error), 2);
  }
}

/** Holds one file after the other: a buffer for each took 250 MB until they were collected. */
let space = new Uint8Array(1 << 20);

async function readBounded(path: string): Promise<Uint8Array | undefined> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size > MAX_CASE_BYTES) return undefined;
  // What has no size, as a pipe, and what is large is read by itself.
  if (size === 0 || size > MAX_KEPT_BYTES) return await file.readFile();
  if (size > space.length) space = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await file.read(space, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return space.subarray(0, filled);
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: MAX_CASE_BYTES });
}

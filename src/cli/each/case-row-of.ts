import { diagnose } from '../../engine/diagnosis/diagnose.ts';
import { createPlainBackupReader } from '../../engine/diagnosis/plain-backup.ts';
import { NOT_TEXT } from '../../engine/evidence/decode-text.ts';
import { redact } from '../../engine/evidence/redact.ts';
import { type FileText, skipBlocks } from '../../engine/evidence/skip-blocks.ts';
import { type TextBytes, textBytes } from '../../engine/evidence/text-bytes.ts';
import { blocksToRead } from '../../engine/facts/config/read-blocks.ts';
import { type CaseRow, failedRow, rowOf } from '../../report/documents/cases/case-row.ts';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Begins a backup. */
const HASH = 35;
/** `<serial#2>` */
const REPLACED = /<[a-z-]+#\d+>/;
const readPlainBackup = createPlainBackupReader();

export interface CaseRowOptions {
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
  /** Rules of the findings that the file had in the baseline; absent without one. */
  readonly before?: readonly string[];
}

/** Any text. */
export function rowOfText(name: string, bytes: Uint8Array, { readAt, before }: CaseRowOptions): CaseRow {
  const read = textBytes(bytes, true);
  if (read.kind === 'refused') return refusedRow(name, read);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.bytes);
  return rowOf(name, diagnose(redact([{ name, text }]), { readAt }), before);
}

/** An empty, packed or encrypted file may be a backup, and was not read. Other binary files, as pictures, are not. */
function refusedRow(name: string, { reason, advice }: Extract<TextBytes, { kind: 'refused' }>): CaseRow {
  if (reason === NOT_TEXT) return { name, state: 'unrelated', headline: reason, findings: [] };
  return failedRow(name, advice === undefined ? reason : `${reason}. ${advice}`, 2);
}

/**
 * Most of a backup says nothing about push. Reading only the rest takes a small part of the time (`npm run bench -- folder`),
 * and gives the same row. Undefined for another text, and for a row that shows a replaced value: its number depends on the
 * whole text.
 */
export function rowOfBackup(
  name: string,
  bytes: Uint8Array,
  { readAt, before }: CaseRowOptions,
): CaseRow | undefined {
  const file = backupText(bytes);
  const statements = file && skipBlocks(file, blocksToRead(file.latin));
  const diagnosis = statements && readPlainBackup(name, statements, { readAt });
  const row = diagnosis && rowOf(name, diagnosis, before);
  return row === undefined || REPLACED.test(JSON.stringify(row)) ? undefined : row;
}

/** Windows tools add a mark at the start and a CR to each line. */
function backupText(bytes: Uint8Array): FileText | undefined {
  const own = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? bytes.subarray(3) : bytes;
  if (own[0] !== HASH) return undefined;
  const latin = latinOf(own);
  if (!latin.includes('\r\n')) return { bytes: own, latin };
  const withoutCrs = latin.replaceAll('\r\n', '\n');
  return { bytes: Buffer.from(withoutCrs, 'latin1'), latin: withoutCrs };
}

function latinOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

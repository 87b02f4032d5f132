import { diagnose } from '../../engine/diagnosis/diagnose.ts';
import { NOT_TEXT, packedWith } from '../../engine/evidence/decode-text.ts';
import { type TextBytes, textBytes } from '../../engine/evidence/text-bytes.ts';
import { once } from '../../engine/evidence/unpack/byte-chunks.ts';
import { unpack } from '../../engine/evidence/unpack/unpack.ts';
import type { UnpackedFile } from '../../engine/evidence/unpack/unpacked-file.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import { type CaseRow, failedRow, toCaseRow } from '../../report/documents/cases/case-row.ts';
import { readWholeFile } from '../evidence/read-evidence.ts';
import { unreadableReason } from '../evidence/unreadable-reason.ts';
import type { FileOfCase } from './find-saved-cases.ts';
import type { ListedFile } from './list-cases.ts';

export interface DiagnoseFilesTask {
  readonly files: readonly FileOfCase[];
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
  /** Rules of the findings that each file had in the baseline; absent without one. */
  readonly before?: ReadonlyMap<string, readonly string[]>;
}

/** Never rejects because of a file. */
async function diagnoseFiles({ files, readAt, before }: DiagnoseFilesTask): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const file of files) {
    const rules = before?.get(file.name);
    if ('evidence' in file) {
      // Loads what reads devices too.
      const { diagnoseSavedEvidence } = await import('./diagnose-saved-evidence.ts');
      rows.push(await diagnoseSavedEvidence(file, rules));
    } else rows.push(...(await diagnoseFile(file, { readAt, before: rules })));
  }
  return rows;
}

answerTasks(diagnoseFiles);

/** One row, or one for each file of an archive that holds several. */
async function diagnoseFile(file: ListedFile, options: CaseRowOptions): Promise<readonly CaseRow[]> {
  const { name } = file;
  if ('why' in file) {
    const { state, why } = file;
    return [state === 'failed' ? failedRow(name, why, 2) : { name, state, headline: why, findings: [] }];
  }
  try {
    const bytes = 'bytes' in file ? file.bytes : await readWholeFile(file.path);
    if (packedWith(bytes) === undefined) return [rowOfText(name, bytes, options)];
    return await diagnosePacked(name, bytes, options);
  } catch (error) {
    return [failedRow(name, unreadableReason(error), 2)];
  }
}

async function diagnosePacked(
  name: string,
  packed: Uint8Array,
  options: CaseRowOptions,
): Promise<readonly CaseRow[]> {
  const files: UnpackedFile[] = [];
  for await (const file of unpack(name, once(packed))) files.push(file);
  const [only] = files;
  if (only === undefined) return [failedRow(name, 'holds no file', 2)];
  if (files.length === 1 && 'bytes' in only) return [rowOfText(name, only.bytes, options)];
  const rows = files.map((file) => diagnoseFile({ ...file, name: `${name}/${file.name}` }, options));
  return (await Promise.all(rows)).flat();
}

/** `version https://git-lfs.github.com/spec/v1`: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n/;

interface CaseRowOptions {
  /** Milliseconds since the Unix epoch. */
  readonly readAt: number;
  /** Rules of the findings that the file had in the baseline; absent without one. */
  readonly before?: readonly string[];
}

function rowOfText(name: string, bytes: Uint8Array, { readAt, before }: CaseRowOptions): CaseRow {
  const read = textBytes(bytes, true);
  if (read.kind === 'refused') return refusedRow(name, read);
  const text = new TextDecoder().decode(read.bytes).replaceAll('\r\n', '\n');
  if (LFS_POINTER.test(text))
    return failedRow(name, 'is a pointer of Git LFS: the file itself is not here', 2);
  return toCaseRow(name, diagnose([{ name, text }], { readAt }), before);
}

/** An empty, packed or encrypted file may be a backup, and was not read. Other binary files, as pictures, are not. */
function refusedRow(name: string, { reason, advice }: Extract<TextBytes, { kind: 'refused' }>): CaseRow {
  if (reason === NOT_TEXT) return { name, state: 'unrelated', headline: reason, findings: [] };
  return failedRow(name, advice === undefined ? reason : `${reason}. ${advice}`, 2);
}

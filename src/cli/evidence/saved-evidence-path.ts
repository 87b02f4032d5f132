import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';

export const SAVED_EVIDENCE_FILE = 'evidence.json';

const BEGINNING = /^\s{0,20}\{\s{0,20}"schema"\s{0,5}:\s{0,5}"ftm-check\/evidence@/;
const HEAD_BYTES = 200;

/** The file that `check --save-evidence` wrote, if one of these is it or its folder. Throws `ftm_usage` beside others. */
export function savedEvidenceAmong(paths: readonly string[]): string | undefined {
  const found = paths.flatMap((path) => savedEvidenceAt(path) ?? []);
  const [first] = found;
  if (first === undefined || paths.length === 1) return first;
  throw new FtmError(
    'ftm_usage',
    `${first} is the whole evidence of one check, so it cannot be combined with other files.`,
    { advice: 'Analyze it alone.' },
  );
}

export function isSavedEvidence(bytes: Uint8Array): boolean {
  return BEGINNING.test(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1'));
}

/** The file, if `path` is it or its folder. */
export function savedEvidenceAt(path: string): string | undefined {
  const file = readStat(path)?.isDirectory() ? join(path, SAVED_EVIDENCE_FILE) : path;
  // Text read from a named pipe here would be lost.
  if (!readStat(file)?.isFile()) return undefined;
  return BEGINNING.test(readStart(file)) ? file : undefined;
}

function readStat(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path);
  } catch {
    // Reading it reports the problem.
    return undefined;
  }
}

function readStart(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      return bytes.toString('latin1', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

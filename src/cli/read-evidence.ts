import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { EvidenceItem } from '../evidence/types.ts';
import { FtmError } from '../ftm-error.ts';
import { decodeText } from './decode-text.ts';
import type { Io } from './io.ts';

/** Of all files together. Enough for hours of debug output; more does not fit in memory several times over. */
const MAX_BYTES = 64 * 1024 * 1024;

const WHAT_TO_PASTE =
  'Useful are the debug output of one login (sslvpn, fnbamd, ftm-push), a configuration backup, or a CLI session.';

/** Every file as one item, `-` or nothing at all being standard input. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function readEvidence(files: readonly string[], io: Io): Promise<readonly EvidenceItem[]> {
  const names = files.length > 0 ? [...new Set(files)] : ['-'];
  if (names.includes('-') && io.stdin.isTTY) {
    throw new FtmError(
      'ftm_usage',
      'There is nothing to analyze: no file is named and nothing is piped in.',
      {
        advice: 'Try `ftm-check analyze debug.log`, or `… | ftm-check analyze`.',
      },
    );
  }
  const items: EvidenceItem[] = [];
  let left = MAX_BYTES;
  for (const name of names) {
    const bytes =
      name === '-' ? await readAtMost(io.stdin, left, 'Standard input') : await readFile(name, left);
    left -= bytes.length;
    items.push(toItem(name === '-' ? 'standard input' : name, bytes));
  }
  return items;
}

/** One file for which any text will do. Rejects with `ftm_evidence_*`. */
export async function readTextFile(path: string): Promise<string> {
  return toItem(path, await readFile(path, MAX_BYTES)).text;
}

async function readFile(path: string, limit: number): Promise<Buffer> {
  try {
    return await readAtMost(createReadStream(path), limit, path);
  } catch (error) {
    if (error instanceof FtmError) throw error;
    throw new FtmError('ftm_evidence_unreadable', `${path} ${whyUnreadable(error)}.`, { cause: error });
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return 'cannot be read';
}

async function readAtMost(stream: Readable, limit: number, name: string): Promise<Buffer> {
  async function* limited(): AsyncGenerator<Buffer> {
    let total = 0;
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      total += bytes.length;
      if (total > limit) throw tooLarge(name);
      yield bytes;
    }
  }
  return buffer(limited());
}

function tooLarge(name: string): FtmError {
  return new FtmError('ftm_evidence_too_large', `${name} is too large: 64 MB are read in one case.`, {
    advice: 'Cut it down to the minutes around one failed login, for example with `grep` or `split`.',
  });
}

function toItem(name: string, bytes: Buffer): EvidenceItem {
  const decoded = decodeText(bytes);
  if ('refused' in decoded) {
    throw new FtmError('ftm_evidence_unreadable', `${name} ${decoded.refused}.`, {
      advice: decoded.advice ?? WHAT_TO_PASTE,
    });
  }
  return { name, text: decoded.text };
}

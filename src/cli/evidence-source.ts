import { promises, readFileSync, statSync } from 'node:fs';
import { packedWith, utf16Of } from '../evidence/decode-text.ts';
import { textBytes } from '../evidence/text-bytes.ts';
import { FtmError } from '../ftm-error.ts';
import type { Io } from './io.ts';

/** One text of a case, of any length. */
export interface EvidenceSource {
  readonly name: string;
  /** Bytes, where it is known beforehand. */
  readonly size?: number;
  /** Its beginning, which was looked at; for most texts that is all. */
  readonly head: Buffer;
  /** Nothing follows. */
  readonly whole: boolean;
  /** What follows; a piece is valid until the next is asked for. */
  readonly rest: AsyncGenerator<Uint8Array>;
}

/** Enough to tell what a text is, and the whole of what people paste. Bytes. */
const HEAD = 1 << 20;
const PIECE = 1 << 20;
/** UTF-16 is what some Windows tools save; nobody saves a day of debug with them. Bytes. */
const MAX_UTF16_BYTES = 64 << 20;

const WHAT_TO_PASTE =
  'Useful are the debug output of one login (sslvpn, fnbamd, ftm-push), a configuration backup, or a CLI session.';

/** Opens what was named, `-` or nothing at all being standard input. Rejects with `ftm_usage` or `ftm_evidence_*`. */
export async function openEvidence(files: readonly string[], io: Io): Promise<readonly EvidenceSource[]> {
  const names = files.length > 0 ? [...new Set(files)] : ['-'];
  if (names.includes('-') && io.stdin.isTTY) {
    throw new FtmError(
      'ftm_usage',
      'There is nothing to analyze: no file is named and nothing is piped in.',
      { advice: 'Try `ftm-check analyze debug.log`, or `… | ftm-check analyze`.' },
    );
  }
  const sources: EvidenceSource[] = [];
  for (const name of names) {
    const more =
      name === '-'
        ? await open('standard input', piecesOf(io.stdin), undefined)
        : await open(name, filePieces(name), sizeOf(name));
    sources.push(...more);
  }
  return sources;
}

/** One text, or those in an archive. */
async function open(
  name: string,
  pieces: AsyncGenerator<Uint8Array>,
  size: number | undefined,
): Promise<readonly EvidenceSource[]> {
  const begun = await take(pieces, HEAD);
  const packed = packedWith(begun.taken);
  if (packed !== 'gzip' && packed !== 'zip') return [await look(name, begun, pieces, size)];
  const { openGzip, openZip } = await import('./unpack-evidence.ts');
  const all = afterHead(begun.taken, pieces);
  if (packed === 'zip') return (await openZip(name, all)).map(wholeSource);
  const texts = openGzip(name, all);
  return [await look(name.replace(/\.gz$/i, ''), await take(texts, HEAD), texts, undefined)];
}

function wholeSource({ name, text }: { readonly name: string; readonly text: string }): EvidenceSource {
  return { name, head: Buffer.from(text), whole: true, rest: nothing() };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* afterHead(head: Buffer, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

/** Looks at the beginning of a text and refuses what is none. */
async function look(
  name: string,
  { taken: head, whole }: Taken,
  pieces: AsyncGenerator<Uint8Array>,
  size: number | undefined,
): Promise<EvidenceSource> {
  const begins = textBytes(head, whole);
  if (begins.kind === 'refused') {
    throw new FtmError('ftm_evidence_unreadable', `${name} ${begins.reason}.`, {
      advice: begins.advice ?? WHAT_TO_PASTE,
    });
  }
  if (utf16Of(head) === undefined)
    return { name, head: Buffer.from(begins.bytes), whole, rest: pieces, size };
  const all = Buffer.concat([head, (await take(pieces, MAX_UTF16_BYTES + 1)).taken]);
  const text = textBytes(all, true);
  if (all.length > MAX_UTF16_BYTES || text.kind === 'refused') {
    throw new FtmError('ftm_evidence_too_large', `${name} is too large for UTF-16: 64 MB are read.`, {
      advice: 'Save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`.',
    });
  }
  return { name, head: Buffer.from(text.bytes), whole: true, rest: pieces };
}

interface Taken {
  readonly taken: Buffer;
  /** Nothing follows. */
  readonly whole: boolean;
}

/** Whole pieces until there are `enough` bytes, copied. */
async function take(pieces: AsyncGenerator<Uint8Array>, enough: number): Promise<Taken> {
  const taken: Buffer[] = [];
  let total = 0;
  while (total < enough) {
    const next = await pieces.next();
    if (next.done) return { taken: Buffer.concat(taken), whole: true };
    taken.push(Buffer.from(next.value));
    total += next.value.length;
  }
  return { taken: Buffer.concat(taken), whole: false };
}

async function* piecesOf(stream: Io['stdin']): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

/** Two buffers take turns, so that the next piece is read while the one before is worked on. */
async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    if (isShort(path)) {
      yield readFileSync(path);
      return;
    }
    await using file = await promises.open(path);
    let piece = Buffer.allocUnsafe(PIECE);
    let spare = Buffer.allocUnsafe(PIECE);
    let reading = file.read(piece, 0, PIECE);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      const ready = piece;
      [piece, spare] = [spare, piece];
      reading = file.read(piece, 0, PIECE);
      yield ready.subarray(0, bytesRead);
    }
  } catch (error) {
    throw new FtmError('ftm_evidence_unreadable', `${path} ${whyUnreadable(error)}.`, { cause: error });
  }
}

/** It is read at once: waking the threads that read files takes longer. A pipe with a name keeps nobody waiting so. */
function isShort(path: string): boolean {
  const stat = statSync(path);
  return stat.isFile() && stat.size > 0 && stat.size < HEAD;
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch {
    // Reading it says what is wrong with it.
    return undefined;
  }
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return 'cannot be read';
}

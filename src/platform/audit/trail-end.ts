import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { type ChainLink, readLine, sha256 } from './audit-line.ts';

/** The last line of a trail, of any process: the next line refers to it. */
export interface TrailEnd {
  readonly hash: string;
  /** Counts the lines of all processes; absent on lines of before there was such a number. */
  readonly number?: number;
}

/** The longest line (a device with a hundred commands) has about 10 KB. */
const TAIL_BYTES = 1024 * 1024;
/** Bytes read from the end; enough for nearly every last line. */
const USUAL_TAIL_BYTES = 32 * 1024;

export interface Tail {
  readonly end?: TrailEnd & { readonly link: ChainLink };
  /** Hash of the text after the last line break: the line of a process that could not finish it. */
  readonly torn?: string;
  /** Whether a line with this hash is among the last ones. */
  readonly holds: (hash: string) => boolean;
}

export function readTail(file: number): Tail {
  const usual = tailOf(file, USUAL_TAIL_BYTES);
  return usual.end === undefined ? tailOf(file, TAIL_BYTES) : usual;
}

function tailOf(file: number, max: number): Tail {
  const { size } = fstatSync(file);
  const length = Math.min(size, max);
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, size - length);
  const lastBreak = bytes.lastIndexOf(0x0a);
  const isTorn = length > 0 && lastBreak !== length - 1;
  const whole = bytes.toString('utf8', 0, lastBreak + 1);
  const tail: Tail = {
    holds: (hash) => whole.includes(`"hash":"${hash}"`),
    ...(isTorn ? { torn: sha256(bytes.toString('utf8', lastBreak + 1)) } : {}),
  };
  for (const text of whole.split('\n').toReversed()) {
    const read = readLine(text);
    if (!read || read.hash !== read.claimed) continue;
    const { chain, seq, number } = read.line;
    const { hash } = read;
    return {
      ...tail,
      end: { hash, number, link: { chain, seq, hash } },
    };
  }
  return tail;
}

/**
 * The end of the trail as it was last written, stored beside its file. If lines were cut off since, or the file was
 * rotated, the next line follows this one.
 */
export function readStoredEnd(trail: string): TrailEnd | undefined {
  try {
    return notedEnd.safeParse(JSON.parse(readFileSync(`${trail}.end`, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

const notedEnd = z.object({ hash: z.string(), number: z.int() });

/** With the longest number; every end has as many bytes, so that one is written over another. */
const END_BYTES = 128;

/**
 * Writes it in place: a file that is emptied first costs some file systems a wait for the disk at each line, and a
 * process that is killed leaves it empty. Writing fails on a full disk; then the last line itself holds the same
 * information.
 */
export function storeEnd(trail: string, end: TrailEnd): void {
  try {
    const file = openSync(`${trail}.end`, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      writeSync(file, JSON.stringify(end).padEnd(END_BYTES), 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // As above.
  }
}

/** The later of the last line in the file and the stored one: the next line follows it. */
export function endOf({ end, holds }: Tail, stored: TrailEnd | undefined): TrailEnd | undefined {
  if (stored === undefined || end === undefined) return stored ?? end;
  if (end.hash === stored.hash || holds(stored.hash)) return end;
  // A process was killed after it wrote its line and before it stored the end.
  return (end.number ?? -1) > (stored.number ?? -1) ? end : stored;
}

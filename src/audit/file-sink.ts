import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { FtmError } from '../ftm-error.ts';
import { readLine, sha256 } from './audit-line.ts';
import type { AuditSink } from './audit-trail.ts';

/** The longest line (a device with a hundred commands) has some 10 KB. */
const TAIL_BYTES = 1024 * 1024;

const FIRST_LINE_MS = 500;
const PAUSE_MS = 10;

/**
 * Appends to a file that only its owner can read. Several processes may share one; each keeps a chain of its own. A file
 * that was renamed or removed (rotation) is left, and the chain goes on in a new one at the path.
 */
export function openFileSink(path: string): AuditSink {
  try {
    makeFolder(dirname(path));
    let file = openAtEnd(path);
    const { follows, torn } = readTail(file);
    // What could not be finished stays as it is, on a line of its own.
    if (torn !== undefined) writeSync(file, '\n');
    return {
      ...(follows === undefined ? {} : { follows }),
      ...(torn === undefined ? {} : { torn }),
      write(bytes) {
        if (!isAt(path, file)) {
          const next = openSync(path, 'a+', 0o600);
          closeSync(file);
          file = next;
        }
        // One system call: with `O_APPEND` lines of several processes do not mix.
        return writeSync(file, bytes);
      },
      close: () => closeSync(file),
    };
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The audit trail ${path} cannot be opened for appending.`, {
      advice:
        'Set FTM_CHECK_AUDIT to a path that this process can write, such as /var/lib/ftm-check/audit.jsonl, to stdout, or to off. By default it is in FTM_CHECK_DATA.',
      cause,
    });
  }
}

/** Whoever makes the file writes its first line at once: who comes at the same moment waits for it, to follow it. */
function openAtEnd(path: string): number {
  try {
    return openSync(path, 'ax+', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const file = openSync(path, 'a+', 0o600);
  for (let waited = 0; waited < FIRST_LINE_MS && fstatSync(file).size === 0; waited += PAUSE_MS) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return file;
}

/** One level only: `recursive` never returns for some paths that cannot be made, such as those under `/proc`. */
function makeFolder(path: string): void {
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
}

/** For a collector that reads standard output. */
export const stdoutSink: AuditSink = { write: (bytes) => writeSync(1, bytes), close() {} };

function isAt(path: string, file: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const { dev, ino } = fstatSync(file);
  return there?.dev === dev && there.ino === ino;
}

function readTail(file: number): Pick<AuditSink, 'follows' | 'torn'> {
  const { size } = fstatSync(file);
  const length = Math.min(size, TAIL_BYTES);
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, size - length);
  const lastBreak = bytes.lastIndexOf(0x0a);
  const torn =
    length > 0 && lastBreak !== length - 1 ? sha256(bytes.toString('utf8', lastBreak + 1)) : undefined;
  const whole = bytes
    .subarray(0, lastBreak + 1)
    .toString('utf8')
    .split('\n')
    .toReversed();
  for (const text of whole) {
    const read = readLine(text);
    if (!read || read.hash !== read.claimed) continue;
    const { chain, seq } = read.line;
    return { follows: { chain, seq, hash: read.hash }, ...(torn === undefined ? {} : { torn }) };
  }
  return torn === undefined ? {} : { torn };
}

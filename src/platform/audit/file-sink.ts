import { closeSync, existsSync, fstatSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { FtmError } from '../../ftm-error.ts';
import type { AuditSink, SharedTrail } from './audit-trail.ts';
import { lockFile } from './file-lock.ts';
import { endOf, readStoredEnd, readTail, storeEnd, type TrailEnd } from './trail-end.ts';

/**
 * Appends to a file that only its owner can read. Several processes may share one: each has its own chain, and under
 * a lock every line also follows the last line of the file, whichever process wrote that. If the file was renamed or
 * removed (rotation), the trail continues in a new one at the path.
 */
export function openFileSink(path: string): AuditSink {
  try {
    makeFolder(dirname(path));
    let file = openSync(path, 'a+', 0o600);
    let mine: OwnEnd | undefined;
    return {
      write: (bytes) => writeSync(file, bytes),
      together(work) {
        const lock = lockFile(`${path}.lock`);
        try {
          if (!isAt(path, file)) {
            const next = openSync(path, 'a+', 0o600);
            closeSync(file);
            file = next;
          }
          const before = mine;
          mine = undefined;
          let stored: TrailEnd | undefined;
          const isWritten = work({
            ...(before?.state === stateOf(path, file) ? { after: before.end } : endNow(path, file)),
            isHeld: () => lock.isHeld(),
            storeEnd(end) {
              storeEnd(path, end);
              stored = end;
            },
          });
          if (isWritten && stored !== undefined && lock.isHeld())
            mine = { end: stored, state: stateOf(path, file) };
          return isWritten;
        } finally {
          lock.release();
        }
      },
      close: () => closeSync(file),
    };
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The audit trail ${path} cannot be opened for appending.`, {
      advice:
        'Set FTM_CHECK_AUDIT to a path in a folder that this process can write, such as /var/lib/ftm-check/audit.jsonl, to stdout, or to off. By default it is in FTM_CHECK_DATA.',
      cause,
    });
  }
}

/** The line that this process wrote last. While both files are as it left them, nobody has to read them. */
interface OwnEnd {
  readonly end: TrailEnd;
  readonly state: string;
}

/** Of the trail and the note of its end: a line of another process, a cut or a rotation changes it. */
function stateOf(path: string, file: number): string {
  const stored = statSync(`${path}.end`, { bigint: true, throwIfNoEntry: false });
  return [fstatSync(file, { bigint: true }), stored]
    .map((each) => `${each?.ino} ${each?.size} ${each?.mtimeNs}`)
    .join(' ');
}

function endNow(path: string, file: number): Pick<SharedTrail, 'after' | 'follows' | 'torn'> {
  const tail = readTail(file);
  const after = endOf(tail, readStoredEnd(path));
  return {
    after,
    follows: tail.end === undefined ? undefined : tail.end.link,
    torn: tail.torn,
  };
}

/**
 * One level only: `recursive` never returns for some paths that cannot be made, such as those under `/proc`. Another
 * process may make it at the same moment.
 */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

/** For a collector that reads standard output. */
export const stdoutSink: AuditSink = { write: (bytes) => writeSync(1, bytes), close() {} };

function isAt(path: string, file: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const { dev, ino } = fstatSync(file);
  return there?.dev === dev && there.ino === ino;
}

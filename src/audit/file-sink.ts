import { closeSync, existsSync, fstatSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { FtmError } from '../ftm-error.ts';
import type { AuditSink } from './audit-trail.ts';
import { lockFile } from './file-lock.ts';
import { endOf, readStoredEnd, readTail, storeEnd } from './trail-end.ts';

/**
 * Appends to a file that only its owner can read. Several processes may share one: each has its own chain, and under
 * a lock every line also follows the last line of the file, whichever process wrote that. If the file was renamed or
 * removed (rotation), the trail continues in a new one at the path.
 */
export function openFileSink(path: string): AuditSink {
  try {
    makeFolder(dirname(path));
    let file = openSync(path, 'a+', 0o600);
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
          const tail = readTail(file);
          const after = endOf(tail, readStoredEnd(path));
          return work({
            after,
            ...(tail.end === undefined ? {} : { follows: tail.end.link }),
            torn: tail.torn,
            isHeld: () => lock.isHeld(),
            storeEnd: (end) => storeEnd(path, end),
          });
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

import { closeSync, existsSync, fstatSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';
import { type AuditSink, type AuditTrail, createChainId, NO_AUDIT, openAuditTrail } from './audit-trail.ts';

/**
 * Appends to a file of this process in a folder: `DATE-CHAIN.jsonl`, which only its owner can read. If it is renamed or
 * removed while the process runs, the chain continues in a new file with the same name. `now`: milliseconds since the
 * Unix epoch.
 */
export function openFileSink(folder: string, chain: string, now: number): AuditSink {
  const day = new Date(now).toISOString().slice(0, 10);
  const path = join(folder, `${day}-${chain}.jsonl`);
  try {
    makeFolder(folder);
    let file = openSync(path, 'a', 0o600);
    return {
      write(bytes) {
        if (!isAt(path, file)) {
          const next = openSync(path, 'a', 0o600);
          closeSync(file);
          file = next;
        }
        return writeSync(file, bytes);
      },
      close: () => closeSync(file),
    };
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The audit trail in ${folder} cannot be opened for appending.`, {
      advice:
        'Set FTM_CHECK_AUDIT to a folder that this process can write, such as /var/lib/ftm-check/audit, to stdout, or to off. By default it is in FTM_CHECK_DATA.',
      cause,
    });
  }
}

/**
 * One level only, and the folder above: `recursive` never returns for some paths that cannot be made, such as those
 * under `/proc`. Another process may make it at the same moment.
 */
function makeFolder(path: string): void {
  const above = join(path, '..');
  for (const each of [above, path]) {
    try {
      if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    } catch (error) {
      if (!existsSync(each)) throw error;
    }
  }
}

/** For a collector that reads standard output. */
const stdoutSink: AuditSink = { write: (bytes) => writeSync(1, bytes), close() {} };

/** `target`: a folder, `stdout` or `off`. `toStdout`: in place of standard output. */
export function openAuditTarget(target: string, now: () => number, toStdout = stdoutSink): AuditTrail {
  if (target === 'off') return NO_AUDIT;
  const chain = createChainId();
  return openAuditTrail(target === 'stdout' ? toStdout : openFileSink(target, chain, now()), now, chain);
}

function isAt(path: string, file: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  const { dev, ino } = fstatSync(file);
  return there?.dev === dev && there.ino === ino;
}

import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync } from 'node:fs';

/** The lock is held for the time of a few system calls: an older file was left by a process that was killed. */
const STALE_MS = 3000;
const WAIT_MS = 10_000;
const PAUSE_MS = 2;

export interface FileLock {
  /** Whether this process still has the lock: another one may have taken it while this process was suspended. */
  isHeld(): boolean;
  release(): void;
}

/** Blocks, because a line of the audit trail is written before the action it records. Throws after ten seconds. */
export function lockFile(path: string): FileLock {
  const end = Date.now() + WAIT_MS;
  let mine = take(path);
  while (mine === undefined) {
    if (Date.now() > end) throw new Error(`${path} is held by another process`);
    breakStale(path);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    mine = take(path);
  }
  const isHeld = (): boolean => identity(statSync(path, { bigint: true, throwIfNoEntry: false })) === mine;
  return {
    isHeld,
    release() {
      if (isHeld()) rmSync(path, { force: true });
    },
  };
}

/** Creates an empty file, which works on a full disk too. Undefined if it exists. */
function take(path: string): string | undefined {
  try {
    const file = openSync(path, 'wx', 0o600);
    const made = identity(fstatSync(file, { bigint: true }));
    closeSync(file);
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

function identity(file: { readonly ino: bigint; readonly mtimeNs: bigint } | undefined): string | undefined {
  return file && `${file.ino}:${file.mtimeNs}`;
}

/** Renames the file, because only one of several processes can succeed. */
function breakStale(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || Date.now() - found.mtimeMs < STALE_MS) return;
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // Another process was faster.
  }
}

import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FtmError } from '../../ftm-error.ts';
import { isRunning } from './is-running.ts';
import { answersOn, untilAnswersOn } from './server-process.ts';

interface Lock {
  readonly pid: number;
  readonly port: number;
  readonly at: number;
}

const LOCK_FILE = 'server.lock';
/** After its process ended, a server may need a moment to write and stop. */
const EXIT_TIMEOUT_MS = 5_000;
/** Between creating the lock and listening. */
const START_TIMEOUT_MS = 15_000;

const heldHere = new Set<string>();

/** One server per data folder: two would write the same append-only file. Rejects with `ftm_config_invalid`. */
export async function lockFolder(folder: string, port: number): Promise<() => Promise<void>> {
  const path = join(folder, LOCK_FILE);
  if (heldHere.has(path)) throw inUse(folder, process.pid, path);
  heldHere.add(path);
  try {
    await takeLock(folder, path, { pid: process.pid, port, at: Date.now() });
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  return async () => {
    heldHere.delete(path);
    await unlink(path).catch(() => {});
  };
}

async function takeLock(folder: string, path: string, lock: Lock): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await writeFile(path, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isExisting(error)) throw notWritable(folder, error);
    }
    const other = await readLock(path);
    if (other !== undefined && (await isLive(other))) throw inUse(folder, other.pid, path);
    await unlink(path).catch(() => {});
  }
  throw inUse(folder, undefined, path);
}

async function readLock(path: string): Promise<Lock | undefined> {
  try {
    const { pid, port, at } = JSON.parse(await readFile(path, 'utf8')) as Partial<Lock>;
    if (!Number.isInteger(pid) || !Number.isInteger(port)) return undefined;
    return { pid: pid as number, port: port as number, at: Number(at) };
  } catch {
    return undefined;
  }
}

/** A process id alone proves nothing: another program may have got it since. */
async function isLive(lock: Lock): Promise<boolean> {
  const justTaken = Date.now() - lock.at < START_TIMEOUT_MS;
  if (lock.pid !== process.pid && isRunning(lock.pid) && (justTaken || (await answersOn(lock.port))))
    return true;
  return !(await untilAnswersOn(lock.port, false, EXIT_TIMEOUT_MS));
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function inUse(folder: string, pid: number | undefined, path: string): FtmError {
  const who = pid === undefined ? '' : ` (process ${pid})`;
  return new FtmError(
    'ftm_config_invalid',
    `The data folder ${folder} is in use by another ftm-check${who}.`,
    {
      advice: `Stop that process, choose another folder, or set REDIS_URL for both. If no ftm-check is running, remove ${path}.`,
    },
  );
}

function notWritable(folder: string, cause: unknown): FtmError {
  return new FtmError('ftm_config_invalid', `The data folder ${folder} cannot be written.`, {
    advice: 'Give ftm-check a folder that its user may write to.',
    cause,
  });
}

import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';

/** A file that only this user can read. Rejects with `ftm_usage` if it cannot be written. */
export async function openPrivateFile(path: string, existing: 'replace' | 'refuse'): Promise<FileHandle> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  try {
    const flags = O_WRONLY | O_CREAT | (existing === 'refuse' ? O_EXCL : 0);
    const file = await open(path, flags, 0o600);
    // The mode passed to `open` applies to a new file only.
    await file.chmod(0o600);
    await file.truncate();
    return file;
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Writes a new file that only this user can read. Rejects with `ftm_usage`. */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  await using file = await openPrivateFile(path, 'refuse');
  await file.writeFile(content).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

export function unwritable(path: string, cause: unknown): FtmError {
  return new FtmError('ftm_usage', `${path} cannot be written: ${whyUnwritable(cause)}.`, {
    advice: 'Name another one.',
    cause,
  });
}

/** Rejects with `ftm_usage` if it cannot be created. */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolder(path, 0o700);
}

/** Resolves with the first folder that was created; rejects with `ftm_usage` if one cannot be. */
export async function makeFolder(path: string, mode = 0o777): Promise<string | undefined> {
  try {
    return await makeWithParents(resolve(path), mode);
  } catch (cause) {
    throw new FtmError('ftm_usage', `The folder ${path} cannot be made: ${whyUnwritable(cause)}.`, {
      advice: 'Name another one.',
      cause,
    });
  }
}

/** `mkdir` with `recursive` tries for ever in a file system that takes no folders, such as /proc. */
async function makeWithParents(path: string, mode: number): Promise<string | undefined> {
  if (await isFolder(path)) return undefined;
  const parent = dirname(path);
  const first = parent === path ? undefined : await makeWithParents(parent, mode);
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // Another device of the same check may have made it meanwhile.
    if (await isFolder(path)) return first;
    throw error;
  }
  return first ?? path;
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** Rejects with `ftm_usage` if no file can be written into the folder; leaves nothing behind. */
export async function refuseUnwritableFolder(path: string): Promise<void> {
  const made = await makeFolder(path);
  try {
    await access(path, constants.W_OK);
  } catch (cause) {
    throw unwritable(path, cause);
  } finally {
    if (made !== undefined) await rm(made, { recursive: true });
  }
}

export function whyUnwritable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return 'it exists';
  if (code === 'ENOENT') return 'its folder does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOTDIR') return 'a part of the path is a file';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write it';
  if (code === 'EROFS') return 'the file system is read-only';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'no space is left';
  return typeof code === 'string' ? code : 'it failed';
}

import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { FtmError } from '../../ftm-error.ts';

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

export function unwritable(path: string, cause: unknown): FtmError {
  return new FtmError('ftm_usage', `${path} cannot be written: ${whyUnwritable(cause)}.`, {
    advice: 'Name another one.',
    cause,
  });
}

/** Rejects with `ftm_usage` if it cannot be created. */
export async function makePrivateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new FtmError('ftm_usage', `The folder ${path} cannot be made: ${whyUnwritable(cause)}.`, {
      advice: 'Name another one.',
      cause,
    });
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

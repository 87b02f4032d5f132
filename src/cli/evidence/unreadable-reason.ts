import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { FtmError } from '../../engine/ftm-error.ts';

/** Why a file cannot be read, as the end of a sentence that begins with its path. */
export function unreadableReason(error: unknown): string {
  if (error instanceof UnreadableFile) return error.reason;
  if (error instanceof FtmError) return error.message.replace(/\.$/, '');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return 'cannot be read';
}

export function throwUnreadable(path: string, cause: unknown): never {
  throw cause instanceof FtmError ? cause : new UnreadableFile(path, unreadableReason(cause), { cause });
}

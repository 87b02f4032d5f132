import { open, unlink } from 'node:fs/promises';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { unwritable } from '../process/private-file.ts';

/**
 * The file is opened first, so that a wrong path is refused before anything is read, and written at the end, so that
 * an existing answer stays if there is no new one. Rejects with `ftm_usage`.
 */
export async function intoFile(path: string, work: (stdout: Writable) => Promise<number>): Promise<number> {
  const file = await open(path, 'a').catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  const stdout = new PassThrough();
  const written = buffer(stdout);
  let text = Buffer.alloc(0);
  try {
    const status = await work(stdout);
    stdout.end();
    text = await written;
    if (text.length > 0) {
      await file.truncate();
      await file.writeFile(text);
    }
    return status;
  } catch (cause) {
    throw isFileError(cause) ? unwritable(path, cause) : cause;
  } finally {
    stdout.end();
    await written;
    const isEmpty = (await file.stat()).size === 0;
    await file.close();
    if (text.length === 0 && isEmpty) await unlink(path);
  }
}

function isFileError(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause;
}

import { textThread } from './text-thread.ts';

/**
 * Unpacks a large job in a thread. Long texts stay packed (`AnalyzeJob.packed`), so that this thread holds neither them
 * nor the steps of unpacking: 80 MB for a job of 20 MB. Rejects with an `FtmError`.
 */
export async function unpackJob(packed: string): Promise<unknown> {
  return await textThread.run({ kind: 'unpack', packed });
}

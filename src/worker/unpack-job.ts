import { createTaskThread } from '../threads/task-thread.ts';

const HEAP_MB = 128;
const TIME_LIMIT_MS = 60_000;

const thread = createTaskThread<string, unknown>({
  module: new URL(
    import.meta.url.endsWith('.ts') ? './unpack-job-worker.ts' : './unpack-job-worker.js',
    import.meta.url,
  ),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
});

/**
 * Unpacks a large job in a thread. Long texts stay packed (`AnalyzeJob.packed`), so that this thread holds neither them
 * nor the steps of unpacking: 80 MB for a job of 20 MB. Rejects with an `FtmError`.
 */
export async function unpackJob(packed: string): Promise<unknown> {
  return await thread.run(packed);
}

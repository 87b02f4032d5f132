import type { JobProgress } from '../../platform/queue/job-queue.ts';

const MAX_ENTRIES = 500;

/** Progress of running jobs, as far as this process received it. */
export type LatestProgress = ReturnType<typeof createLatestProgress>;

export function createLatestProgress() {
  const latest = new Map<string, JobProgress>();
  return {
    update(id: string, progress: JobProgress) {
      latest.delete(id);
      latest.set(id, progress);
      for (const oldest of latest.keys()) {
        if (latest.size <= MAX_ENTRIES) break;
        latest.delete(oldest);
      }
    },
    of: (id: string) => latest.get(id),
  };
}

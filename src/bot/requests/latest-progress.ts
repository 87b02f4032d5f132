import type { JobProgress } from '../../platform/queue/job-queue.ts';

const MAX_ENTRIES = 500;

/** Progress of running jobs, as far as this process received it. */
export interface LatestProgress {
  update(id: string, progress: JobProgress): void;
  of(id: string): JobProgress | undefined;
}

export function createLatestProgress(): LatestProgress {
  const latest = new Map<string, JobProgress>();
  return {
    update(id, progress) {
      latest.delete(id);
      latest.set(id, progress);
      for (const oldest of latest.keys()) {
        if (latest.size <= MAX_ENTRIES) break;
        latest.delete(oldest);
      }
    },
    of: (id) => latest.get(id),
  };
}

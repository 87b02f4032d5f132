import type { Dependencies } from '../../platform/dependencies.ts';
import type { Enqueued, JobProgress } from '../../platform/queue/job-queue.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { RunProgress } from '../delivery/types.ts';
import type { OnPostRefused } from './ports.ts';

export type PostQueued = (run: Run, progress: RunProgress) => Promise<string | undefined>;

export interface AnnounceOptions extends Pick<Dependencies, 'runs' | 'logger' | 'now'> {
  readonly progress: LatestProgress;
  readonly postQueued: PostQueued;
  /** Called with every run that waits. */
  readonly onWaiting: (run: Run, ahead: number) => void;
  readonly onPostRefused: OnPostRefused;
}

/**
 * Posts what an accepted run waits for. Does not wait for Slack, and cannot fail: the run is accepted, and its worker
 * posts the message if this fails.
 */
export async function announceRun(run: Run, enqueued: Enqueued, options: AnnounceOptions): Promise<void> {
  const { logger } = options;
  switch (enqueued.state) {
    case 'duplicate':
      return;
    case 'queued':
      void post(run, { phase: 'queued', ahead: enqueued.ahead }, options);
      // A group is in the queue only for a short time: its devices wait.
      if (run.kind !== 'group') options.onWaiting(run, enqueued.ahead);
      return;
    case 'joined':
      try {
        void post(run, await sharedProgress(run, enqueued.leader, options), options);
      } catch (error) {
        logger.warn({ run: run.id, err: error }, 'shared result could not be recorded');
      }
  }
}

async function post(
  run: Run,
  progress: RunProgress,
  { postQueued, onPostRefused }: AnnounceOptions,
): Promise<void> {
  const error = await postQueued(run, progress);
  if (error !== undefined) onPostRefused(error);
}

/** Marks the run as a follower, so that the leader's worker shows its progress here too. */
async function sharedProgress(
  { id }: Run,
  leader: string,
  { runs, progress, now }: AnnounceOptions,
): Promise<RunProgress> {
  await runs.update(id, { joined: leader });
  const first = await runs.get(leader);
  const current = progress.of(leader) ?? { phase: 'queued' };
  if (!first) return current;
  return { ...current, shares: { asker: first.asker, agoMs: Math.max(0, now() - first.acceptedAt) } };
}

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

import type { Logger } from '../../platform/observe/logger.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Delivery, RunProgress } from '../delivery/types.ts';

export interface FollowersOptions {
  readonly runs: RunStore;
  readonly delivery: Delivery;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Runs that share this run's result: their messages show its progress. */
export interface Followers {
  show(progress: RunProgress): void;
  /** After it resolves, no follower's message is being edited, because another process may answer it. */
  stop(): Promise<void>;
}

const REFRESH_INTERVAL_MS = 1500;
const MAX_FOLLOWERS = 20;

/**
 * Only the process that runs the leader edits its followers' messages, and it stops before the result is published.
 * So no late edit can overwrite an answer.
 */
export function createFollowers(leader: Run, options: FollowersOptions): Followers {
  const { runs, delivery, logger, now } = options;
  const shown = new Set<string>();
  let followers: readonly Run[] = [];
  let refreshAt = 0;
  let refreshing: Promise<void> | undefined;
  let stopped = false;
  let latest: RunProgress | undefined;

  async function refresh(alias: string): Promise<void> {
    const recent = await runs.byDevice(alias, MAX_FOLLOWERS);
    followers = recent.filter((run) => run.joined === leader.id && run.answeredAt === undefined);
    if (!stopped && latest) showAll(latest);
  }

  function showAll(progress: RunProgress): void {
    const shares = { asker: leader.asker, agoMs: Math.max(0, now() - leader.acceptedAt) };
    for (const run of followers) {
      shown.add(run.id);
      delivery.progress(run, { ...progress, shares });
    }
  }

  return {
    show(progress) {
      if (stopped || leader.alias === undefined) return;
      latest = progress;
      if (refreshing === undefined && now() >= refreshAt) {
        refreshAt = now() + REFRESH_INTERVAL_MS;
        refreshing = refresh(leader.alias)
          .catch((error: unknown) => logger.warn({ err: error }, 'followers could not be looked up'))
          .finally(() => {
            refreshing = undefined;
          });
        return;
      }
      showAll(progress);
    },
    async stop() {
      stopped = true;
      await refreshing;
      await Promise.all([...shown].map((id) => delivery.stopProgress(id)));
    },
  };
}

import type { Redis } from 'ioredis';
import { type BullJobData, KEY_TTL_MS, priorityInGroup } from './bullmq-types.ts';
import type { AttemptCounts } from './job-attempt.ts';
import type { QueueKeys } from './queue-keys.ts';
import { runScript } from './redis-scripts.ts';

const RESULT_TTL_MS = 3_600_000;

/** Jobs after the first may share the result that was just stored. */
const PROMOTED_AT_ONCE = 10;

type Place = Pick<BullJobData<unknown>, 'sequence' | 'jobGroup' | 'dedupId' | 'background'>;

/**
 * What a worker keeps in Redis in addition to BullMQ: job groups, shared results, attempts. `promote` makes a waiting
 * job run as soon as possible.
 */
export function createWorkerStore<Result>(
  redis: Redis,
  keys: QueueKeys,
  promote: (id: string) => Promise<unknown>,
) {
  /** Rejected for a job that does not wait for its group: it runs soon. */
  async function promoteWaiting(id: string): Promise<void> {
    await promote(id).catch(() => {});
  }

  return {
    promote: promoteWaiting,

    /** False while another job of the group is active, or is first in its order. */
    async activate(id: string, place: Place): Promise<boolean> {
      const { jobGroup } = place;
      if (jobGroup === undefined) return true;
      const mayRun = await runScript(
        redis,
        'activateInGroup',
        keys.groupWaiting(jobGroup),
        keys.groupActive(jobGroup),
        keys.paused,
        keys.jobs,
        id,
        priorityInGroup(place),
        KEY_TTL_MS,
      );
      return mayRun === 1;
    },

    /** The job runs without its turn in the group. */
    async leaveGroup(id: string, { jobGroup }: Place): Promise<void> {
      if (jobGroup === undefined) return;
      await redis.pipeline().zrem(keys.groupWaiting(jobGroup), id).srem(keys.paused, id).exec();
    },

    async promoteNext(jobGroup: string | undefined): Promise<void> {
      if (jobGroup === undefined) return;
      const next = await runScript(
        redis,
        'nextInGroup',
        keys.groupWaiting(jobGroup),
        keys.groupActive(jobGroup),
        keys.jobs,
        PROMOTED_AT_ONCE,
      );
      for (const id of next as string[]) await promoteWaiting(id);
    },

    /** The result for the same question, if it came after this job was accepted. */
    async sharedResult(id: string, { sequence, jobGroup, dedupId }: Place) {
      if (jobGroup === undefined || dedupId === undefined) return undefined;
      const stored = await redis.hgetall(keys.sharedResult(jobGroup, dedupId));
      const { leader, result } = stored;
      if (leader === undefined || leader === id || Number(stored.sequence) < sequence) return undefined;
      return { leader, result: (result ? JSON.parse(result) : undefined) as Result };
    },

    async storeResult(id: string, { jobGroup, dedupId }: Place, result: Result): Promise<void> {
      if (jobGroup === undefined || dedupId === undefined) return;
      const key = keys.sharedResult(jobGroup, dedupId);
      const text = JSON.stringify(result) ?? '';
      await runScript(redis, 'storeResult', key, keys.sequence, id, text, RESULT_TTL_MS);
    },

    async countStart(id: string): Promise<AttemptCounts> {
      const counted = await runScript(redis, 'countStart', keys.attempts(id), KEY_TTL_MS);
      const [attempt, crashes] = counted as [number, number];
      return { attempt, crashes };
    },

    async countEnd(id: string, { attempt }: AttemptCounts): Promise<void> {
      await runScript(redis, 'countEnd', keys.attempts(id), attempt);
    },

    /** An earlier attempt ended with its process: this job, or another one in that process, may be the reason. */
    async isSuspect(id: string): Promise<boolean> {
      const [crashes, running] = await redis.hmget(keys.attempts(id), 'crashes', 'running');
      return Boolean(crashes ?? running);
    },

    async forget(id: string): Promise<void> {
      await Promise.all([redis.del(keys.attempts(id), keys.cancelled(id)), redis.srem(keys.paused, id)]);
    },
  };
}

export type WorkerStore<Result> = ReturnType<typeof createWorkerStore<Result>>;

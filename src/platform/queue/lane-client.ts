import type { Redis } from 'ioredis';
import { type BullJobData, KEY_TTL_MS, rankOf } from './bullmq-types.ts';
import type { AttemptCounts } from './job-attempt.ts';
import type { QueueKeys } from './queue-keys.ts';
import { runScript } from './redis-scripts.ts';

const RESULT_TTL_MS = 3_600_000;

/** Jobs after the first may share the result that was just published. */
const WOKEN_AT_ONCE = 10;

type Place = Pick<BullJobData<unknown>, 'seq' | 'lane' | 'joinKey' | 'background'>;

/** The worker's part of lanes. `promote` makes a waiting job run as soon as possible. */
export function createLaneClient<Result>(
  redis: Redis,
  keys: QueueKeys,
  promote: (id: string) => Promise<unknown>,
) {
  /** `promote` rejects for a job that does not wait for its lane: it runs soon anyway. */
  async function wake(id: string): Promise<void> {
    await promote(id).catch(() => {});
  }

  return {
    wake,

    /** Without a lane the job may always run. */
    async takeTurn(id: string, place: Place): Promise<boolean> {
      const { lane } = place;
      if (lane === undefined) return true;
      const line = keys.line(lane);
      const holder = keys.holder(lane);
      const ours = await runScript(
        redis,
        'acquireLane',
        line,
        holder,
        keys.parked,
        keys.jobs,
        id,
        rankOf(place),
        KEY_TTL_MS,
      );
      return ours === 1;
    },

    async stepOut(id: string, { lane }: Place): Promise<void> {
      if (lane === undefined) return;
      await redis.pipeline().zrem(keys.line(lane), id).srem(keys.parked, id).exec();
    },

    async wakeNext(lane: string | undefined): Promise<void> {
      if (lane === undefined) return;
      const next = await runScript(
        redis,
        'nextInLane',
        keys.line(lane),
        keys.holder(lane),
        keys.jobs,
        WOKEN_AT_ONCE,
      );
      for (const id of next as string[]) await wake(id);
    },

    /** The result for the same question, if it came after this job was accepted. */
    async sharedResult(id: string, { seq, lane, joinKey }: Place) {
      if (lane === undefined || joinKey === undefined) return undefined;
      const stored = await redis.hgetall(keys.sharedResult(lane, joinKey));
      const { leader, result } = stored;
      if (leader === undefined || leader === id || Number(stored.seq) < seq) return undefined;
      return {
        leader,
        result: (result === '' || result === undefined ? undefined : JSON.parse(result)) as Result,
      };
    },

    async storeResult(id: string, { lane, joinKey }: Place, result: Result): Promise<void> {
      if (lane === undefined || joinKey === undefined) return;
      const text = JSON.stringify(result) ?? '';
      await runScript(
        redis,
        'storeResult',
        keys.sharedResult(lane, joinKey),
        keys.seq,
        id,
        text,
        RESULT_TTL_MS,
      );
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
      await Promise.all([redis.del(keys.attempts(id), keys.cancelled(id)), redis.srem(keys.parked, id)]);
    },
  };
}

export type LaneClient<Result> = ReturnType<typeof createLaneClient<Result>>;

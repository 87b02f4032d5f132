import { sha256 } from '../store/sha256.ts';

export type QueueKeys = ReturnType<typeof queueKeys>;

/** Keys in Redis: BullMQ's own under `jobs`, ours beside them. `prefix` may contain a `{tag}` for a cluster. */
export function queueKeys(prefix: string, name: string) {
  const jobs = `${prefix}:${name}:`;
  const own = `${prefix}:${name}-ftm:`;
  return {
    /** Prefix of a job's hash. */
    jobs,
    wait: `${jobs}wait`,
    seq: `${own}seq`,
    /** Jobs that wait for their lane: BullMQ sees them as delayed. */
    parked: `${own}parked`,
    cancelChannel: `${own}cancel`,
    line: (lane: string) => `${own}line:${lane}`,
    holder: (lane: string) => `${own}holder:${lane}`,
    ask: (lane: string, joinKey: string) => `${own}ask:${sha256(JSON.stringify([lane, joinKey]))}`,
    /** The last result for a question, which waiting jobs with the same question share. */
    sharedResult: (lane: string, joinKey: string) =>
      `${own}result:${sha256(JSON.stringify([lane, joinKey]))}`,
    cancelled: (id: string) => `${own}cancelled:${id}`,
    /** Number of attempts of a job, and how often its process died in them. */
    attempts: (id: string) => `${own}attempts:${id}`,
  };
}

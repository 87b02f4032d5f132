import { createHash } from 'node:crypto';

/**
 * Keys in Redis: BullMQ's own under `jobs`, ours beside them. `prefix` may contain a `{tag}` for a cluster.
 */
export interface QueueKeys {
  /** Prefix of a job's hash. */
  readonly jobs: string;
  readonly wait: string;
  readonly seq: string;
  /** Jobs that wait for their lane: BullMQ sees them as delayed. */
  readonly parked: string;
  readonly cancelChannel: string;
  readonly progressChannel: string;
  line(lane: string): string;
  holder(lane: string): string;
  ask(lane: string, joinKey: string): string;
  /** The last result for a question, which waiting jobs with the same question share. */
  sharedResult(lane: string, joinKey: string): string;
  cancelled(id: string): string;
  /** Number of attempts of a job, and how often its process died in them. */
  attempts(id: string): string;
}

export function queueKeys(prefix: string, name: string): QueueKeys {
  const jobs = `${prefix}:${name}:`;
  const own = `${prefix}:${name}-ftm:`;
  return {
    jobs,
    wait: `${jobs}wait`,
    seq: `${own}seq`,
    parked: `${own}parked`,
    cancelChannel: `${own}cancel`,
    progressChannel: `${own}progress`,
    line: (lane) => `${own}line:${lane}`,
    holder: (lane) => `${own}holder:${lane}`,
    ask: (lane, joinKey) => `${own}ask:${digest(lane, joinKey)}`,
    sharedResult: (lane, joinKey) => `${own}result:${digest(lane, joinKey)}`,
    cancelled: (id) => `${own}cancelled:${id}`,
    attempts: (id) => `${own}attempts:${id}`,
  };
}

function digest(lane: string, joinKey: string): string {
  return createHash('sha256')
    .update(JSON.stringify([lane, joinKey]))
    .digest('hex');
}

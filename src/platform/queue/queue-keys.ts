import { sha256 } from '../store/sha256.ts';

export type QueueKeys = ReturnType<typeof queueKeys>;

/** Keys in Redis: BullMQ's own under `jobs`, ours beside them. `prefix` may contain a `{tag}` for a cluster. */
export function queueKeys(prefix: string, name: string) {
  const jobs = `${prefix}:${name}:`;
  const ours = `${prefix}:${name}-ftm:`;
  const question = (jobGroup: string, dedupId: string) => sha256(JSON.stringify([jobGroup, dedupId]));
  return {
    /** Prefix of a job's hash. */
    jobs,
    waiting: `${jobs}wait`,
    sequence: `${ours}sequence`,
    /** Jobs that wait for their group: BullMQ sees them as delayed. */
    paused: `${ours}paused`,
    cancelChannel: `${ours}cancel`,
    groupWaiting: (jobGroup: string) => `${ours}waiting:${jobGroup}`,
    /** Id of the job of the group that runs. */
    groupActive: (jobGroup: string) => `${ours}active:${jobGroup}`,
    /** Id of the job whose result those with the same question get. */
    dedup: (jobGroup: string, dedupId: string) => `${ours}dedup:${question(jobGroup, dedupId)}`,
    /** The last result for a question, which waiting jobs with the same question share. */
    sharedResult: (jobGroup: string, dedupId: string) => `${ours}result:${question(jobGroup, dedupId)}`,
    cancelled: (id: string) => `${ours}cancelled:${id}`,
    /** Number of attempts of a job, and how often its process died in them. */
    attempts: (id: string) => `${ours}attempts:${id}`,
  };
}

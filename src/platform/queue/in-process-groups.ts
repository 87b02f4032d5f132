import type { JobAttempt } from './job-attempt.ts';
import type { JobState } from './job-queue.ts';

export interface InProcessJob<Result> {
  readonly id: string;
  readonly sequence: number;
  /** When it was enqueued, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** The data; emptied at the end. */
  json: string;
  readonly jobGroup: string | undefined;
  readonly dedupId: string | undefined;
  readonly background: boolean;
  state: JobState;
  attempt: number;
  /** Attempts whose handler did not end. */
  crashes: number;
  /** Its number among the jobs that only wait for a free worker slot. */
  turn?: number;
  failures: number;
  cancelled?: string;
  timer?: NodeJS.Timeout;
  running?: JobAttempt<Result>;
}

interface JobGroup<Result> {
  active: InProcessJob<Result> | undefined;
  /** By `sequence`, background jobs last. */
  readonly waiting: InProcessJob<Result>[];
}

interface SharedResult {
  readonly leader: string;
  readonly json: string | undefined;
  /** Jobs accepted up to this number were waiting when the result came. */
  readonly sequence: number;
  readonly at: number;
}

/** Which jobs wait for which device, and which results they may share. `start` is called when a job's turn comes. */
export function createJobGroups<Result>(start: (job: InProcessJob<Result>) => void) {
  const groups = new Map<string, JobGroup<Result>>();
  const results = new Map<string, SharedResult>();

  function sharedResult(job: InProcessJob<Result>): { leader: string; result: Result } | undefined {
    const shared = results.get(resultKey(job));
    if (shared === undefined || shared.leader === job.id || job.sequence > shared.sequence) return undefined;
    return { leader: shared.leader, result: parse(shared.json) as Result };
  }

  /** Jobs whose result exists already need no turn. */
  function startNext(group: JobGroup<Result>): void {
    const served = group.waiting.filter((job) => sharedResult(job) !== undefined);
    for (const job of served) {
      group.waiting.splice(group.waiting.indexOf(job), 1);
      start(job);
    }
    if (group.active !== undefined) return;
    group.active = group.waiting.shift();
    if (group.active !== undefined) start(group.active);
  }

  return {
    sharedResult,

    enter(name: string, job: InProcessJob<Result>): void {
      const group = groups.get(name) ?? { active: undefined, waiting: [] };
      groups.set(name, group);
      const behind = group.waiting.findIndex((other) => isBefore(job, other));
      group.waiting.splice(behind === -1 ? group.waiting.length : behind, 0, job);
      startNext(group);
    },

    /** Number of jobs of its group before it; undefined if it is not waiting. */
    ahead(job: InProcessJob<Result>): number | undefined {
      const group = groups.get(job.jobGroup ?? '');
      const at = group?.waiting.indexOf(job) ?? -1;
      return at === -1 ? undefined : at + (group?.active === undefined ? 0 : 1);
    },

    /** False if the job had its turn already. */
    withdraw(job: InProcessJob<Result>): boolean {
      const waiting = groups.get(job.jobGroup ?? '')?.waiting ?? [];
      const at = waiting.indexOf(job);
      if (at === -1) return false;
      waiting.splice(at, 1);
      return true;
    },

    leave(job: InProcessJob<Result>): void {
      const group = groups.get(job.jobGroup ?? '');
      if (group === undefined) return;
      if (group.active === job) group.active = undefined;
      startNext(group);
      if (group.active === undefined && group.waiting.length === 0) groups.delete(job.jobGroup ?? '');
    },

    storeResult(job: InProcessJob<Result>, result: Result, sequence: number): void {
      if (job.dedupId === undefined) return;
      results.set(resultKey(job), { leader: job.id, json: JSON.stringify(result), sequence, at: Date.now() });
    },

    forgetBefore(time: number): void {
      for (const [key, shared] of results) if (shared.at < time) results.delete(key);
    },
  };
}

function isBefore(one: InProcessJob<unknown>, other: InProcessJob<unknown>): boolean {
  return one.background === other.background ? one.sequence < other.sequence : other.background;
}

function resultKey(job: InProcessJob<unknown>): string {
  return job.dedupId === undefined ? '' : JSON.stringify([job.jobGroup, job.dedupId]);
}

function parse(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

import type { JobAttempt } from './job-attempt.ts';
import type { JobState } from './job-queue.ts';

export interface InProcessJob<Result> {
  readonly id: string;
  readonly seq: number;
  /** When it was enqueued, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** The data; emptied at the end. */
  json: string;
  readonly lane: string | undefined;
  readonly joinKey: string | undefined;
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

interface Lane<Result> {
  holder: InProcessJob<Result> | undefined;
  /** By `seq`, background jobs last. */
  readonly line: InProcessJob<Result>[];
}

interface SharedResult {
  readonly leader: string;
  readonly json: string | undefined;
  /** Jobs accepted up to this number were waiting when the result came. */
  readonly seq: number;
  readonly at: number;
}

/** Which jobs wait for which device, and which results they may share. `start` is called when a job's turn comes. */
export function createLanes<Result>(start: (job: InProcessJob<Result>) => void) {
  const lanes = new Map<string, Lane<Result>>();
  const results = new Map<string, SharedResult>();

  function sharedResult(job: InProcessJob<Result>): { leader: string; result: Result } | undefined {
    const shared = results.get(resultKey(job));
    if (shared === undefined || shared.leader === job.id || job.seq > shared.seq) return undefined;
    return { leader: shared.leader, result: parse(shared.json) as Result };
  }

  /** Jobs whose result exists already need no turn. */
  function letGo(lane: Lane<Result>): void {
    const served = lane.line.filter((job) => sharedResult(job) !== undefined);
    for (const job of served) {
      lane.line.splice(lane.line.indexOf(job), 1);
      start(job);
    }
    if (lane.holder !== undefined) return;
    lane.holder = lane.line.shift();
    if (lane.holder !== undefined) start(lane.holder);
  }

  return {
    sharedResult,

    enter(name: string, job: InProcessJob<Result>): void {
      const lane = lanes.get(name) ?? { holder: undefined, line: [] };
      lanes.set(name, lane);
      const behind = lane.line.findIndex((other) => isBefore(job, other));
      lane.line.splice(behind === -1 ? lane.line.length : behind, 0, job);
      letGo(lane);
    },

    /** Number of jobs of its lane before it; undefined if it is not waiting. */
    ahead(job: InProcessJob<Result>): number | undefined {
      const lane = lanes.get(job.lane ?? '');
      const at = lane?.line.indexOf(job) ?? -1;
      return at === -1 ? undefined : at + (lane?.holder === undefined ? 0 : 1);
    },

    /** False if the job had its turn already. */
    withdraw(job: InProcessJob<Result>): boolean {
      const line = lanes.get(job.lane ?? '')?.line ?? [];
      const at = line.indexOf(job);
      if (at === -1) return false;
      line.splice(at, 1);
      return true;
    },

    leave(job: InProcessJob<Result>): void {
      const lane = lanes.get(job.lane ?? '');
      if (lane === undefined) return;
      if (lane.holder === job) lane.holder = undefined;
      letGo(lane);
      if (lane.holder === undefined && lane.line.length === 0) lanes.delete(job.lane ?? '');
    },

    storeResult(job: InProcessJob<Result>, result: Result, seq: number): void {
      if (job.joinKey === undefined) return;
      results.set(resultKey(job), { leader: job.id, json: JSON.stringify(result), seq, at: Date.now() });
    },

    forgetBefore(time: number): void {
      for (const [key, shared] of results) if (shared.at < time) results.delete(key);
    },
  };
}

function isBefore(one: InProcessJob<unknown>, other: InProcessJob<unknown>): boolean {
  return one.background === other.background ? one.seq < other.seq : other.background;
}

function resultKey(job: InProcessJob<unknown>): string {
  return job.joinKey === undefined ? '' : JSON.stringify([job.lane, job.joinKey]);
}

function parse(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

import { CronExpressionParser } from 'cron-parser';
import PQueue from 'p-queue';
import type { Logger } from '../observe/logger.ts';
import { createJobGroups, type InProcessJob } from './in-process-groups.ts';
import { type JobAttemptResult, mayAttempt, startAttempt } from './job-attempt.ts';
import type { Enqueued, JobHandler, JobQueue, NewJob, ProcessOptions } from './job-queue.ts';
import { assertJobId, backoffAfter, KEEP_COMPLETED_MS, queueUnavailable } from './job-rules.ts';

/** `setTimeout` fires at once for a longer time. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** All its jobs and its memory are lost when the process ends. */
export function createInProcessQueue<Data, Result>(options: {
  readonly log: Logger;
}): JobQueue<Data, Result> {
  const pool = new PQueue({ concurrency: 1, autoStart: false });
  const jobs = new Map<string, InProcessJob<Result>>();
  const ended: { readonly id: string; readonly at: number }[] = [];
  const schedules = new Map<string, { readonly key: string; readonly timer: NodeJS.Timeout }>();
  const groups = createJobGroups<Result>(start);
  let worker: { readonly handler: JobHandler<Data, Result>; readonly options: ProcessOptions } | undefined;
  let sequence = 0;
  let turns = 0;
  let closing = false;

  function forgetOld(): void {
    const before = Date.now() - KEEP_COMPLETED_MS;
    while (ended[0] !== undefined && ended[0].at < before) jobs.delete(ended.shift()?.id ?? '');
    groups.forgetBefore(before);
  }

  function admit(job: InProcessJob<Result>): void {
    job.state = 'waiting';
    if (job.jobGroup === undefined || job.cancelled !== undefined) start(job);
    else groups.enter(job.jobGroup, job);
  }

  function admitLater(job: InProcessJob<Result>, delayMs: number): void {
    job.state = 'delayed';
    job.timer = setTimeout(() => admit(job), delayMs);
  }

  function start(job: InProcessJob<Result>): void {
    turns += 1;
    job.turn = turns;
    pool
      .add(() => run(job), { priority: job.background ? 0 : 1 })
      .catch((error: unknown) => options.log.error({ err: error, job: job.id }, 'queue failed'));
  }

  async function run(job: InProcessJob<Result>): Promise<void> {
    if (worker === undefined || closing) return;
    job.state = 'active';
    delete job.turn;
    job.attempt += 1;
    const { id, attempt, crashes, cancelled } = job;
    const shared = groups.sharedResult(job);
    const request = { id, data: JSON.parse(job.json) as Data, attempt, crashes, cancelled, shared };
    job.running = startAttempt(worker.handler, request, worker.options);
    const end = await job.running.ended;
    delete job.running;
    settle(job, end, worker.options);
    groups.leave(job);
  }

  function settle(job: InProcessJob<Result>, end: JobAttemptResult<Result>, options: ProcessOptions): void {
    if (end.kind === 'done') {
      if (end.shareable) groups.storeResult(job, end.result, sequence);
      finish(job, 'completed');
      return;
    }
    job.state = 'waiting';
    if (end.kind === 'released') return;
    job.failures += 1;
    if (end.kind === 'abandoned') job.crashes += 1;
    const next = { attempt: job.attempt + 1, crashes: job.crashes };
    const again = end.kind === 'abandoned' ? mayAttempt(next, options) : end.again;
    if (!again) finish(job, 'failed');
    else if (!closing) admitLater(job, backoffAfter(job.failures, options));
  }

  function finish(job: InProcessJob<Result>, state: 'completed' | 'failed'): void {
    job.state = state;
    job.json = '';
    ended.push({ id: job.id, at: Date.now() });
  }

  async function enqueue(request: NewJob<Data>): Promise<Enqueued> {
    assertJobId(request.id);
    if (closing) throw queueUnavailable('it is shutting down');
    forgetOld();
    if (jobs.has(request.id)) return { state: 'duplicate' };
    sequence += 1;
    const job: InProcessJob<Result> = {
      id: request.id,
      sequence,
      at: Date.now(),
      json: JSON.stringify(request.data),
      jobGroup: request.jobGroup,
      dedupId: request.jobGroup === undefined ? undefined : request.dedupId,
      background: request.background ?? false,
      state: 'waiting',
      attempt: 0,
      crashes: 0,
      failures: 0,
    };
    const pending = [...jobs.values()].filter(isPending);
    jobs.set(job.id, job);
    const delayMs = request.delayMs ?? 0;
    if (delayMs > 0) admitLater(job, delayMs);
    else admit(job);
    const leader = pending.find(
      (other) =>
        job.dedupId !== undefined && other.dedupId === job.dedupId && other.jobGroup === job.jobGroup,
    );
    if (leader !== undefined) return { state: 'joined', leader: leader.id };
    const ahead = pending.filter((other) =>
      job.jobGroup === undefined
        ? other.state === 'waiting'
        : other.jobGroup === job.jobGroup && other.state !== 'delayed' && isAhead(other, job),
    );
    return { state: 'queued', ahead: ahead.length };
  }

  /** A background job precedes others only while it runs. */
  function isAhead(other: InProcessJob<Result>, job: InProcessJob<Result>): boolean {
    return job.background || !other.background || other.state === 'active';
  }

  return {
    enqueue,

    async schedule({ id, pattern, timeZone = 'UTC', data }) {
      assertJobId(id);
      if (closing) throw queueUnavailable('it is shutting down');
      const known = schedules.get(id);
      const key = `${pattern} ${timeZone}`;
      if (known?.key === key) return;
      clearTimeout(known?.timer);
      const times = CronExpressionParser.parse(pattern, { tz: timeZone });
      let last = '';
      const waitFor = (next: number): void => {
        const timer = setTimeout(
          () => {
            if (next > Date.now()) return waitFor(next);
            if (!isPending(jobs.get(last))) {
              last = `${id}.${next}`;
              void enqueue({ id: last, data });
            }
            waitFor(times.next().getTime());
          },
          Math.min(next - Date.now(), MAX_TIMER_MS),
        ).unref();
        schedules.set(id, { key, timer });
      };
      waitFor(times.next().getTime());
    },

    async unschedule(id) {
      clearTimeout(schedules.get(id)?.timer);
      schedules.delete(id);
    },

    async process(handler, processOptions) {
      worker = { handler, options: processOptions };
      pool.concurrency = processOptions.concurrency;
      pool.start();
    },

    async cancel(id, reason) {
      const job = jobs.get(id);
      if (!isPending(job)) return false;
      job.cancelled ??= reason;
      job.running?.cancel(reason);
      if (job.state === 'delayed') {
        clearTimeout(job.timer);
        admit(job);
      } else if (job.state === 'waiting' && groups.withdraw(job)) start(job);
      return true;
    },

    state: async (id) => jobs.get(id)?.state ?? 'unknown',

    async position({ id }) {
      const job = jobs.get(id);
      if (job?.state !== 'waiting') return undefined;
      const { turn } = job;
      if (turn === undefined) return groups.ahead(job);
      const earlier = [...jobs.values()].filter(
        (other) => other.state === 'waiting' && other.turn !== undefined && other.turn < turn,
      );
      return earlier.length;
    },

    async counts() {
      const counts = { waiting: 0, active: 0, delayed: 0, failed: 0 };
      for (const { state } of jobs.values()) {
        if (state !== 'completed' && state !== 'unknown') counts[state] += 1;
      }
      return counts;
    },

    async oldestWaitingMs() {
      const waiting = [...jobs.values()].filter(({ state }) => state === 'waiting');
      return Math.max(0, ...waiting.map(({ at }) => Date.now() - at));
    },

    async ready() {
      if (closing) throw queueUnavailable('it is shutting down');
    },

    async close(deadlineMs) {
      closing = true;
      pool.pause();
      for (const job of jobs.values()) clearTimeout(job.timer);
      for (const { timer } of schedules.values()) clearTimeout(timer);
      const running = [...jobs.values()].flatMap((job) => (job.running === undefined ? [] : [job.running]));
      const timer = setTimeout(() => {
        for (const each of running) each.interrupt('ftm-check is stopping.');
      }, deadlineMs);
      await Promise.all(running.map((each) => each.ended));
      clearTimeout(timer);
    },
  };
}

function isPending<Job extends Pick<InProcessJob<unknown>, 'state'>>(job: Job | undefined): job is Job {
  return job !== undefined && job.state !== 'completed' && job.state !== 'failed';
}

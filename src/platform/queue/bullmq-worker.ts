import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import PQueue from 'p-queue';
import { FtmError } from '../../ftm-error.ts';
import type { BullJobData, BullmqQueueOptions } from './bullmq-types.ts';
import {
  type JobAttempt,
  type JobAttemptRequest,
  type JobAttemptResult,
  mayAttempt,
  startAttempt,
} from './job-attempt.ts';
import type { JobHandler, JobProgress, ProcessOptions } from './job-queue.ts';
import { backoffAfter } from './job-rules.ts';
import { createLaneClient } from './lane-client.ts';
import type { QueueKeys } from './queue-keys.ts';
import { connectWithRetry, disconnect, pause } from './redis-connection.ts';

/**
 * A process that was killed keeps its jobs for this long; if Redis is unavailable for longer, two processes run one
 * job.
 */
const LOCK_MS = 15_000;
const LANE_POLL_MS = 5_000;
const LAST_STEPS_MS = 2_000;

export interface BullmqWorkerOptions<Data, Result> extends BullmqQueueOptions {
  readonly prefix: string;
  readonly name: string;
  readonly keys: QueueKeys;
  readonly handler: JobHandler<Data, Result>;
  readonly processOptions: ProcessOptions;
}

export interface BullmqWorker {
  readonly ready: Promise<unknown>;
  cancel(id: string, reason: string): void;
  /** After a time without messages, the cancel flags of the jobs that run here are checked. */
  recheckCancelled(): void;
  close(deadlineMs: number): Promise<void>;
}

/** A job in this process; `running` once its handler was called. */
interface Held<Result> {
  running?: JobAttempt<Result>;
  cancelled?: string;
}

export function startBullmqWorker<Data, Result>(options: BullmqWorkerOptions<Data, Result>): BullmqWorker {
  const { log, keys, processOptions, lockMs = LOCK_MS, lanePollMs = LANE_POLL_MS } = options;
  const redis = connectWithRetry(options, log);
  const lanes = createLaneClient<Result>(redis, keys, (id) => worker.getBackend().promote(id));
  const held = new Map<string, Held<Result>>();
  /** One at a time, so that a job that kills its process does not count against another suspect job again. */
  const suspects = new PQueue({ concurrency: 1 });
  let closing = false;

  async function work(job: Job<BullJobData<Data>>, token = ''): Promise<undefined> {
    const id = job.id ?? '';
    const mine: Held<Result> = {};
    if (closing) return handBack(job, token);
    held.set(id, mine);
    try {
      const end = await claimAndRun(job, id, mine, token);
      return await settle(job, id, end, token);
    } finally {
      held.delete(id);
    }
  }

  /** Runs the job in its lane, or with a shared result; parks it while its lane is taken. */
  async function claimAndRun(
    job: Job<BullJobData<Data>>,
    id: string,
    mine: Held<Result>,
    token: string,
  ): Promise<JobAttemptResult<Result>> {
    // In one round trip. A job without a join key shares no result, so it may take its turn at once.
    const [flag, result, isSuspect, isInTurn] = await Promise.all([
      redis.get(keys.cancelled(id)),
      lanes.sharedResult(id, job.data),
      lanes.isSuspect(id),
      job.data.joinKey === undefined ? lanes.takeTurn(id, job.data) : undefined,
    ]);
    const cancelled = flag ?? mine.cancelled;
    const shared = cancelled === undefined ? result : undefined;
    if (cancelled !== undefined || shared !== undefined) await lanes.stepOut(id, job.data);
    else if (!(isInTurn ?? (await lanes.takeTurn(id, job.data)))) return park(job, id, mine, token);
    const run = () => callHandler(job, id, mine, { cancelled, shared });
    return isSuspect ? suspects.add(run) : run();
  }

  async function callHandler(
    job: Job<BullJobData<Data>>,
    id: string,
    mine: Held<Result>,
    given: Pick<JobAttemptRequest<Data, Result>, 'cancelled' | 'shared'>,
  ): Promise<JobAttemptResult<Result>> {
    if (closing) return { kind: 'released' };
    const counts = await lanes.countStart(id);
    if (!mayAttempt(counts, processOptions)) return { kind: 'failed', error: undefined, again: false };
    mine.running = startAttempt(
      options.handler,
      {
        id,
        // Only ended jobs have no payload, and BullMQ does not return those.
        data: job.data.payload as Data,
        ...counts,
        ...given,
        progress: (value) => publish(id, value),
      },
      processOptions,
    );
    if (mine.cancelled !== undefined) mine.running.cancel(mine.cancelled);
    if (closing) mine.running.interrupt('ftm-check is stopping.');
    const end = await mine.running.ended;
    // A handler that does not end counts like a crash of its process.
    if (end.kind === 'abandoned') return end;
    const counted = lanes.countEnd(id, counts);
    // BullMQ ends the job by its next command on this connection, and `forget` deletes the count.
    if (end.kind === 'done')
      counted.catch((error: unknown) => log.debug({ err: error, job: id }, 'end not counted'));
    else await counted;
    return end;
  }

  /** Its lane is taken. The job that leaves the lane promotes it; the delay only matters after a crash. */
  async function park(
    job: Job<BullJobData<Data>>,
    id: string,
    mine: Held<Result>,
    token: string,
  ): Promise<never> {
    await job.moveToDelayed(Date.now() + lanePollMs, token);
    if (mine.cancelled === undefined) await lanes.wakeNext(job.data.lane);
    else await lanes.wake(id);
    throw new DelayedError();
  }

  async function handBack(job: Job<BullJobData<Data>>, token: string): Promise<never> {
    await job.moveToWait(token);
    throw new WaitingError();
  }

  async function settle(
    job: Job<BullJobData<Data>>,
    id: string,
    end: JobAttemptResult<Result>,
    token: string,
  ): Promise<undefined> {
    if (end.kind === 'released') return handBack(job, token);
    if (end.kind === 'abandoned') throw new Error('the handler did not end after its signal was aborted');
    if (end.kind === 'failed') {
      log.warn({ err: end.error, job: id, again: end.again }, 'job attempt failed');
      const reason = storable(end.error);
      throw end.again ? new Error(reason) : new UnrecoverableError(reason);
    }
    if (end.shareable) await lanes.storeResult(id, job.data, end.result);
    return undefined;
  }

  function publish(id: string, progress: JobProgress): void {
    if (redis.status !== 'ready') return;
    redis
      .publish(keys.progressChannel, JSON.stringify({ id, progress }))
      .catch((error: unknown) => log.debug({ err: error, job: id }, 'progress not published'));
  }

  /** After BullMQ moved the job on. */
  function afterwards(job: Job<BullJobData<Data>> | undefined): void {
    if (job?.id === undefined) return;
    const { id } = job;
    const { seq, lane } = job.data;
    const steps = [lanes.wakeNext(lane)];
    if (job.finishedOn !== undefined) steps.push(job.updateData({ seq, ended: true }), lanes.forget(id));
    Promise.all(steps).catch((error: unknown) => log.debug({ err: error, job: id }, 'clean-up failed'));
  }

  const worker = new Worker<BullJobData<Data>, undefined>(options.name, work, {
    connection: redis,
    prefix: options.prefix,
    concurrency: processOptions.concurrency,
    lockDuration: lockMs,
    stalledInterval: Math.ceil(lockMs / 3),
    // A stalled job would fail here without an answer to the asker; `mayAttempt` counts instead.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    runRetryDelay: 500,
    settings: { backoffStrategy: (failures) => backoffAfter(failures, processOptions) },
  });
  worker.on('error', (error) => log.debug({ err: error }, 'worker'));
  worker.on('completed', (job) => afterwards(job));
  worker.on('failed', (job) => afterwards(job));
  worker.on('stalled', (id) => log.warn({ job: id }, 'its worker is gone: running it again'));
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) held.get(id)?.running?.interrupt('Another process took over this job.');
  });

  async function recheckCancelled(): Promise<void> {
    for (const id of held.keys()) {
      const reason = await redis.get(keys.cancelled(id));
      if (reason !== null) cancel(id, reason);
    }
  }

  function cancel(id: string, reason: string): void {
    const job = held.get(id);
    if (job === undefined) return;
    job.cancelled = reason;
    job.running?.cancel(reason);
  }

  return {
    ready: worker.waitUntilReady(),
    cancel,
    recheckCancelled() {
      recheckCancelled().catch((error: unknown) =>
        log.debug({ err: error }, 'cancellations could not be read'),
      );
    },

    async close(deadlineMs) {
      closing = true;
      await worker.pause(true);
      const interrupt = setTimeout(() => {
        for (const { running } of held.values()) running?.interrupt('ftm-check is stopping.');
      }, deadlineMs);
      await Promise.all([...held.values()].map(async (job) => job.running?.ended));
      clearTimeout(interrupt);
      const closed = worker.close(redis.status !== 'ready');
      await Promise.race([closed.catch(() => {}), pause(LAST_STEPS_MS)]);
      await disconnect(redis);
    },
  };
}

/** Error text safe to store in Redis: our own messages, only the class name of foreign errors. */
function storable(error: unknown): string {
  if (error instanceof FtmError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? `ftm_internal: ${error.name}` : 'ftm_internal';
}

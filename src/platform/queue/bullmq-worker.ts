import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import PQueue from 'p-queue';
import { FtmError } from '../../engine/ftm-error.ts';
import type { BullJobData, BullmqQueueOptions } from './bullmq-types.ts';
import { createWorkerStore, type WorkerStore } from './bullmq-worker-store.ts';
import {
  type JobAttempt,
  type JobAttemptRequest,
  type JobAttemptResult,
  mayAttempt,
  startAttempt,
} from './job-attempt.ts';
import type { JobHandler, ProcessOptions } from './job-queue.ts';
import { backoffAfter } from './job-rules.ts';
import type { QueueKeys } from './queue-keys.ts';
import { connectWithRetry, disconnect } from './redis-connection.ts';

/**
 * A process that was killed keeps its jobs for this long; if Redis is unavailable for longer, two processes run one
 * job.
 */
const LOCK_MS = 15_000;
const GROUP_POLL_MS = 5_000;
const LAST_STEPS_MS = 2_000;

export interface BullmqWorkerOptions<Data, Result> extends BullmqQueueOptions {
  readonly prefix: string;
  readonly name: string;
  readonly keys: QueueKeys;
  readonly handler: JobHandler<Data, Result>;
  readonly processOptions: ProcessOptions;
}

/** A job in this process; `running` once its handler was called. */
interface HeldJob<Data, Result> {
  readonly job: Job<BullJobData<Data>>;
  readonly id: string;
  readonly token: string;
  running?: JobAttempt<Result>;
  cancelled?: string;
}

/** Takes jobs from BullMQ and runs them, one of a job group at a time. */
export class BullmqWorker<Data, Result> {
  readonly #options: BullmqWorkerOptions<Data, Result>;
  readonly #redis: Redis;
  readonly #store: WorkerStore<Result>;
  readonly #held = new Map<string, HeldJob<Data, Result>>();
  /** One at a time, so that a job that kills its process does not count against another suspect job again. */
  readonly #suspects = new PQueue({ concurrency: 1 });
  readonly #worker: Worker<BullJobData<Data>, undefined>;
  #closing = false;

  constructor(options: BullmqWorkerOptions<Data, Result>) {
    const { log, keys } = options;
    this.#options = options;
    this.#redis = connectWithRetry(options, log);
    this.#store = createWorkerStore(this.#redis, keys, (id) => this.#worker.getBackend().promote(id));
    this.#worker = this.#startWorker(options);
    this.#worker.on('error', (error) => log.debug({ err: error }, 'worker'));
    this.#worker.on('completed', (job) => this.#cleanUp(job));
    this.#worker.on('failed', (job) => this.#cleanUp(job));
    this.#worker.on('stalled', (id) => log.warn({ job: id }, 'its worker is gone: running it again'));
    this.#worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.#held.get(id)?.running?.interrupt('Another process took over this job.');
    });
  }

  #startWorker({ name, prefix, processOptions, lockMs = LOCK_MS }: BullmqWorkerOptions<Data, Result>) {
    return new Worker<BullJobData<Data>, undefined>(name, (job, token) => this.#work(job, token), {
      connection: this.#redis,
      prefix,
      concurrency: processOptions.concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.ceil(lockMs / 3),
      // A stalled job would fail here without an answer to the asker; `mayAttempt` counts instead.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 500,
      settings: { backoffStrategy: (failures) => backoffAfter(failures, processOptions) },
    });
  }

  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  cancel(id: string, reason: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.cancelled = reason;
    held.running?.cancel(reason);
  }

  /** After a time without messages, the cancel flags of the jobs that run here are checked. */
  async recheckCancelled(): Promise<void> {
    const { keys, log } = this.#options;
    try {
      for (const id of this.#held.keys()) {
        const reason = await this.#redis.get(keys.cancelled(id));
        if (reason !== null) this.cancel(id, reason);
      }
    } catch (error) {
      log.debug({ err: error }, 'cancellations could not be read');
    }
  }

  async close(deadlineMs: number): Promise<void> {
    this.#closing = true;
    await this.#worker.pause(true);
    const interrupt = setTimeout(() => {
      for (const { running } of this.#held.values()) running?.interrupt('ftm-check is stopping.');
    }, deadlineMs);
    await Promise.all([...this.#held.values()].map(async ({ running }) => running?.ended));
    clearTimeout(interrupt);
    const closed = this.#worker.close(this.#redis.status !== 'ready');
    await Promise.race([closed.catch(() => {}), sleep(LAST_STEPS_MS)]);
    await disconnect(this.#redis);
  }

  async #work(job: Job<BullJobData<Data>>, token = ''): Promise<undefined> {
    const held: HeldJob<Data, Result> = { job, id: job.id ?? '', token };
    if (this.#closing) return handBack(held);
    this.#held.set(held.id, held);
    try {
      return await this.#settle(held, await this.#claimAndRun(held));
    } finally {
      this.#held.delete(held.id);
    }
  }

  /** Runs the job in its turn, or with a shared result; pauses it while its group has an active job. */
  async #claimAndRun(held: HeldJob<Data, Result>): Promise<JobAttemptResult<Result>> {
    const { id, job } = held;
    const cancelled = (await this.#redis.get(this.#options.keys.cancelled(id))) ?? held.cancelled;
    const shared = cancelled === undefined ? await this.#store.sharedResult(id, job.data) : undefined;
    if (cancelled !== undefined || shared !== undefined) await this.#store.leaveGroup(id, job.data);
    else if (!(await this.#store.activate(id, job.data))) return this.#pause(held);
    const run = () => this.#callHandler(held, { cancelled, shared });
    return (await this.#store.isSuspect(id)) ? this.#suspects.add(run) : run();
  }

  async #callHandler(
    held: HeldJob<Data, Result>,
    answer: Pick<JobAttemptRequest<Data, Result>, 'cancelled' | 'shared'>,
  ): Promise<JobAttemptResult<Result>> {
    const { id, job } = held;
    const { handler, processOptions } = this.#options;
    if (this.#closing) return { kind: 'released' };
    const counts = await this.#store.countStart(id);
    if (!mayAttempt(counts, processOptions)) return { kind: 'failed', error: undefined, again: false };
    // Only ended jobs have no payload, and BullMQ does not return those.
    const data = job.data.payload as Data;
    held.running = startAttempt(handler, { id, data, ...counts, ...answer }, processOptions);
    if (held.cancelled !== undefined) held.running.cancel(held.cancelled);
    if (this.#closing) held.running.interrupt('ftm-check is stopping.');
    const end = await held.running.ended;
    // A handler that does not end counts like a crash of its process.
    if (end.kind === 'abandoned') return end;
    await this.#store.countEnd(id, counts);
    return end;
  }

  /** The active job of its group promotes it at its end; the delay only matters after a crash. */
  async #pause(held: HeldJob<Data, Result>): Promise<never> {
    const { job, id, token } = held;
    await job.moveToDelayed(Date.now() + (this.#options.groupPollMs ?? GROUP_POLL_MS), token);
    if (held.cancelled === undefined) await this.#store.promoteNext(job.data.jobGroup);
    else await this.#store.promote(id);
    throw new DelayedError();
  }

  async #settle(held: HeldJob<Data, Result>, end: JobAttemptResult<Result>): Promise<undefined> {
    const { job, id } = held;
    if (end.kind === 'released') return handBack(held);
    if (end.kind === 'abandoned') throw new Error('the handler did not end after its signal was aborted');
    if (end.kind === 'failed') {
      this.#options.log.warn({ err: end.error, job: id, again: end.again }, 'job attempt failed');
      const reason = storable(end.error);
      throw end.again ? new Error(reason) : new UnrecoverableError(reason);
    }
    if (end.shareable) await this.#store.storeResult(id, job.data, end.result);
    return undefined;
  }

  /** After BullMQ moved the job on. */
  #cleanUp(job: Job<BullJobData<Data>> | undefined): void {
    if (job?.id === undefined) return;
    const { id } = job;
    const { sequence, jobGroup } = job.data;
    const steps = [this.#store.promoteNext(jobGroup)];
    if (job.finishedOn !== undefined)
      steps.push(job.updateData({ sequence, ended: true }), this.#store.forget(id));
    Promise.all(steps).catch((error: unknown) =>
      this.#options.log.debug({ err: error, job: id }, 'clean-up failed'),
    );
  }
}

async function handBack({ job, token }: HeldJob<unknown, unknown>): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}

/** Error text safe to store in Redis: our own messages, only the class name of foreign errors. */
function storable(error: unknown): string {
  if (error instanceof FtmError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? `ftm_internal: ${error.name}` : 'ftm_internal';
}

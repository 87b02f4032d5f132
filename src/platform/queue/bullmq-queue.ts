import { Queue } from 'bullmq';
import { type BullJobData, type BullmqQueueOptions, KEY_TTL_MS, priorityInGroup } from './bullmq-types.ts';
import { BullmqWorker } from './bullmq-worker.ts';
import type { Enqueued, JobQueue, JobState, NewJob } from './job-queue.ts';
import {
  assertJobId,
  KEEP_COMPLETED_MS,
  KEEP_FAILED_MS,
  queueUnavailable,
  queueUncertain,
} from './job-rules.ts';
import { queueKeys } from './queue-keys.ts';
import {
  checkRedis,
  connectFailingFast,
  connectForSubscriptions,
  disconnect,
  whileReachable,
} from './redis-connection.ts';
import { runScript } from './redis-scripts.ts';
import { watchReplicas } from './replicas.ts';

/** Enough for failures, crashes and restarts: `ProcessOptions.attempts` decides, and only the worker knows it. */
const BULLMQ_ATTEMPTS = 1_000_000;

/** Any priority except 0, which is the highest. */
const BACKGROUND_PRIORITY = 1;

const JOB_OPTIONS = {
  attempts: BULLMQ_ATTEMPTS,
  backoff: { type: 'ftm' },
  removeOnComplete: { age: KEEP_COMPLETED_MS / 1_000 },
  removeOnFail: { age: KEEP_FAILED_MS / 1_000 },
  stackTraceLimit: 0,
} as const;

export function createBullmqQueue<Data, Result>(options: BullmqQueueOptions): JobQueue<Data, Result> {
  const { log, prefix = '{ftm}', name = 'runs' } = options;
  const keys = queueKeys(prefix, name);
  const commands = connectFailingFast(options, log);
  const subscriber = connectForSubscriptions(options, log);
  const replicas = watchReplicas(commands, options.minReplicas);
  const queue = new Queue<BullJobData<Data>, undefined>(name, {
    connection: commands,
    prefix,
    skipVersionCheck: true,
    defaultJobOptions: JOB_OPTIONS,
  });
  queue.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  let worker: BullmqWorker<Data, Result> | undefined;
  let closing: Promise<void> | undefined;

  subscriber.on('message', (_channel: string, text: string) => {
    const { id, reason } = JSON.parse(text) as { id: string; reason: string };
    worker?.cancel(id, reason);
  });
  subscriber.on('ready', () => {
    subscriber
      .subscribe(keys.cancelChannel)
      // Only now: a cancellation between the two would be heard by neither.
      .then(() => worker?.recheckCancelled())
      .catch((error: unknown) => log.debug({ err: error }, 'not subscribed'));
  });

  function reachable<T>(work: () => Promise<T>): Promise<T> {
    return closing === undefined
      ? whileReachable(commands, work)
      : Promise.reject(queueUnavailable('it is shutting down'));
  }

  async function accept(job: NewJob<Data>, steps: Steps): Promise<Enqueued> {
    const { jobGroup, data: payload } = job;
    const dedupId = jobGroup === undefined ? undefined : job.dedupId;
    // Without enough replicas nothing is started. If the connection breaks between this and the end, the result is
    // uncertain.
    const sequence = await replicas.keep(() => commands.incr(keys.sequence));
    // The caller was told that nothing was started, and that must stay true.
    if (steps.gaveUp) throw queueUnavailable('Redis was too slow');
    const background = job.background ? true : undefined;
    const stored: BullJobData<Data> = { sequence, jobGroup, dedupId, background, payload };
    steps.sent = true;
    return await replicas.keep(() => store(job, stored, steps));
  }

  async function store(job: NewJob<Data>, stored: BullJobData<Data>, steps: Steps): Promise<Enqueued> {
    const { id, delayMs = 0 } = job;
    const { sequence, jobGroup, dedupId } = stored;
    // BullMQ takes jobs without a priority first.
    const priority = stored.background ? { priority: BACKGROUND_PRIORITY } : {};
    await queue.add('run', stored, { jobId: id, delay: delayMs, ...priority });
    steps.stored = true;
    const [state, detail] = (await runScript(
      commands,
      'acceptJob',
      `${keys.jobs}${id}`,
      keys.groupWaiting(jobGroup ?? ''),
      keys.groupActive(jobGroup ?? ''),
      keys.dedup(jobGroup ?? '', dedupId ?? ''),
      keys.waiting,
      keys.jobs,
      id,
      `{"sequence":${sequence},`,
      jobGroup === undefined ? 0 : 1,
      dedupId === undefined ? 0 : 1,
      delayMs > 0 ? 1 : 0,
      KEY_TTL_MS,
      priorityInGroup(stored),
    )) as [Enqueued['state'], (string | number)?];
    if (state === 'joined') return { state, leader: String(detail) };
    return state === 'queued' ? { state, ahead: Number(detail) } : { state };
  }

  /** Milliseconds since the Unix epoch; of the waiting jobs, and of some of those that wait for their group. */
  async function oldestWaiting(): Promise<number | undefined> {
    const [oldest, paused] = await Promise.all([
      commands.lrange(keys.waiting, -1, -1),
      commands.srandmember(keys.paused, MAX_PAUSED_CHECKED),
    ]);
    const ids = [...oldest, ...(paused ?? [])];
    const times = await Promise.all(ids.map((id) => commands.hget(`${keys.jobs}${id}`, 'timestamp')));
    const known = times.filter((time) => time !== null).map(Number);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  return {
    async enqueue(job) {
      assertJobId(job.id);
      const steps: Steps = { sent: false, stored: false, gaveUp: false };
      try {
        return await reachable(() => accept(job, steps));
      } catch (error) {
        steps.gaveUp = true;
        // It will run, and enters its group by itself: only its position in the queue is unknown.
        if (steps.stored && !options.minReplicas) return { state: 'queued', ahead: 0 };
        throw steps.stored || (steps.sent && !isRefusal(error)) ? queueUncertain(error) : error;
      }
    },

    async schedule({ id, pattern, timeZone = 'UTC', data }) {
      assertJobId(id);
      await reachable(async () => {
        const known = await queue.getJobScheduler(id);
        // Creating it again would skip a time that passed without a worker.
        if (known?.pattern === pattern && known.tz === timeZone) return;
        const sequence = await commands.incr(keys.sequence);
        const job = { name: 'run', data: { sequence, payload: data }, opts: JOB_OPTIONS };
        await queue.upsertJobScheduler(id, { pattern, tz: timeZone }, job);
      });
    },

    async unschedule(id) {
      assertJobId(id);
      await reachable(() => queue.removeJobScheduler(id));
    },

    async process(handler, processOptions) {
      worker = new BullmqWorker<Data, Result>({ ...options, prefix, name, keys, handler, processOptions });
      await worker.ready();
    },

    cancel: (id, reason) =>
      reachable(async () => {
        const job = `${keys.jobs}${id}`;
        const result = await runScript(commands, 'cancelJob', job, keys.cancelled(id), reason, KEY_TTL_MS);
        if (result !== 1) return false;
        await commands.publish(keys.cancelChannel, JSON.stringify({ id, reason }));
        // Rejects if the job is not delayed: then a worker has it, or will take it in order.
        await queue
          .getBackend()
          .promote(id)
          .catch((error: unknown) => log.debug({ err: error, job: id }, 'not delayed'));
        return true;
      }),

    state: (id) =>
      reachable(async () => {
        const state = await queue.getJobState(id);
        if (state === 'delayed' && (await commands.sismember(keys.paused, id)) === 1) return 'waiting';
        if (state === 'prioritized') return 'waiting';
        return KNOWN_STATES.has(state) ? (state as JobState) : 'unknown';
      }),

    position: ({ id, jobGroup = '' }) =>
      reachable(async () => {
        const job = `${keys.jobs}${id}`;
        const lists = [keys.groupWaiting(jobGroup), keys.groupActive(jobGroup), keys.waiting];
        const hasGroup = jobGroup === '' ? 0 : 1;
        const ahead = await runScript(commands, 'jobPosition', job, ...lists, keys.jobs, id, hasGroup);
        return Number(ahead) < 0 ? undefined : Number(ahead);
      }),

    counts: () =>
      reachable(async () => {
        const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
        const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
        const paused = Math.min(delayed, await commands.scard(keys.paused));
        return { waiting: waiting + prioritized + paused, active, delayed: delayed - paused, failed };
      }),

    oldestWaitingMs: () =>
      reachable(async () => Math.max(0, Date.now() - ((await oldestWaiting()) ?? Date.now()))),

    async ready() {
      if (closing !== undefined) throw queueUnavailable('it is shutting down');
      await checkRedis(commands, options.minReplicas);
    },

    close(deadlineMs) {
      closing ??= (async () => {
        await worker?.close(deadlineMs);
        await queue.close().catch((error: unknown) => log.debug({ err: error }, 'queue close'));
        await Promise.all([disconnect(commands), disconnect(subscriber)]);
      })();
      return closing;
    },
  };
}

/** How far an `enqueue` got. */
interface Steps {
  sent: boolean;
  stored: boolean;
  gaveUp: boolean;
}

/** Redis itself refused (full disk, replica, no memory), so it did nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.name === 'ReplyError';
}

/** Few devices have waiting jobs. */
const MAX_PAUSED_CHECKED = 100;

const KNOWN_STATES: ReadonlySet<string> = new Set(['waiting', 'delayed', 'active', 'completed', 'failed']);

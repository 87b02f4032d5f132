import type { Logger } from '../../platform/observe/logger.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import type { Records } from '../../platform/store/records.ts';
import type { NotifyOps } from './notify-ops.ts';
import { readSelfCheck, type SelfCheckRecord } from './self-check-record.ts';

export interface SelfCheckMonitorOptions {
  readonly queue: RunQueue;
  readonly records: Records;
  readonly intervalMs: number;
  /** Time limit of a check through the queue. */
  readonly timeoutMs?: number;
  readonly pollIntervalMs?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Posts to the operations channel. */
  readonly notifyOps?: NotifyOps;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface SelfCheckMonitor {
  /** Rejects with the problem while checks fail between queue and diagnosis. */
  state(): Promise<string>;
  stop(): void;
}

/** Longer than a busy worker needs for its current jobs; shorter than people need to notice. */
const TIMEOUT_MS = 2 * 60_000;
const POLL_INTERVAL_MS = 5_000;
/** A short outage of the queue is not reported. */
const MAX_MISSES = 3;
/** Delay after a notice could not be posted. */
const NOTIFY_RETRY_MS = 60_000;
/** Not a valid alias, so it cannot collide with a device's lane. */
const LANE = '(self-check)';
const PENDING_STATES: ReadonlySet<string> = new Set(['waiting', 'delayed', 'active']);

/**
 * The bot's part: enqueues a check of a simulated device periodically and reports if no worker returns the expected
 * diagnosis in time. Several bots share one job, because its id is the time slot.
 */
export function startSelfCheckMonitor(options: SelfCheckMonitorOptions): SelfCheckMonitor {
  const { queue, records, intervalMs, logger, metrics, now } = options;
  const { timeoutMs = TIMEOUT_MS, pollIntervalMs = POLL_INTERVAL_MS } = options;
  let enqueued: { readonly id: string; readonly at: number } | undefined;
  let problemNow: string | undefined;
  let status = 'not checked yet';
  let isChecking = false;
  let notifiedWell = true;
  let isNotifying = false;
  let nextNoticeAt = Number.NEGATIVE_INFINITY;
  let missed = 0;
  const timer = setInterval(() => void checkOnce(), pollIntervalMs);
  timer.unref();
  void checkOnce();

  async function checkOnce(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      await enqueueNext();
      setProblem(await currentProblem());
      missed = 0;
    } catch (error) {
      missed += 1;
      logger.warn({ err: error, missed }, 'the self-check failed to run');
      if (missed >= MAX_MISSES) setProblem('The queue does not accept the self-check.');
    } finally {
      isChecking = false;
    }
  }

  /** Enqueues no check while one is pending; otherwise jobs pile up when no worker is running. */
  async function enqueueNext(): Promise<void> {
    const slot = Math.floor(now() / intervalMs);
    const id = `self-check.${slot}`;
    if (enqueued?.id === id) return;
    if (enqueued !== undefined && PENDING_STATES.has(await queue.state(enqueued.id))) return;
    const at = now();
    await queue.enqueue({ id, lane: LANE, data: { kind: 'self-check', runId: id, acceptedAt: at } });
    enqueued = { id, at };
  }

  /** Returns the problem, or `undefined`. */
  async function currentProblem(): Promise<string | undefined> {
    const last = await readRecent();
    if (last?.problem !== undefined) return `A worker gives a wrong diagnosis: ${last.problem}`;
    if (last !== undefined) {
      const [ago, took] = [now() - last.done, last.done - last.asked].map((ms) => Math.round(ms / 1000));
      status = `passed ${ago} s ago, took ${took} s`;
      metrics.selfChecked(true, last.done);
    }
    if (enqueued === undefined || last?.id === enqueued.id || now() - enqueued.at < timeoutMs)
      return undefined;
    return await describeDelay(enqueued.id, Math.round((now() - enqueued.at) / 1000));
  }

  /** Ignores a record that is older than the last outage of all bots. */
  async function readRecent(): Promise<SelfCheckRecord | undefined> {
    const last = await readSelfCheck(records);
    return last !== undefined && now() - last.done < 2 * intervalMs + timeoutMs ? last : undefined;
  }

  async function describeDelay(id: string, seconds: number): Promise<string | undefined> {
    const state = await queue.state(id);
    const { active, waiting } = await queue.counts();
    if (state === 'active') return `A self-check has been running for ${seconds} s without a result.`;
    if (!PENDING_STATES.has(state)) {
      // Another bot's check finished; this bot's next one is due later.
      return (await readRecent()) === undefined ? 'A self-check ended without a result.' : undefined;
    }
    return active === 0
      ? `No worker is running: a self-check has been waiting for ${seconds} s, with ${waiting} request(s).`
      : `All workers are busy or stuck: a self-check has been waiting for ${seconds} s behind ${active} running request(s).`;
  }

  function setProblem(problem: string | undefined): void {
    const before = problemNow;
    problemNow = problem;
    if (problem !== undefined) metrics.selfChecked(false, now());
    void notify();
    if ((problem === undefined) === (before === undefined)) return;
    if (problem === undefined) logger.info({}, 'requests are processed again');
    else logger.error({ problem }, 'requests are not processed');
  }

  async function notify(): Promise<void> {
    const isWell = problemNow === undefined;
    if (options.notifyOps === undefined || isNotifying || notifiedWell === isWell || now() < nextNoticeAt)
      return;
    isNotifying = true;
    const text = isWell
      ? 'ftm-check is processing requests again.'
      : `ftm-check is not processing requests: ${problemNow}`;
    try {
      if (await options.notifyOps(text, isWell)) notifiedWell = isWell;
    } catch (error) {
      nextNoticeAt = now() + NOTIFY_RETRY_MS;
      logger.warn({ err: error }, 'the notice could not be posted');
    } finally {
      isNotifying = false;
    }
  }

  return {
    async state() {
      if (problemNow !== undefined) throw new Error(problemNow);
      return status;
    },
    stop: () => clearInterval(timer),
  };
}

import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { RunQueue } from '../queue/run-queue.ts';
import type { Records } from '../store/records.ts';
import type { NotifyOps } from './notify-ops.ts';
import { readSyntheticCheck, type SyntheticCheckRecord } from './synthetic-check-record.ts';

export interface SyntheticCheckMonitorOptions {
  readonly queue: RunQueue;
  readonly records: Records;
  readonly intervalMs: number;
  /** How long a check may take through the queue. */
  readonly timeoutMs?: number;
  readonly pollIntervalMs?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Says it where people look. */
  readonly notifyOps?: NotifyOps;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface SyntheticCheckMonitor {
  /** Rejects while the way from the queue to a diagnosis is not well, and says what is wrong. */
  state(): Promise<string>;
  stop(): void;
}

/** Longer than a busy worker needs for what it is at; shorter than people need to notice. */
const TIMEOUT_MS = 2 * 60_000;
const POLL_INTERVAL_MS = 5_000;
/** A queue that is away for a moment is no news. */
const MAX_MISSES = 3;
/** Where it could not be said. */
const NOTIFY_RETRY_MS = 60_000;
/** No device can be called so. */
const LANE = '(self-check)';
const PENDING_STATES: ReadonlySet<string> = new Set(['waiting', 'delayed', 'active']);

/**
 * A bot's side: has a look-alike checked through the queue from time to time, and says what is wrong when no worker
 * diagnoses it in time or as it should. All bots may do it: the job's id is the time, so that they make one job.
 */
export function startSyntheticCheckMonitor(options: SyntheticCheckMonitorOptions): SyntheticCheckMonitor {
  const { queue, records, intervalMs, logger, metrics, now } = options;
  const { timeoutMs = TIMEOUT_MS, pollIntervalMs = POLL_INTERVAL_MS } = options;
  let asked: { readonly id: string; readonly at: number } | undefined;
  let wrong: string | undefined;
  let well = 'not checked yet';
  let looking = false;
  let toldWell = true;
  let telling = false;
  let tellFrom = Number.NEGATIVE_INFINITY;
  let missed = 0;
  const timer = setInterval(() => void look(), pollIntervalMs);
  timer.unref();
  void look();

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      await askAgain();
      conclude(await judge());
      missed = 0;
    } catch (error) {
      missed += 1;
      logger.warn({ err: error, missed }, 'the synthetic check failed to run');
      if (missed >= MAX_MISSES) conclude('The queue does not accept the synthetic check.');
    } finally {
      looking = false;
    }
  }

  /** Not while one is under way: a queue that nobody works on gets no heap of them. */
  async function askAgain(): Promise<void> {
    const slot = Math.floor(now() / intervalMs);
    const id = `self-check.${slot}`;
    if (asked?.id === id) return;
    if (asked !== undefined && PENDING_STATES.has(await queue.state(asked.id))) return;
    const at = now();
    await queue.enqueue({ id, lane: LANE, data: { kind: 'synthetic-check', runId: id, acceptedAt: at } });
    asked = { id, at };
  }

  /** What is wrong, or nothing. */
  async function judge(): Promise<string | undefined> {
    const last = await readRecent();
    if (last?.problem !== undefined) return `A worker gives a wrong diagnosis: ${last.problem}`;
    if (last !== undefined) {
      const [ago, took] = [now() - last.done, last.done - last.asked].map((ms) => Math.round(ms / 1000));
      well = `passed ${ago} s ago, took ${took} s`;
      metrics.selfChecked(true, last.done);
    }
    if (asked === undefined || last?.id === asked.id || now() - asked.at < timeoutMs) return undefined;
    return await whyNot(asked.id, Math.round((now() - asked.at) / 1000));
  }

  /** What was found before all bots were away says nothing of now. */
  async function readRecent(): Promise<SyntheticCheckRecord | undefined> {
    const last = await readSyntheticCheck(records);
    return last !== undefined && now() - last.done < 2 * intervalMs + timeoutMs ? last : undefined;
  }

  async function whyNot(id: string, seconds: number): Promise<string | undefined> {
    const state = await queue.state(id);
    const { active, waiting } = await queue.counts();
    if (state === 'active') return `A synthetic check has been running for ${seconds} s without a result.`;
    if (!PENDING_STATES.has(state)) {
      // Another bot's was done; ours is asked for anew in its turn.
      return (await readRecent()) === undefined ? 'A synthetic check ended without a result.' : undefined;
    }
    return active === 0
      ? `No worker is running: a synthetic check has been waiting for ${seconds} s, with ${waiting} request(s).`
      : `All workers are busy or stuck: a synthetic check has been waiting for ${seconds} s behind ${active} running request(s).`;
  }

  function conclude(problem: string | undefined): void {
    const before = wrong;
    wrong = problem;
    if (problem !== undefined) metrics.selfChecked(false, now());
    void tell();
    if ((problem === undefined) === (before === undefined)) return;
    if (problem === undefined) logger.info({}, 'requests are processed again');
    else logger.error({ problem }, 'requests are not processed');
  }

  async function tell(): Promise<void> {
    const isWell = wrong === undefined;
    if (options.notifyOps === undefined || telling || toldWell === isWell || now() < tellFrom) return;
    telling = true;
    const text = isWell
      ? 'ftm-check is processing requests again.'
      : `ftm-check is not processing requests: ${wrong}`;
    try {
      if (await options.notifyOps(text, isWell)) toldWell = isWell;
    } catch (error) {
      tellFrom = now() + NOTIFY_RETRY_MS;
      logger.warn({ err: error }, 'the notice could not be posted');
    } finally {
      telling = false;
    }
  }

  return {
    async state() {
      if (wrong !== undefined) throw new Error(wrong);
      return well;
    },
    stop: () => clearInterval(timer),
  };
}

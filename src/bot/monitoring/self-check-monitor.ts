import type { Dependencies } from '../../platform/dependencies.ts';
import { isPending } from '../recovery/recover-orphaned-runs.ts';
import type { NotifyOps } from './notify-ops.ts';
import { readSelfCheck, type SelfCheckRecord } from './self-check-record.ts';

export interface SelfCheckMonitorOptions
  extends Pick<Dependencies, 'queue' | 'records' | 'logger' | 'metrics' | 'now'> {
  readonly intervalMs: number;
  /** Time limit of a check through the queue. */
  readonly timeoutMs?: number;
  readonly pollIntervalMs?: number;
  /** Posts to the operations channel. */
  readonly notifyOps?: NotifyOps;
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

/**
 * The bot's part: enqueues a check of a simulated device periodically and reports if no worker returns the expected
 * diagnosis in time. Several bots share one job, because its id is the time slot.
 */
export class SelfCheckMonitor {
  readonly #options: SelfCheckMonitorOptions;
  readonly #timeoutMs: number;
  readonly #timer: NodeJS.Timeout;
  #enqueued: { readonly id: string; readonly at: number } | undefined;
  #problemNow: string | undefined;
  #status = 'not checked yet';
  #isChecking = false;
  #notifiedWell = true;
  #isNotifying = false;
  #nextNoticeAt = Number.NEGATIVE_INFINITY;
  #missed = 0;

  constructor(options: SelfCheckMonitorOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#timer = setInterval(() => void this.#checkOnce(), options.pollIntervalMs ?? POLL_INTERVAL_MS);
    this.#timer.unref();
    void this.#checkOnce();
  }

  async #checkOnce(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      await this.#enqueueNext();
      this.#setProblem(await this.#currentProblem());
      this.#missed = 0;
    } catch (error) {
      this.#missed += 1;
      this.#options.logger.warn({ err: error, missed: this.#missed }, 'the self-check failed to run');
      if (this.#missed >= MAX_MISSES) this.#setProblem('The queue does not accept the self-check.');
    } finally {
      this.#isChecking = false;
    }
  }

  /** Enqueues no check while one is pending; otherwise jobs pile up when no worker is running. */
  async #enqueueNext(): Promise<void> {
    const slot = Math.floor(this.#options.now() / this.#options.intervalMs);
    const id = `self-check.${slot}`;
    if (this.#enqueued?.id === id) return;
    if (this.#enqueued !== undefined && (await isPending(this.#enqueued.id, this.#options.queue))) return;
    const at = this.#options.now();
    await this.#options.queue.enqueue({
      id,
      lane: LANE,
      data: { kind: 'self-check', runId: id, acceptedAt: at },
    });
    this.#enqueued = { id, at };
  }

  /** Returns the problem, or `undefined`. */
  async #currentProblem(): Promise<string | undefined> {
    const last = await this.#readRecent();
    if (last?.problem !== undefined) return `A worker gives a wrong diagnosis: ${last.problem}`;
    if (last !== undefined) {
      const [ago, took] = [this.#options.now() - last.done, last.done - last.asked].map((ms) =>
        Math.round(ms / 1000),
      );
      this.#status = `passed ${ago} s ago, took ${took} s`;
      this.#options.metrics.set('self_check_ok', 1);
      this.#options.metrics.set('self_check_last_success_timestamp_seconds', last.done / 1000);
    }
    if (
      this.#enqueued === undefined ||
      last?.id === this.#enqueued.id ||
      this.#options.now() - this.#enqueued.at < this.#timeoutMs
    )
      return undefined;
    return await this.#describeDelay(
      this.#enqueued.id,
      Math.round((this.#options.now() - this.#enqueued.at) / 1000),
    );
  }

  /** Ignores a record that is older than the last outage of all bots. */
  async #readRecent(): Promise<SelfCheckRecord | undefined> {
    const last = await readSelfCheck(this.#options.records);
    return last !== undefined &&
      this.#options.now() - last.done < 2 * this.#options.intervalMs + this.#timeoutMs
      ? last
      : undefined;
  }

  async #describeDelay(id: string, seconds: number): Promise<string | undefined> {
    const state = await this.#options.queue.state(id);
    const { active, waiting } = await this.#options.queue.counts();
    if (state === 'active') return `A self-check has been running for ${seconds} s without a result.`;
    if (state === 'completed' || state === 'failed' || state === 'unknown') {
      // Another bot's check finished; this bot's next one is due later.
      return (await this.#readRecent()) === undefined ? 'A self-check ended without a result.' : undefined;
    }
    return active === 0
      ? `No worker is running: a self-check has been waiting for ${seconds} s, with ${waiting} request(s).`
      : `All workers are busy or stuck: a self-check has been waiting for ${seconds} s behind ${active} running request(s).`;
  }

  #setProblem(problem: string | undefined): void {
    const before = this.#problemNow;
    this.#problemNow = problem;
    if (problem !== undefined) this.#options.metrics.set('self_check_ok', 0);
    void this.#notify();
    if ((problem === undefined) === (before === undefined)) return;
    if (problem === undefined) this.#options.logger.info({}, 'requests are processed again');
    else this.#options.logger.error({ problem }, 'requests are not processed');
  }

  async #notify(): Promise<void> {
    const isWell = this.#problemNow === undefined;
    if (
      this.#options.notifyOps === undefined ||
      this.#isNotifying ||
      this.#notifiedWell === isWell ||
      this.#options.now() < this.#nextNoticeAt
    )
      return;
    this.#isNotifying = true;
    const text = isWell
      ? 'ftm-check is processing requests again.'
      : `ftm-check is not processing requests: ${this.#problemNow}`;
    try {
      if (await this.#options.notifyOps(text, isWell)) this.#notifiedWell = isWell;
    } catch (error) {
      this.#nextNoticeAt = this.#options.now() + NOTIFY_RETRY_MS;
      this.#options.logger.warn({ err: error }, 'the notice could not be posted');
    } finally {
      this.#isNotifying = false;
    }
  }

  /** Rejects with the problem while checks fail between queue and diagnosis. */
  async state(): Promise<string> {
    if (this.#problemNow !== undefined) throw new Error(this.#problemNow);
    return this.#status;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

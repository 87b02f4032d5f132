import type { Collect } from '../../device/collector.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { RuleId } from '../../engine/rules/rule-ids.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { SelfCheckJob } from '../../platform/runs/queue-job.ts';
import { type Records, updateRecord } from '../../platform/store/records.ts';
import { isPending } from '../recovery/recover-orphaned-runs.ts';
import { checkDevice } from '../worker/check-device.ts';
import type { NotifyOps } from './notify-ops.ts';

/** A simulated device with one known fault, which exists for one check. */
export interface SelfCheckTarget extends AsyncDisposable {
  readonly inventory: Inventory;
  readonly alias: string;
  readonly collect: Collect;
  readonly expects: RuleId;
}

const READ_LIMIT_MS = 60_000;

/** Reads a simulated device over SSH and diagnoses it. Rejects with the problem if its fault is not found. */
async function runSelfCheck(openTarget: () => Promise<SelfCheckTarget>): Promise<void> {
  await using target = await openTarget();
  const device = target.inventory.devices.get(target.alias);
  if (!device) throw new FtmError('ftm_internal', 'The simulated device is missing in its own inventory.');
  const check = { device, readAt: Date.now(), signal: AbortSignal.timeout(READ_LIMIT_MS) };
  const { findings } = await checkDevice(check, target.collect);
  if (findings.some(({ rule }) => rule === target.expects)) return;
  const message = `The simulated device was read, but its fault (${target.expects}) was not found.`;
  throw new FtmError('ftm_internal', message);
}

interface SelfCheckRecord {
  readonly id: string;
  /** When it was enqueued and when it finished, in milliseconds since the Unix epoch. */
  readonly asked: number;
  readonly done: number;
  /** The problem, without secrets; absent if the check passed. */
  readonly problem?: string;
}

const KEY = 'self-check';
const RETENTION_MS = 24 * 3_600_000;

export async function readSelfCheck(records: Records): Promise<SelfCheckRecord | undefined> {
  const stored = await records.get(KEY);
  return stored === undefined ? undefined : (JSON.parse(stored.text) as SelfCheckRecord);
}

/** An earlier check that took longer does not overwrite a later one. */
export async function writeSelfCheck(records: Records, record: SelfCheckRecord): Promise<void> {
  await updateRecord(records, KEY, RETENTION_MS, (text) =>
    text !== undefined && (JSON.parse(text) as SelfCheckRecord).asked > record.asked
      ? undefined
      : JSON.stringify(record),
  );
}

type Shared = Pick<Dependencies, 'records' | 'logger' | 'metrics' | 'now'>;

/** The worker's part: diagnoses a simulated device at start and for each self-check job. */
export function createSelfCheckWorker(
  options: Shared & { readonly openTarget: () => Promise<SelfCheckTarget> },
) {
  const { openTarget, records, logger, metrics, now } = options;
  let problemNow: string | undefined;
  let checkedAt: number | undefined;

  /** Returns the problem, or `undefined`. */
  async function check(): Promise<string | undefined> {
    const before = problemNow;
    try {
      await runSelfCheck(openTarget);
      problemNow = undefined;
      if (before !== undefined) logger.info({}, 'self-check passed again');
    } catch (error) {
      problemNow = error instanceof FtmError ? error.message : 'it failed with an error';
      logger.error({ err: error }, 'self-check failed');
    }
    checkedAt = now();
    metrics.set('self_check_ok', problemNow === undefined ? 1 : 0);
    if (problemNow === undefined) metrics.set('self_check_last_success_timestamp_seconds', checkedAt / 1000);
    return problemNow;
  }

  return {
    check,
    /** Rejects with the problem while this worker's last check failed. */
    async state() {
      if (problemNow !== undefined) throw new Error(problemNow);
      return checkedAt === undefined ? 'not checked yet' : `passed ${seconds(now() - checkedAt)} ago`;
    },
    /** Records the result; rejects only if that fails. */
    async work({ runId: id, acceptedAt: asked }: SelfCheckJob) {
      const problem = await check();
      await writeSelfCheck(records, { id, asked, done: now(), problem });
    },
  };
}

export interface SelfCheckMonitorOptions extends Shared, Pick<Dependencies, 'queue'> {
  readonly intervalMs: number;
  /** Time limit of a check through the queue. */
  readonly timeoutMs?: number;
  readonly pollIntervalMs?: number;
  readonly notifyOps?: NotifyOps;
}

/** Longer than a busy worker needs for its current jobs; shorter than people need to notice. */
const TIMEOUT_MS = 2 * 60_000;
const POLL_INTERVAL_MS = 5_000;
/** A short outage of the queue is not reported. */
const MAX_MISSES = 3;
/** Delay after a notice could not be posted. */
const NOTIFY_RETRY_MS = 60_000;
/** Not a valid alias, so it cannot collide with a device's job group. */
const JOB_GROUP = '(self-check)';

/**
 * The bot's part: enqueues a check of a simulated device periodically and reports if no worker returns the expected
 * diagnosis in time. Several bots share one job, because its id is the time slot.
 */
export function monitorSelfChecks(options: SelfCheckMonitorOptions) {
  const { queue, records, logger, metrics, now, notifyOps, intervalMs, timeoutMs = TIMEOUT_MS } = options;
  const timer = setInterval(() => void checkOnce(), options.pollIntervalMs ?? POLL_INTERVAL_MS).unref();
  let enqueued: { readonly id: string; readonly at: number } | undefined;
  let problemNow: string | undefined;
  let status = 'not checked yet';
  let isChecking = false;
  let missed = 0;
  let notifiedWell = true;
  let isNotifying = false;
  let nextNoticeAt = Number.NEGATIVE_INFINITY;

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
    const at = now();
    const id = `self-check.${Math.floor(at / intervalMs)}`;
    if (enqueued?.id === id) return;
    if (enqueued !== undefined && (await isPending(enqueued.id, queue))) return;
    await queue.enqueue({ id, jobGroup: JOB_GROUP, data: { kind: 'self-check', runId: id, acceptedAt: at } });
    enqueued = { id, at };
  }

  /** Returns the problem, or `undefined`. */
  async function currentProblem(): Promise<string | undefined> {
    const last = await readRecent();
    if (last?.problem !== undefined) return `A worker gives a wrong diagnosis: ${last.problem}`;
    if (last !== undefined) {
      status = `passed ${seconds(now() - last.done)} ago, took ${seconds(last.done - last.asked)}`;
      metrics.set('self_check_ok', 1);
      metrics.set('self_check_last_success_timestamp_seconds', last.done / 1000);
    }
    if (enqueued === undefined || last?.id === enqueued.id) return undefined;
    const waitedMs = now() - enqueued.at;
    return waitedMs < timeoutMs ? undefined : await describeDelay(enqueued.id, seconds(waitedMs));
  }

  /** Ignores a record that is older than the last outage of all bots. */
  async function readRecent(): Promise<SelfCheckRecord | undefined> {
    const last = await readSelfCheck(records);
    return last !== undefined && now() - last.done < 2 * intervalMs + timeoutMs ? last : undefined;
  }

  async function describeDelay(id: string, time: string): Promise<string | undefined> {
    const state = await queue.state(id);
    const { active, waiting } = await queue.counts();
    if (state === 'active') return `A self-check has been running for ${time} without a result.`;
    if (state === 'completed' || state === 'failed' || state === 'unknown') {
      // Another bot's check finished; this bot's next one is due later.
      return (await readRecent()) === undefined ? 'A self-check ended without a result.' : undefined;
    }
    return active === 0
      ? `No worker is running: a self-check has been waiting for ${time}, with ${waiting} request(s).`
      : `All workers are busy or stuck: a self-check has been waiting for ${time} behind ${active} running request(s).`;
  }

  function setProblem(problem: string | undefined): void {
    const before = problemNow;
    problemNow = problem;
    if (problem !== undefined) metrics.set('self_check_ok', 0);
    void notify();
    if ((problem === undefined) === (before === undefined)) return;
    if (problem === undefined) logger.info({}, 'requests are processed again');
    else logger.error({ problem }, 'requests are not processed');
  }

  async function notify(): Promise<void> {
    const isWell = problemNow === undefined;
    if (notifyOps === undefined || isNotifying || notifiedWell === isWell || now() < nextNoticeAt) return;
    isNotifying = true;
    const text = isWell
      ? 'ftm-check is processing requests again.'
      : `ftm-check is not processing requests: ${problemNow}`;
    try {
      if (await notifyOps(text, isWell)) notifiedWell = isWell;
    } catch (error) {
      nextNoticeAt = now() + NOTIFY_RETRY_MS;
      logger.warn({ err: error }, 'the notice could not be posted');
    } finally {
      isNotifying = false;
    }
  }

  void checkOnce();
  return {
    /** Rejects with the problem while checks fail between queue and diagnosis. */
    async state() {
      if (problemNow !== undefined) throw new Error(problemNow);
      return status;
    },
    stop: () => clearInterval(timer),
  };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

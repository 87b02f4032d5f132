import { FtmError } from '../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { SyntheticCheckJob } from '../runs/queue-job.ts';
import type { Records } from '../store/records.ts';
import { runSyntheticCheck, type SyntheticCheckTarget } from './synthetic-check.ts';
import { writeSyntheticCheck } from './synthetic-check-record.ts';

export interface SyntheticCheckWorkerOptions {
  readonly openTarget: () => Promise<SyntheticCheckTarget>;
  readonly records: Records;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** A worker's side: it diagnoses a look-alike when it starts, and whenever a job of the queue asks for it. */
export interface SyntheticCheckWorker {
  /** Rejects while the last check of this worker went wrong, and says what. */
  state(): Promise<string>;
  check(): Promise<string | undefined>;
  /** Leaves a record; rejects only where that cannot be written. */
  work(job: SyntheticCheckJob): Promise<void>;
}

export function createSyntheticCheckWorker(options: SyntheticCheckWorkerOptions): SyntheticCheckWorker {
  const { openTarget, records, logger, metrics, now } = options;
  let wrong: string | undefined;
  let checkedAt: number | undefined;

  /** What is wrong, or nothing. */
  async function check(): Promise<string | undefined> {
    const before = wrong;
    try {
      await runSyntheticCheck(openTarget);
      wrong = undefined;
      if (before !== undefined) logger.info({}, 'self-check passed again');
    } catch (error) {
      wrong = error instanceof FtmError ? error.message : 'it failed with an error';
      logger.error({ err: error }, 'self-check failed');
    }
    checkedAt = now();
    metrics.selfChecked(wrong === undefined, checkedAt);
    return wrong;
  }

  return {
    check,
    async state() {
      if (wrong !== undefined) throw new Error(wrong);
      return checkedAt === undefined
        ? 'not checked yet'
        : `passed ${Math.round((now() - checkedAt) / 1000)} s ago`;
    },
    async work({ runId: id, acceptedAt: asked }) {
      const problem = await check();
      const record = { id, asked, done: now(), problem };
      await writeSyntheticCheck(records, record);
    },
  };
}

import { FtmError } from '../../engine/ftm-error.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { SelfCheckJob } from '../../platform/runs/queue-job.ts';
import { runSelfCheck, type SelfCheckTarget } from './self-check.ts';
import { writeSelfCheck } from './self-check-record.ts';

export interface SelfCheckWorkerOptions extends Pick<Dependencies, 'records' | 'logger' | 'metrics' | 'now'> {
  readonly openTarget: () => Promise<SelfCheckTarget>;
}

/** The worker's part: diagnoses a simulated device at start and for each self-check job. */
export function createSelfCheckWorker(options: SelfCheckWorkerOptions) {
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
      return checkedAt === undefined
        ? 'not checked yet'
        : `passed ${Math.round((now() - checkedAt) / 1000)} s ago`;
    },
    /** Records the result; rejects only if that fails. */
    async work({ runId: id, acceptedAt: asked }: SelfCheckJob) {
      const problem = await check();
      const record = { id, asked, done: now(), problem };
      await writeSelfCheck(records, record);
    },
  };
}

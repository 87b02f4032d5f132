import { FtmError } from '../../engine/ftm-error.ts';
import type { LateJob } from '../../platform/runs/queue-job.ts';
import type { RunOutcome } from '../../platform/runs/run.ts';

/** Answer without a diagnosis. The text of foreign errors is not shown, because it may contain secrets. */
export function failedOutcome(error: unknown): Extract<RunOutcome, { kind: 'failed' }> {
  if (error instanceof FtmError) {
    return { kind: 'failed', code: error.code, message: error.message, advice: error.advice };
  }
  return {
    kind: 'failed',
    code: 'ftm_internal',
    message: 'An internal error of ftm-check prevented a diagnosis.',
    advice: 'Please try again. If it happens again, the operator of ftm-check finds the reason in the log.',
  };
}

/** Instead of an outcome: only the asker of the request is still known. */
export async function requestLost({ isRestored = false }: Pick<LateJob, 'isRestored'> = {}): Promise<never> {
  const why = isRestored ? ', because the stored data of the bot went back to an earlier state' : '';
  throw new FtmError('ftm_internal', `This request was lost${why}, and there is no diagnosis.`, {
    advice: 'Sorry. Please ask again. The operator of ftm-check finds the reason in the log.',
  });
}

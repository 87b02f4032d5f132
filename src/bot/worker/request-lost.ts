import { FtmError } from '../../ftm-error.ts';
import type { RunOutcome } from '../../platform/runs/run.ts';

/** Instead of an outcome: only the asker of the request is still known. */
export async function requestLost(): Promise<RunOutcome> {
  throw new FtmError('ftm_internal', 'This request was lost, and there is no diagnosis.', {
    advice: 'Sorry. Please ask again. The operator of ftm-check finds the reason in the log.',
  });
}

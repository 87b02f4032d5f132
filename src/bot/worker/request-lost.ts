import { FtmError } from '../../engine/ftm-error.ts';
import type { RunOutcome } from '../../platform/runs/run.ts';

/** Instead of an outcome: only the asker of the request is still known. */
export async function requestLost({
  isRestored = false,
}: {
  readonly isRestored?: boolean | undefined;
} = {}): Promise<RunOutcome> {
  const why = isRestored ? ', because the stored data of the bot went back to an earlier state' : '';
  throw new FtmError('ftm_internal', `This request was lost${why}, and there is no diagnosis.`, {
    advice: 'Sorry. Please ask again. The operator of ftm-check finds the reason in the log.',
  });
}

import type { Run } from '../../src/platform/runs/run.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { type Listening, onRunPress } from '../shared/listeners.ts';
import { cancelledBeforeText, cancelReason, endedText, stoppingText } from '../text/replies.ts';

/** The Cancel button of a run in progress, in any process. Anyone who may check its device may cancel it. */
export function handleCancel(listening: Listening): void {
  onRunPress(listening, ACTIONS.cancel, 'cancel', async ({ act, run, callerName, reply }) => {
    // A run with an outcome is only waiting for Slack to deliver its answer.
    const isRunning =
      run.outcome === undefined &&
      run.answeredAt === undefined &&
      (await listening.requests.past.cancel(act, run.id, cancelReason(callerName)));
    await reply(isRunning ? stoppingText : endedBefore(run));
  });
}

/** Says who was first, and when. */
function endedBefore({ outcome, answeredAt }: Run): string {
  const isCancelled = outcome?.kind === 'failed' && outcome.code === 'ftm_cancelled';
  return isCancelled && answeredAt !== undefined
    ? cancelledBeforeText(outcome.message, answeredAt)
    : endedText;
}

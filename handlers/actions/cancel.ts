import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { type Listening, onRunPress } from '../shared/listeners.ts';
import { cancelReason, endedText, stoppingText } from '../text/replies.ts';

/** The Cancel button of a run in progress, in any process. Anyone who may check its device may cancel it. */
export function handleCancel(listening: Listening): void {
  onRunPress(listening, ACTIONS.cancel, 'cancel', async ({ act, run, caller, callerName, reply }) => {
    // A run with an outcome is only waiting for Slack to deliver its answer.
    const isRunning =
      run.outcome === undefined &&
      run.answeredAt === undefined &&
      (await listening.requests.past.cancel(act, run.id, cancelReason(callerName ?? caller.user)));
    await reply(isRunning ? stoppingText : endedText);
  });
}

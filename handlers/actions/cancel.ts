import type { App } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { cancelReason, endedText, stoppingText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** The Cancel button of a run in progress, in any process. Anyone who may check its device may cancel it. */
export function handleCancel(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.cancel, async ({ run, caller, callerName, reply }) => {
    // A run with an outcome is only waiting for Slack to deliver its answer.
    const isRunning =
      run.outcome === undefined &&
      run.answeredAt === undefined &&
      (await requests.past.cancel(run.id, cancelReason(callerName ?? caller.user)));
    await reply(isRunning ? stoppingText : endedText);
  });
}

import type { App } from '@slack/bolt';
import { ACTIONS } from '../../src/block-kit/action-ids.ts';
import type { RequestService } from '../../src/requests/ports.ts';
import type { Log } from '../../src/slack/logger.ts';
import { cancelReason, endedText, stoppingText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** The Cancel button of a run under way: for whoever may ask for its device, in whatever process it runs. */
export function handleCancel(app: App, services: RequestService, logger: Log): void {
  onRunAction(app, services, logger, ACTIONS.cancel, async ({ run, caller, callerName, reply }) => {
    // With an outcome only Slack is still in the way of its answer.
    const isRunning =
      run.outcome === undefined &&
      run.answeredAt === undefined &&
      (await services.past.cancel(run.id, cancelReason(callerName ?? caller.user)));
    await reply(isRunning ? stoppingText : endedText);
  });
}

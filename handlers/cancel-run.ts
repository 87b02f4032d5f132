import type { App } from '@slack/bolt';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { onPress } from './press.ts';
import { cancelReason, endedText, stoppingText } from './replies.ts';
import type { Services } from './services.ts';

/** The Cancel button of a run under way: for whoever may ask for its device, in whatever process it runs. */
export function handleCancel(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.cancel, async ({ run, caller, callerName, reply }) => {
    // With an outcome only Slack is still in the way of its answer.
    const isRunning =
      run.outcome === undefined &&
      run.answeredAt === undefined &&
      (await services.past.cancel(run.id, cancelReason(callerName ?? caller.user)));
    await reply(isRunning ? stoppingText : endedText);
  });
}

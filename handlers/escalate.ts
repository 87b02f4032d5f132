import type { App } from '@slack/bolt';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { onPress } from './press.ts';
import { cannotEscalateText } from './replies.ts';
import type { Services } from './services.ts';

/** The button is drawn only where a route exists; one on an older message may have outlived its route. */
export function handleEscalate(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.escalate, async ({ run, caller, callerName, reply }) => {
    if (!services.past.escalate) return await reply(cannotEscalateText);
    const who = { user: caller.user, ...(callerName === undefined ? {} : { name: callerName }) };
    await reply(await services.past.escalate(run, who));
  });
}

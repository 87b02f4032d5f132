import type { App } from '@slack/bolt';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { onPress } from './press.ts';
import { reportAttachedText, reportThereText } from './replies.ts';
import type { Services } from './services.ts';

/** The whole report as a file in the thread; once, however often it is asked for. */
export function handleDownloadReport(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.report, async ({ run, reply }) => {
    const state = await services.past.attachReport(run);
    switch (state.kind) {
      case 'attached':
        return await reply(reportAttachedText);
      case 'there':
        return await reply(reportThereText);
      case 'refused':
        return await reply(state.reason);
    }
  });
}

import type { App } from '@slack/bolt';
import { ACTIONS } from '../../src/block-kit/action-ids.ts';
import type { RequestService } from '../../src/requests/ports.ts';
import type { Log } from '../../src/slack/logger.ts';
import { reportAttachedText, reportThereText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** Attaches the full report to the thread, once for any number of clicks. */
export function handleDownloadReport(app: App, services: RequestService, logger: Log): void {
  onRunAction(app, services, logger, ACTIONS.report, async ({ run, reply }) => {
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

import type { App } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { reportAttachedText, reportThereText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** Attaches the full report to the thread, once for any number of clicks. */
export function handleDownloadReport(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.report, async ({ run, reply }) => {
    const state = await requests.past.attachReport(run);
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

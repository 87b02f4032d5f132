import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { type Listening, onRunPress } from '../shared/listeners.ts';
import { reportAttachedText, reportThereText } from '../text/replies.ts';

/** Attaches the full report to the thread, once for any number of clicks. */
export function handleDownloadReport(listening: Listening): void {
  onRunPress(listening, ACTIONS.report, 'report', async ({ act, run, reply }) => {
    const state = await listening.requests.past.attachReport(act, run);
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

import type { Requests } from '../../src/bot/requests/ports.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { type Listening, onRunPress, type RunPress } from '../shared/listeners.ts';
import { reportAttachedText, reportThereText } from '../text/replies.ts';

/** Attaches the full report to the thread, once for any number of clicks. */
export function handleDownloadReport(listening: Listening): void {
  onRunPress(listening, ACTIONS.report, 'report', (press) => sendReport(press, listening.requests));
}

export async function sendReport(
  { act, run, reply }: Pick<RunPress<'report'>, 'act' | 'run' | 'reply'>,
  { past }: Requests,
): Promise<void> {
  const state = await past.attachReport(act, run);
  switch (state.kind) {
    case 'attached':
      return await reply(reportAttachedText);
    case 'there':
      return await reply(reportThereText);
    case 'refused':
      return await reply(state.reason);
  }
}

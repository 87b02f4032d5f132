import type { App } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { evidenceBlocks } from '../../src/report/formats/slack/evidence-view.ts';
import { noDiagnosisText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { onRunAction, type RunAction } from './on-run-action.ts';

/** The button of older answers; newer ones have a menu option. */
export function handleShowEvidence(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.evidence, showEvidence);
}

export async function showEvidence({ run, client, triggerId, reply }: RunAction): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  await openView(client, triggerId, reply, {
    type: 'modal',
    title: { type: 'plain_text', text: 'All evidence' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [...evidenceBlocks(run.outcome.diagnosis)],
  });
}

import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { evidenceBlocks } from '../../src/report/formats/slack/evidence-view.ts';
import { type Listening, onRunPress, type RunPress } from '../shared/listeners.ts';
import { noDiagnosisText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';

/** The button of older answers; newer ones have a menu option. */
export function handleShowEvidence(listening: Listening): void {
  onRunPress(listening, ACTIONS.evidence, 'read', showEvidence);
}

export async function showEvidence({ run, client, triggerId, reply }: RunPress): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  await openView(client, triggerId, reply, {
    type: 'modal',
    title: { type: 'plain_text', text: 'All evidence' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [...evidenceBlocks(run.outcome.diagnosis)],
  });
}

import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { ACTIONS, MENU } from '../../src/report/block-kit/action-ids.ts';
import { toPlainText } from '../../src/report/block-kit/build-blocks.ts';
import { customerDraft } from '../../src/report/documents/customer-draft.ts';
import { codePart, prosePart } from '../../src/report/documents/document.ts';
import { evidenceBlocks } from '../../src/report/formats/slack/evidence-view.ts';
import { partBlocks } from '../../src/report/formats/slack/parts.ts';
import { type Listening, onRunPress, type RunPress } from '../shared/listeners.ts';
import { draftIntroText, noDiagnosisText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { askWhyNotHelpful } from './not-helpful.ts';

/** The menu of an answer. */
export function handleMoreMenu(listening: Listening): void {
  const verb = (choice: string) => (choice === MENU.notHelpful ? 'feedback' : 'read');
  onRunPress(listening, ACTIONS.more, verb, async (press) => {
    switch (press.choice) {
      case MENU.evidence:
        return await showEvidence(press);
      case MENU.notHelpful:
        return await askWhyNotHelpful(press);
      default:
        return await showCustomerDraft(press);
    }
  });
}

/** The button of older answers; newer ones have a menu option. */
export function handleShowEvidence(listening: Listening): void {
  onRunPress(listening, ACTIONS.evidence, 'read', showEvidence);
}

async function showEvidence({ run, client, triggerId, reply }: RunPress): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  await openView(client, triggerId, reply, {
    type: 'modal',
    title: toPlainText('All evidence'),
    close: toPlainText('Close'),
    blocks: [...evidenceBlocks(run.outcome.diagnosis)],
  });
}

/** Menu option of the answer: a paragraph for the customer, visible to the person who asked. */
export async function showCustomerDraft({ run, reply }: Pick<RunPress, 'run' | 'reply'>): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const { text, blocks } = draftReply(run.outcome.diagnosis);
  await reply(text, blocks);
}

export function draftReply(diagnosis: Diagnosis): {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
} {
  const draft = customerDraft(diagnosis);
  return {
    text: `${draftIntroText}\n${draft}`,
    blocks: partBlocks([...prosePart(draftIntroText), ...codePart([draft], 'draft')]),
  };
}

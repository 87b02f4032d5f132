import { ACTIONS, MENU } from '../../src/report/block-kit/action-ids.ts';
import { type Listening, onRunPress } from '../shared/listeners.ts';
import { showCustomerDraft } from './customer-draft.ts';
import { askWhyNotHelpful } from './not-helpful.ts';
import { showEvidence } from './show-evidence.ts';

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

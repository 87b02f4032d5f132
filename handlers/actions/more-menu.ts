import type { App } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { ACTIONS, MENU } from '../../src/report/block-kit/action-ids.ts';
import { showCustomerDraft } from './customer-draft.ts';
import { askWhyNotHelpful } from './not-helpful.ts';
import { onRunAction } from './on-run-action.ts';
import { showEvidence } from './show-evidence.ts';

/** The menu of an answer. */
export function handleMoreMenu(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.more, async (action) => {
    switch (action.choice) {
      case MENU.evidence:
        return await showEvidence(action);
      case MENU.notHelpful:
        return await askWhyNotHelpful(action);
      default:
        return await showCustomerDraft(action);
    }
  });
}

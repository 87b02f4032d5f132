import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { customerDraft } from '../../src/report/customer-draft.ts';
import type { Language } from '../../src/report/language/language.ts';
import { LANGUAGES } from '../../src/report/language/languages.ts';
import { paragraph, plain, preformatted, richText } from '../../src/report/slack/rich-text.ts';
import type { RequestService } from '../../src/requests/ports.ts';
import { ACTIONS } from '../../src/slack/action-ids.ts';
import type { Log } from '../../src/slack/logger.ts';
import { draftIntroText, noDiagnosisText } from '../text/replies.ts';
import { onRunAction } from './on-run-action.ts';

/** In the answer's menu: a paragraph for the customer, shown to who asked for it alone. */
export function handleCustomerDraft(app: App, services: RequestService, logger: Log): void {
  onRunAction(app, services, logger, ACTIONS.more, async ({ run, reply }) => {
    if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
    const { text, blocks } = draftReply(run.outcome.diagnosis, LANGUAGES.en);
    await reply(text, blocks);
  });
}

export function draftReply(
  diagnosis: Parameters<typeof customerDraft>[0],
  language: Language,
): { readonly text: string; readonly blocks: readonly KnownBlock[] } {
  const draft = customerDraft(diagnosis, language);
  return {
    text: `${draftIntroText}\n${draft}`,
    blocks: [richText([paragraph([plain(draftIntroText)]), preformatted([draft])])],
  };
}

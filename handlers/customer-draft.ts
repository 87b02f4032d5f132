import type { App } from '@slack/bolt';
import { customerDraft } from '../src/report/customer-draft.ts';
import { LANGUAGES } from '../src/report/language/languages.ts';
import { paragraph, plain, preformatted, richText } from '../src/report/slack/rich-text.ts';
import { ACTIONS } from '../src/slack/action-ids.ts';
import type { Log } from '../src/slack/logger.ts';
import { onPress } from './press.ts';
import { draftIntroText, noDiagnosisText } from './replies.ts';
import type { Services } from './services.ts';

/** In the answer's menu: a paragraph for the customer, shown to who asked for it alone. */
export function handleCustomerDraft(app: App, services: Services, logger: Log): void {
  onPress(app, services, logger, ACTIONS.more, async ({ run, reply }) => {
    if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
    const draft = customerDraft(run.outcome.diagnosis, LANGUAGES.en);
    await reply(`${draftIntroText}\n${draft}`, [
      richText([paragraph([plain(draftIntroText)]), preformatted([draft])]),
    ]);
  });
}

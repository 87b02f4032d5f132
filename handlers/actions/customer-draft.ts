import type { KnownBlock } from '@slack/types';
import { customerDraft } from '../../src/report/documents/customer-draft.ts';
import { codePart, prosePart } from '../../src/report/documents/document.ts';
import type { Language } from '../../src/report/documents/language/language.ts';
import { LANGUAGES } from '../../src/report/documents/language/languages.ts';
import { partBlocks } from '../../src/report/formats/slack/parts.ts';
import type { RunPress } from '../shared/listeners.ts';
import { draftIntroText, noDiagnosisText } from '../text/replies.ts';

/** Menu option of the answer: a paragraph for the customer, visible to the person who asked. */
export async function showCustomerDraft({ run, reply }: Pick<RunPress, 'run' | 'reply'>): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const { text, blocks } = draftReply(run.outcome.diagnosis, LANGUAGES.en);
  await reply(text, blocks);
}

export function draftReply(
  diagnosis: Parameters<typeof customerDraft>[0],
  language: Language,
): { readonly text: string; readonly blocks: readonly KnownBlock[] } {
  const draft = customerDraft(diagnosis, language);
  return {
    text: `${draftIntroText}\n${draft}`,
    blocks: partBlocks([...prosePart(draftIntroText), ...codePart([draft], 'draft')]),
  };
}

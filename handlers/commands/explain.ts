import { readRuleText } from '../../src/bot/requests/read-rule-text.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import type { Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { findSymptom } from '../../src/engine/rules/symptoms.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import { type Document, prosePart } from '../../src/report/documents/document.ts';
import { createRuleDocument, findRule } from '../../src/report/documents/rule-text.ts';
import { createSymptomDocument } from '../../src/report/documents/symptom-text.ts';
import { renderSlackDocument } from '../../src/report/formats/slack/render-slack.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** Shows the text of one rule, or what a code of FortiClient can mean, in private. */
export async function explainRule(rule: string, { reply }: RequestContext): Promise<void> {
  const found = findRule(rule);
  if (found.kind === 'found') return await show(createRuleDocument(await readRuleText(found.id)), reply);
  const symptom = findSymptom(rule);
  if (symptom) return await show(createSymptomDocument(symptom), reply);
  const suggestions = found.suggestions.map((each) => `\`${SLASH_COMMAND} explain ${each}\``);
  const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
  await reply(`There is no rule ${inlineCode(rule)}.${guess}`);
}

/** The cause of an answer in all its words, and what the text of its rule says of it. */
export async function explainCause(
  { rule, title, summary }: Finding,
  { reply }: Pick<RequestContext, 'reply'>,
): Promise<void> {
  const found = findRule(rule);
  const { parts } = found.kind === 'found' ? createRuleDocument(await readRuleText(found.id)) : { parts: [] };
  const told = parts.filter((part) => part.kind === 'prose' && /^(?:Symptom|Cause)$/.test(part.label ?? ''));
  const whole = told.length === 0 ? '' : `The whole text: \`${SLASH_COMMAND} explain ${rule}\`.`;
  await show({ headline: title, parts: [...prosePart(summary), ...told, ...prosePart(whole)] }, reply);
}

async function show(document: Document, reply: RequestContext['reply']): Promise<void> {
  const { text, blocks } = renderSlackDocument(document);
  await reply(text, blocks);
}

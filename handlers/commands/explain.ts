import type { KnownBlock } from '@slack/types';
import { readRuleText } from '../../src/bot/requests/read-rule-text.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import type { Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { findSymptom } from '../../src/engine/rules/symptoms.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import { printableProse } from '../../src/report/documents/printable.ts';
import { pageParagraphs, ruleNamed } from '../../src/report/documents/rule-text.ts';
import { symptomText } from '../../src/report/documents/symptom-text.ts';
import { proseText } from '../../src/report/formats/slack/prose-text.ts';
import { bold, paragraph, plain, prose, richText } from '../../src/report/formats/slack/rich-text.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** Shows the page of one rule, or what a code of FortiClient can mean, in private. */
export async function explainRule(rule: string, { reply }: RequestContext): Promise<void> {
  const named = ruleNamed(rule);
  const symptom = named.kind === 'unknown' ? findSymptom(rule) : undefined;
  if (symptom) return await showParts(pageParagraphs(symptomText(symptom)), reply);
  if (named.kind === 'unknown') {
    const suggestions = named.suggestions.map((each) => `\`${SLASH_COMMAND} explain ${each}\``);
    const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
    return await reply(`There is no rule ${inlineCode(rule)}.${guess}`);
  }
  await showParts(pageParagraphs(await readRuleText(named.id)), reply);
}

/** The cause of an answer in all its words, and what the page of its rule says of it. */
export async function explainCause(
  { rule, title, summary }: Finding,
  { reply }: Pick<RequestContext, 'reply'>,
): Promise<void> {
  const named = ruleNamed(rule);
  const page = named.kind === 'found' ? pageParagraphs(await readRuleText(named.id)) : [];
  const told = page.filter(({ label }) => /^(?:Symptom|Cause)\b/.test(label));
  const whole = `The whole page: \`${SLASH_COMMAND} explain ${rule}\`.`;
  const said = { label: printableProse(title), text: printableProse(summary) };
  await showParts([said, ...told, ...(page.length === 0 ? [] : [{ label: '', text: whole }])], reply);
}

async function showParts(
  parts: ReturnType<typeof pageParagraphs>,
  reply: RequestContext['reply'],
): Promise<void> {
  const text = parts
    .map(({ label, text: answer }) => `*${proseText(label)}* ${proseText(answer)}`.trim())
    .join('\n');
  const block: KnownBlock = richText(
    parts.map(({ label, text: answer }) =>
      paragraph([
        ...(label === '' ? [] : [bold(`${label.replaceAll('`', '')} `)]),
        ...prose(answer),
        plain('\n'),
      ]),
    ),
  );
  await reply(text, [block]);
}

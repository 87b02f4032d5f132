import { readRuleText } from '../../src/bot/requests/read-rule-text.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import type { Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { findSymptom } from '../../src/engine/rules/symptoms.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import {
  codePart,
  type Document,
  type Part,
  type Prose,
  prosePart,
  quotesPart,
} from '../../src/report/documents/document.ts';
import { printableProse } from '../../src/report/documents/printable.ts';
import { decisiveWords } from '../../src/report/documents/quotes.ts';
import { createRuleDocument, findRule } from '../../src/report/documents/rule-text.ts';
import { createSymptomDocument } from '../../src/report/documents/symptom-text.ts';
import { renderSlackDocument } from '../../src/report/formats/slack/render-slack.ts';
import type { RequestContext } from '../shared/request-context.ts';
import type { Command } from './parse-request.ts';

/** Shows the text of one rule, or what a code of FortiClient can mean, in private. */
export async function explainRule({ parsed: { rule }, reply }: Command<'explain'>): Promise<void> {
  const found = findRule(rule);
  if (found.kind === 'found') return await show(createRuleDocument(await readRuleText(found.id)), reply);
  const symptom = findSymptom(rule);
  if (symptom) return await show(createSymptomDocument(symptom), reply);
  const suggestions = found.suggestions.map((each) => `\`${SLASH_COMMAND} explain ${each}\``);
  const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
  await reply(`There is no rule ${inlineCode(rule)}.${guess}`);
}

/** The cause of an answer at more length: its evidence, and the page of its rule. */
export async function explainCause(finding: Finding, { reply }: RequestContext): Promise<void> {
  const { rule, title, summary, confidence, evidence, references } = finding;
  const links = references.map((page) => ({ text: printableProse(page.title), url: page.url }));
  const parts: readonly Part[] = [
    ...prosePart(printableProse(summary), { label: 'Cause', grade: confidence }),
    ...quotesPart(evidence.slice(0, MAX_QUOTES), decisiveWords(finding)),
    ...(await ruleParts(rule, 'Cause')).map((part) => ({ ...part, label: 'In general' })),
    ...(links.length === 0 ? [] : [{ kind: 'list' as const, label: 'Docs', items: links }]),
    ...prosePart(wholeText(rule)),
  ];
  await show({ headline: title, parts }, reply);
}

/** What the fix of an answer changes, what its page says of it, and how to take it back. */
export async function explainFix({ rule, fix }: Finding, { reply }: RequestContext): Promise<void> {
  const { apply, undo, note = '' } = fix;
  const general = await ruleParts(rule, 'Fix');
  const says = [note, ...general.map(({ text }) => text)].join(' ');
  const parts: readonly Part[] = [
    ...prosePart(printableProse(note), { tone: 'warning' }),
    ...general,
    ...prosePart(SESSION_WORDS.test(says) ? '' : sessionsUnknownText),
    ...(apply.length === 0 ? [] : codePart(undo, 'undo', 'Undo')),
    ...prosePart(wholeText(rule)),
  ];
  await show({ headline: apply.length === 0 ? noLinesText : 'What the fix above changes', parts }, reply);
}

const MAX_QUOTES = 6;
/** Samples: "ends all sessions", "restarts the VPN", "needs a maintenance window". */
const SESSION_WORDS = /\b(?:session|disconnect|interrupt|reboot|restart|log(?:s|ged)? out|maintenance)/i;
const noLinesText = 'The answer above has no lines to paste';
const sessionsUnknownText =
  'Whether it ends sessions that are open is not documented for this cause. If they must not end, choose a quiet hour.';

/** Paragraphs of the page of a rule with this label; none for a rule of another release. */
async function ruleParts(rule: string, label: string): Promise<readonly Prose[]> {
  const found = findRule(rule);
  if (found.kind !== 'found') return [];
  const { parts } = createRuleDocument(await readRuleText(found.id));
  return parts.filter((part) => part.kind === 'prose').filter((part) => part.label === label);
}

function wholeText(rule: string): string {
  return findRule(rule).kind === 'found' ? `The whole page: \`${SLASH_COMMAND} explain ${rule}\`.` : '';
}

async function show(document: Document, reply: RequestContext['reply']): Promise<void> {
  const { text, blocks } = renderSlackDocument(document);
  await reply(text, blocks);
}

import { ruleOf } from '../../engine/rules/all-rules.ts';
import { CAUSES_IN_WORDS, type Symptom } from '../../engine/rules/symptoms.ts';

/** What a percentage or code of FortiClient can mean, as Markdown. `link`: how a rule is named. */
export function symptomText(
  { shown, text, causes, isDocumented }: Symptom,
  link: (rule: string) => string = (rule) => `\`${rule}\``,
): string {
  const source = isDocumented ? 'Fortinet names these causes' : 'from experience, not from Fortinet';
  return [
    `${shown}${text === undefined ? '' : `: “${text}”`}`,
    `FortiClient shows this over SSL VPN. It can mean, the most likely first (${source}):`,
    causes.map((cause) => `- ${causeText(cause, link)}`).join('\n'),
    'It says where to look and is never a verdict: the debug output of one login shows the cause.',
  ].join('\n\n');
}

function causeText(cause: string, link: (rule: string) => string): string {
  const rule = ruleOf(cause);
  return rule ? `${rule.title} (${link(rule.id)})` : (CAUSES_IN_WORDS[cause] ?? cause);
}

import { getRule } from '../../src/engine/rules/all-rules.ts';
import { upperFirst } from '../../src/engine/rules/shared/logins.ts';
import { CAUSES_IN_WORDS, SYMPTOMS, UNSEEN_CAUSES } from '../../src/engine/rules/symptoms.ts';
import { WRITTEN } from './markdown.ts';

/** docs/reference/symptoms.md: what FortiClient shows, and the causes that it can mean. */
export function symptomsPage(): string {
  return `${[
    WRITTEN,
    '# What FortiClient shows',
    'Where FortiClient stops, and which code it shows, says where to look and is never a verdict: the same code has many causes, and most of these readings are experience, not from Fortinet. Percentages and these codes are of SSL VPN. The debug output of one login shows the cause ([tutorial](../tutorial/somebody-cannot-log-in.md)).',
    '`ftm-check explain -7200` and `ftm-check explain "48 %"` print one of these, `analyze --symptom "stops at 48 %"` looks at logins over SSL VPN only.',
    ...SYMPTOMS.flatMap(({ shown, text, causes, isDocumented }) => [
      `## ${shown}`,
      ...(text === undefined ? [] : [`“${text}”`]),
      ...(isDocumented ? ['Fortinet names these causes.'] : []),
      causes.map((cause) => `- ${causeLink(cause)}`).join('\n'),
    ]),
    '## Causes that cannot be seen',
    'A FortiGate prints nothing that shows one of these for certain, so no finding ever names them.',
    UNSEEN_CAUSES.map(
      ({ code, cause, look }) => `- ${code}, ${CAUSES_IN_WORDS[cause] ?? cause}. ${look}`,
    ).join('\n'),
  ].join('\n\n')}\n`;
}

/** A cause without a rule stands in words: FortiOS prints nothing that shows it. */
function causeLink(cause: string): string {
  const rule = getRule(cause);
  return rule
    ? `${rule.title}: [\`${rule.id}\`](../../src/engine/rules/${rule.id}/page.md)`
    : upperFirst(CAUSES_IN_WORDS[cause] ?? cause);
}

import { getRule } from '../../engine/rules/all-rules.ts';
import { upperFirst } from '../../engine/rules/shared/logins.ts';
import { CAUSES_IN_WORDS, type Symptom, type UnseenCause } from '../../engine/rules/symptoms.ts';
import { type Document, listPart, prosePart } from './document.ts';

/** What a percentage or code of FortiClient can mean. */
export function createSymptomDocument({ shown, text, causes, isDocumented }: Symptom): Document {
  const source = isDocumented ? 'Fortinet names these causes' : 'from experience, not from Fortinet';
  return {
    headline: `${shown}${text === undefined ? '' : `: “${text}”`}`,
    parts: [
      ...prosePart(`FortiClient shows this over SSL VPN. It can mean, the most likely first (${source}):`),
      ...listPart(causes.map(causeText)),
      ...prosePart(
        'It says where to look and is never a verdict: the debug output of one login shows the cause.',
      ),
    ],
  };
}

/** A cause that is only ever said to be out of sight. */
export function createUnseenDocument({ code, cause, look }: UnseenCause): Document {
  return {
    headline: `${code}: ${CAUSES_IN_WORDS[cause] ?? cause}`,
    parts: prosePart(`This cannot be seen in what a FortiGate prints, so no finding ever claims it. ${look}`),
  };
}

function causeText(cause: string): string {
  const rule = getRule(cause);
  return rule ? `${rule.title} (\`${rule.id}\`)` : upperFirst(CAUSES_IN_WORDS[cause] ?? cause);
}

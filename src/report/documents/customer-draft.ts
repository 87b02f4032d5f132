import type { Diagnosis, Finding } from '../../engine/diagnosis/diagnosis.ts';
import { foldFindings } from './answer/folded-findings.ts';
import type { Language } from './language/language.ts';

/**
 * A paragraph to send to the customer. It consists only of sentences of the language and the rules, so that no name,
 * address or setting of the case can be in it.
 */
export function customerDraft(diagnosis: Diagnosis, { draft }: Language): string {
  const [first, ...others] = foldFindings(diagnosis.findings);
  const sentences = first
    ? [
        draft.opening,
        causeOf(first.finding, draft),
        others.length > 0 ? draft.alsoFound(others.length) : '',
        draft.weRepair,
        draft.untilThen[first.finding.hop],
        draft.closing,
      ]
    : [draft.opening, draft.withoutFinding[diagnosis.verdict], draft.closing];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** A finding of another release may have a rule that is unknown here. */
function causeOf(
  { rule, confidence }: Finding,
  { causes, found, withoutFinding }: Language['draft'],
): string {
  const cause = causes.get(rule);
  return cause === undefined ? withoutFinding.broken : `${found[confidence]} ${cause}.`;
}

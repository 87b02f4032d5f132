import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { foldFindings } from './folded-findings.ts';
import type { Language } from './language/language.ts';

/**
 * A paragraph ready to send to the customer. It is put together from sentences of the language's file alone, so that no
 * name, address or setting of the case can be in it.
 */
export function customerDraft(diagnosis: Diagnosis, { draft }: Language): string {
  const [first, ...others] = foldFindings(diagnosis.findings);
  const sentences = first
    ? [
        draft.opening,
        `${draft.found[first.finding.confidence]} ${draft.causes[first.finding.rule]}.`,
        others.length > 0 ? draft.alsoFound(others.length) : '',
        draft.weRepair,
        draft.untilThen[first.finding.hop],
        draft.closing,
      ]
    : [draft.opening, draft.withoutFinding[diagnosis.verdict], draft.closing];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { printableProse } from '../printable.ts';
import { isQuestionDoubted } from './headline-mark.ts';
import { neededText } from './next-step-texts.ts';

/** Three lines on a phone, with the mark. */
const MAX_LENGTH = 124;

/** The headline; for an undecided case, with what is needed to decide it. */
export function headlineText(diagnosis: Diagnosis): string {
  const headline = printableProse(diagnosis.headline);
  const needed = asksForMore(diagnosis) ? neededText(diagnosis) : '';
  const whole = `${headline}. ${needed}`;
  return needed === '' || whole.length > MAX_LENGTH ? headline : whole;
}

/** A headline that states the reason or doubts the question is complete. */
function asksForMore(diagnosis: Diagnosis): boolean {
  const { verdict, headline, looksLike, whyNotHealthy = [] } = diagnosis;
  const saysWhy = whyNotHealthy.some((reason) => headline.includes(reason));
  return verdict === 'inconclusive' && !looksLike && !saysWhy && !isQuestionDoubted(diagnosis);
}

import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { ENGLISH_WORDING } from './wording.ts';

/** `light` for Slack, `mark` for a terminal. A question that was wrong has its own: the answer is about the question. */
export function headlineMark(diagnosis: Diagnosis): { readonly light: string; readonly mark: string } {
  if (isQuestionDoubted(diagnosis)) return { light: '⚠️', mark: '!' };
  const { verdict } = diagnosis;
  return { light: ENGLISH_WORDING.verdictLights[verdict], mark: ENGLISH_WORDING.verdictMarks[verdict] };
}

/** The user or the VDOM that was asked about is not known here, or another name was probably meant. */
export function isQuestionDoubted({ askedUser, unknownVdom }: Diagnosis): boolean {
  if (unknownVdom) return true;
  if (!askedUser || askedUser.known === 'known') return false;
  return askedUser.known === 'unknown-user' || askedUser.suggestions.length > 0;
}

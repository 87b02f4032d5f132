import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { isWarning } from '../../../engine/diagnosis/hops.ts';
import { WORDING } from '../wording.ts';

/**
 * `light` for Slack, `mark` for a terminal. Green and `✓` are for a login that was seen to succeed; a question about an
 * unknown user has its own mark.
 */
export function headlineMark(diagnosis: Diagnosis): { readonly light: string; readonly mark: string } {
  if (isQuestionDoubted(diagnosis)) return { light: '⚠️', mark: '!' };
  const { verdict, proof, notInUse, findings } = diagnosis;
  if (notInUse) return { light: '⚪', mark: '–' };
  if (proof === 'configuration') return { light: '🔵', mark: '○' };
  if (findings[0] && isWarning(findings[0])) return { light: WORDING.verdictLights.inconclusive, mark: '!' };
  return { light: WORDING.verdictLights[verdict], mark: WORDING.verdictMarks[verdict] };
}

/** Asking again with the right name comes before anything else. */
export function isQuestionMisspelt({ askedUser, unknownVdom }: Diagnosis): boolean {
  return (
    unknownVdom !== undefined || (askedUser?.known !== 'known' && (askedUser?.suggestions.length ?? 0) > 0)
  );
}

/** The user or the VDOM in the request is unknown here, or a similar name was probably meant. */
export function isQuestionDoubted({ askedUser, unknownVdom }: Diagnosis): boolean {
  if (unknownVdom) return true;
  if (!askedUser || askedUser.known === 'known') return false;
  return askedUser.known === 'unknown-user' || askedUser.suggestions.length > 0;
}

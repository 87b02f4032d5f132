import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { ENGLISH_WORDING, type Wording } from '../wording.ts';

/** The steps that this login needs: a login by password has none of push. */
export function neededHops({ hops }: Diagnosis): Diagnosis['hops'] {
  return hops.filter(({ needed }) => needed !== false);
}

/** `Login path: 4 of 12 steps fine, stops at callback`. */
export function loginPathTitle(diagnosis: Diagnosis, words: Wording = ENGLISH_WORDING): string {
  const { firstBrokenHop } = diagnosis;
  const hops = neededHops(diagnosis);
  const fine = hops.filter(({ status }) => status === 'ok').length;
  const unseen = hops.filter(({ status }) => status === 'unknown').length;
  if (fine === hops.length) return `Login path: all ${hops.length} steps fine`;
  if (firstBrokenHop !== null) {
    const seen = fine === 0 ? '' : `${fine} of ${hops.length} steps fine, `;
    return `Login path: ${seen}stops at ${words.hops[firstBrokenHop]}`;
  }
  if (fine === 0) return 'Login path: no step was seen';
  return `Login path: ${fine} of ${hops.length} steps fine, ${unseen} not seen`;
}

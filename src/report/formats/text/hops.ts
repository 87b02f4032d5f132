import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { loginPathTitle, neededHops } from '../../documents/answer/login-path.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const ARROW = ' › ';

/** The list of hops; the first broken one is in capitals, so that it is visible without colour. */
export function hopLines(diagnosis: Diagnosis, { width, paint }: Pen): readonly string[] {
  const { firstBrokenHop } = diagnosis;
  const words = neededHops(diagnosis).map(({ id, status }) => {
    const name = ENGLISH_WORDING.hops[id];
    return `${id === firstBrokenHop ? name.toUpperCase() : name} ${ENGLISH_WORDING.hopMarks[status]}`;
  });
  const broken =
    firstBrokenHop === null
      ? undefined
      : `${ENGLISH_WORDING.hops[firstBrokenHop].toUpperCase()} ${ENGLISH_WORDING.hopMarks.broken}`;
  const steps = wrapHops(words, width - 2).map((line) => {
    if (broken === undefined) return `  ${line}`;
    return `  ${line.replace(broken, (found) => paint.bold(paint.bad(found)))}`;
  });
  return [paint.bold(loginPathTitle(diagnosis)), ...steps];
}

/** Keeps a hop and its mark together. */
function wrapHops(words: readonly string[], width: number): readonly string[] {
  return wrap(words.map((word) => word.replaceAll(' ', '\u00a0')).join(ARROW), width);
}

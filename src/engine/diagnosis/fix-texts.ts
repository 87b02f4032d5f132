import type { Fix } from '../rules/rule.ts';
import type { Finding } from './diagnosis.ts';

type FindingFix = Finding['fix'];

/** A line break would start another command, and FortiOS acts on `?` at once, even inside quotes. */
const UNSAFE_TO_PASTE = /\p{Cc}|\?/u;
const NO_LINES =
  'A name or value in this configuration contains a line break or a `?`. A terminal would act on it, so no lines to paste are given here.';

/** Values of a fix come from the evidence, which may contain any text. */
export function toFindingFix({ apply, undo, verify, note = '', ...texts }: Fix): FindingFix {
  if ([...apply, ...undo, ...verify].some((line) => UNSAFE_TO_PASTE.test(line))) {
    return withNote({ apply: [], undo: [], verify: [], todo: [NO_LINES] });
  }
  return withNote({
    ...texts,
    apply: [...apply],
    undo: [...undo],
    verify: [...verify],
    ...(apply.length === 0 ? { todo: note === '' ? [] : [note.trim()] } : { after: note.trim() }),
  });
}

/** The fix with a sentence before everything else. */
export function beginWith(sentence: string, fix: FindingFix): FindingFix {
  const { apply, before = '', todo = [] } = fix;
  return withNote({
    ...fix,
    ...(apply.length === 0 ? { todo: [sentence, ...todo] } : { before: `${sentence} ${before}`.trim() }),
  });
}

/** For readers of the JSON, and for pages: all texts as one. */
function withNote(fix: FindingFix): FindingFix {
  const { before = '', replace = '', todo = [], after = '', running = '', forward } = fix;
  const { to, text } = forward ?? {};
  const letter = text === undefined ? '' : `To forward${to === undefined ? '' : ` to ${to}`}: “${text}”`;
  const texts = [before, replace, ...todo, after, running, letter].filter((each) => each !== '');
  return { ...fix, note: texts.length === 0 ? undefined : texts.join(' ') };
}

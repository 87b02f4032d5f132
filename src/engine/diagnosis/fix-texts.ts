import type { Fix } from '../rules/rule.ts';
import type { Finding } from './diagnosis.ts';

type FindingFix = Finding['fix'];

/** A line break would start another command, and FortiOS acts on `?` at once, even inside quotes. */
const UNSAFE_TO_PASTE = /\p{Cc}|\?/u;
const NO_LINES =
  'A name or value in this configuration contains a line break or a `?`. A terminal would act on it, so no lines to paste are given here.';

/** Values of a fix come from the evidence, which may contain any text. */
export function toFindingFix({ apply, undo, verify, note, forward }: Fix): FindingFix {
  if ([...apply, ...undo, ...verify].some((line) => UNSAFE_TO_PASTE.test(line))) {
    return withNote({ apply: [], undo: [], verify: [], todo: [NO_LINES] });
  }
  return withNote({
    apply: [...apply],
    undo: [...undo],
    verify: [...verify],
    ...(note && (apply.length === 0 ? { todo: [note.trim()] } : { after: note.trim() })),
    ...(forward && { forward: { ...forward } }),
  });
}

/** The fix with a sentence before everything else. */
export function beginWith(sentence: string, fix: FindingFix): FindingFix {
  const { apply, after, todo = [] } = fix;
  const parts =
    apply.length === 0
      ? { todo: [sentence, ...todo] }
      : { after: [sentence, ...(after ? [after] : [])].join(' ') };
  return withNote({ ...fix, ...parts });
}

/** For readers of the JSON, and for pages: all texts as one. */
function withNote(fix: FindingFix): FindingFix {
  const { todo = [], after = '', forward } = fix;
  const { to, text } = forward ?? {};
  const letter = text && `To forward${to === undefined ? '' : ` to ${to}`}: “${text}”`;
  const note = [...todo, after, letter ?? ''].filter((each) => each !== '').join(' ');
  return { ...fix, note: note === '' ? undefined : note };
}

import type { SecretKind } from '../kinds.ts';
import { languagesOf } from '../languages.ts';
import type { Span } from '../spans.ts';
import { isAlreadyHidden } from '../tokens.ts';
import { isBeforeClause, isSaid, isSaidHere, isSpeltOut, isUnsaid, NAMED } from '../unsaid.ts';
import {
  isName,
  isTechnical,
  type ReadValue,
  readQuoted,
  readWhole,
  SECRET_LIKE,
  startsOther,
  toSpan,
} from '../values.ts';

/** Characters of the shortest value without quotation marks. */
const MIN_LENGTH = 4;
export const CODE = /^(?=[^\d]*\d)[A-Z0-9_-]{12,40}$/;
/** Four characters. */
const MIXED = /^(?=\D{0,3}\d)(?=\P{L}{0,3}\p{L})[\p{L}\p{N}]{4}$/u;
/** Marks that no word of a language has. */
const MARKED = /^(?=.{0,64}\p{L}{4})\S{0,32}[!#$%&*+=?@^~][\p{L}\p{N}]\S{1,64}$/u;
const DIGITS = /^\d{4,12}$/;
/** Such a number says how many. */
const UNIT =
  /^[ \t](?:char|digit|day|byte|bit|time|second|minute|hour|month|user|zeichen|tag|stelle|mal|of |von )/i;
const STOPS = '|,;)]}"“”„\'<>(`';
const UNSPACED_LETTER = /[\u3000-\u9fff\uac00-\ud7af\uff01-\uff60]/;

/** How a word stands behind the noun of a secret. */
export interface Slot {
  readonly kind: SecretKind;
  readonly isStrict: boolean;
  /** Behind a mark, not behind words. */
  readonly isMarked: boolean;
  /** The verb or noun before it, where long words that its language does not say there are values. */
  readonly lead?: string | undefined;
}

/** `failed for user "wren"` */
const OF_OTHER =
  /(?<!\w)(?:user|username|account|admin|administrator|client|server|peer|section|namespace|group|host|device|app(?:lication)?|tenant|object|resource|principal|realm|connection|interface|profile|project|cluster)[ \t]\(?$/i;

/** A word or a quotation that may be a value. */
interface Place {
  readonly at: number;
  readonly text: string;
  readonly value: ReadValue;
  readonly isQuoted: boolean;
  /** Where its line goes on. */
  readonly next: number;
}

/** The word at `at`, if it is none that sentences say there. */
export function slotAt(line: string, from: number, slot: Slot): readonly Span[] {
  const place = placeAt(line, from);
  return place ? valueIn(line, place, slot) : [];
}

export function placeAt(line: string, from: number): Place | undefined {
  const at = from + (/^[*_]{1,2}(?=[^\s*_])/.exec(line.slice(from, from + 3))?.[0].length ?? 0);
  const quoted = readQuoted(line, at);
  const word = quoted ?? readWhole(line, at, STOPS, at + 128);
  if (quoted ? quoted.open : word.end - at < MIN_LENGTH) return undefined;
  if (
    isAlreadyHidden(line.slice(at, at + 40)) ||
    startsOther(line, at) ||
    /^(?:[$#%]?\{|\$\(|https?:\/\/)/.test(line.slice(at, at + 26))
  )
    return undefined;
  if (quoted)
    return {
      at,
      text: line.slice(quoted.start, quoted.end),
      value: quoted,
      isQuoted: true,
      next: quoted.end,
    };
  const foreign = line.slice(at, word.end).search(UNSPACED_LETTER);
  let end = foreign === -1 ? word.end : at + foreign;
  while (end > at && '.!?…:'.includes(line[end - 1] as string)) end--;
  const text = line.slice(at, end);
  return text.length < MIN_LENGTH
    ? undefined
    : { at, text, value: { ...word, end }, isQuoted: false, next: word.end };
}

export function valueIn(
  line: string,
  { at, text, value, isQuoted, next }: Place,
  { kind, isStrict, isMarked, lead }: Slot,
): readonly Span[] {
  const { end } = value;
  if (isQuoted) {
    const languages = languagesOf(line);
    const isNone =
      isName(line, text, end) ||
      OF_OTHER.test(line.slice(Math.max(0, at - 24), at)) ||
      text.split(' ').every((word) => isSaid(word, languages)) ||
      /^[@.]{0,2}[\w-]{0,20}\//.test(text);
    return isNone ? [] : toSpan(line, value, kind);
  }
  if (kind === 'secret' && isName(line, text, end)) return [];
  if (kind === 'activation-code' || kind === 'seed') return CODE.test(text) ? toSpan(line, value, kind) : [];
  if ((SECRET_LIKE.test(text) || (isStrict && MARKED.test(text))) && !isTechnical(text))
    return toSpan(line, value, kind);
  if (isStrict && lead !== undefined && isOfSlot(line) && isUnsaid(text, languagesOf(line)))
    return toSpan(line, value, kind);
  const isWord =
    (text.length >= 5 && /^[\p{L}\p{N}$]/u.test(text) && /\p{L}/u.test(text)) ||
    MIXED.test(text) ||
    (DIGITS.test(text) && !UNIT.test(line.slice(next, next + 16)));
  if (
    isStrict ||
    !isWord ||
    isSaidHere(line, at, text) ||
    isTechnical(text) ||
    NAMED.test(text) ||
    line[next] === '('
  )
    return [];
  // A sentence goes on behind a word of it.
  const rest = line.slice(next, next + 24);
  const goesOn =
    /^\p{Ll}{1,8}$/u.test(text) &&
    /^[ \t]\p{Ll}/u.test(rest) &&
    !isBeforeClause(rest) &&
    !isSpeltOut(line, next);
  // `auf Wunsch des Kunden`
  const isNoun = /^\p{Lu}\p{Ll}+$/u.test(text) && /^[ \t](?:des|der|vom|von|hin)[ ]/.test(rest);
  return (goesOn || isNoun) && !isMarked ? [] : toSpan(line, value, kind);
}

/** Sentences of the other languages are read by `findInSentences`. */
function isOfSlot(line: string): boolean {
  return languagesOf(line).some((language) => /^(?:slavic|nordic|finnish)$/.test(language));
}

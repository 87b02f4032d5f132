import { anyOf, hint } from '../hint.ts';
import { languagesOf } from '../languages.ts';
import { NOUN_HINT } from '../nouns.ts';
import { isListed } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { hasInnerMark, isSpeltOut, lookOf } from '../unsaid.ts';
import { matchesIn, type ReadValue, toSpan } from '../values.ts';
import { isSaidInParts, withPhrases } from './phrases.ts';
import { Sentence } from './sentence.ts';
import { COUNTING, OF_OTHER_CODE, OWNER, SAID, SHARED } from './sentence-forms.ts';
import { has, ROLE, type Word, wordsIn } from './sentence-words.ts';

/** A noun, or where none is a verb and a word that a program made. */
const SECRET_HINT = anyOf(
  NOUN_HINT,
  hint('comunidad|communaut'),
  hint(
    'typed |entered |set to |changed it |set it |reset to |reset it |tippt |eingegeben|gesetzt|eingetragen',
    '',
    /(?:^|[\s"'“„‘(])(?=[^\s"'”’)]*[a-z])(?=[^\s"'”’)]*[A-Z])(?=[^\s"'”’)]*[\d!#$%&*+?^~])[^\s"'”’)]{7}/,
  ),
);
const ONE_TIME_HINT = hint(
  'code|otp|tan |pin |pin,|token|fob|app |sms|authenticat|2fa|mfa|text|digits|ziffern|display|screen|phone|handy|código|codice|chiffres|cifre|cijfers|factor|faktor|kod',
  '',
  /(?<![\d.:-])\d{3}[ -]?\d{3}/,
);
export const SENTENCE_HINT = anyOf(SECRET_HINT, ONE_TIME_HINT);

/** A line that a program printed, or a line of a program. */
const PRINTED =
  /^(?:\[\d{1,6}[\]:]|(?:&gt;|[\s>+-]){0,16}(?:ike[ ]\S*:|config[ ]|set[ ]|edit[ ]|diag|exec|get[ ]|show[ ])|_{0,2}[a-z]+d?_\w{2,40}|[a-z]{2,12}(?:d|\[\d{1,6}\]):[ ]|[ ]{0,8}(?:\[["']|\{)|\S{1,40}(?: \([^()]{1,40}\))? ?[#$] )|[{};]\s*$|==|\{|\w\(\w+:/;
const MEMBER = /\s\w+=\S/g;
const MAX_MEMBERS = 2;

/** Secrets in a sentence that is about one: judged by where a word stands and by how it looks. */
export function findInSentences(line: string): readonly Span[] {
  if (PRINTED.test(line) || (line.includes('=') && matchesIn(MEMBER, line).length > MAX_MEMBERS)) return [];
  const single = wordsIn(line);
  if (!single.some(({ text }) => SAID.test(text))) return [];
  const words = SECRET_HINT.test(line) ? withPhrases(line, single) : single;
  const secrets = SECRET_HINT.test(line) ? new Sentence(words, isSecret, mayBeSecret) : undefined;
  const codes = ONE_TIME_HINT.test(line) ? new Sentence(words, isCode, isCode) : undefined;
  return words.flatMap((word, at) => {
    if (word.roles !== 0) return [];
    const code = codes && codeAt(codes, words, at);
    return code ? toSpan(line, code, 'otp') : secrets ? secretAt(line, secrets, words, at) : [];
  });
}

function codeAt(sentence: Sentence, words: readonly Word[], at: number): ReadValue | undefined {
  const end = codeEnd(words, at);
  if (end === undefined) return undefined;
  const { place, noun } = sentence.place(at, 1);
  const isCounted = words.slice(noun, at).some(({ text }) => COUNTING.test(text));
  return place > 1 && !isCounted ? { start: words[at]?.start ?? end, end, next: end } : undefined;
}

function secretAt(line: string, sentence: Sentence, words: readonly Word[], at: number): readonly Span[] {
  const word = words[at] as Word;
  const { text, start, end } = word;
  const isLetters = word.isPhrase === true || SAID.test(text);
  // What `lookOf` says, too, and cheaper than to look where the word stands.
  if (isLetters && !word.isPhrase && (text.length < 5 || isListed(text))) return [];
  if (isLetters && !sentence.mayHoldLetters(at)) return [];
  const languages = languagesOf(line);
  if (SAID.test(text) && /['’-]/.test(text) && isSaidInParts(text, languages)) return [];
  const look = word.isPhrase ? 1 : lookOf(text, languages);
  if (look === 0) return [];
  const isMarked = hasInnerMark(text);
  // `PreShared Key`
  const next = words[at + 1];
  if (!isMarked && word.behind === '' && next?.before === '' && has(next, ROLE.noun | ROLE.vague)) return [];
  const placed = sentence.place(at, look);
  const isSpelt = isSpeltOut(line, end);
  const { place, noun } =
    isSpelt || (placed.place === 0 && isMarked) ? sentence.near(at, isSpelt ? 3 : 1) : placed;
  const isVague = noun !== undefined && !isSecret(words, noun);
  if (look + place < 4 || (isVague && look < 2 && place < 4)) return [];
  const kind = (noun !== undefined && secretKindOf(words[noun]?.text ?? '', 'colon')) || 'password';
  return toSpan(line, { start, end, next: end }, kind);
}

/** `shared key`, `clé partagée`, and no `error code`. */
function isSecret(words: readonly Word[], at: number): boolean {
  if (has(words[at], ROLE.noun)) return true;
  const beside = [words[at - 1], words[at + 1]];
  if (/^pass$/i.test(words[at]?.text ?? '') && OWNER.test(words[at - 1]?.text ?? '')) return true;
  return has(words[at], ROLE.vague) && beside.some((word) => word && SHARED.test(word.text.toLowerCase()));
}

function mayBeSecret(words: readonly Word[], at: number): boolean {
  const isOfOther = has(words[at - 1], ROLE.other | ROLE.of) && words[at - 1]?.text !== 'De';
  return isSecret(words, at) || (has(words[at], ROLE.vague) && !isOfOther);
}

function isCode(words: readonly Word[], at: number): boolean {
  const beside = [words[at - 1], words[at + 1]];
  return (
    has(words[at], ROLE.code) && !beside.some((word) => word && OF_OTHER_CODE.test(word.text.toLowerCase()))
  );
}

/** Such a number says how many, or is longer. */
const COUNTED =
  /^(?:\d.*|ms|bytes?|bits?|kb|mb|times?|mal|users?|seconds?|sekunden|minutes?|hours?|days?|tage)$/i;

/** Where six to eight digits end, which may be two words: `483 920` */
function codeEnd(words: readonly Word[], at: number): number | undefined {
  const word = words[at] as Word;
  const next = words[at + 1];
  if (/^\d{6,8}$|^\d{3}-\d{3}$/.test(word.text)) return COUNTED.test(next?.text ?? '') ? undefined : word.end;
  const isPair = /^\d{3}$/.test(word.text) && word.behind === '' && next && /^\d{3}$/.test(next.text);
  return isPair &&
    next.before === '' &&
    ![words[at - 1], words[at + 2]].some((beside) => COUNTED.test(beside?.text ?? ''))
    ? next.end
    : undefined;
}

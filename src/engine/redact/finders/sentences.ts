import { hint, joinHints } from '../hint.ts';
import { type Language, languagesOf } from '../languages.ts';
import { isInflected, NOUN_HINT } from '../nouns.ts';
import { isListed } from '../ordinary-words.ts';
import { findSecretKind } from '../secret-names.ts';
import type { LineContext, Span } from '../spans.ts';
import { ofLast, ofWord } from '../text-memory.ts';
import { isJoined, isUnsaid, MARKED_HINT, readLook } from '../unsaid.ts';
import { findMatches, isName, type ReadValue, toSpan } from '../values.ts';
import { findFramed, findParallel } from './frames.ts';
import { Sentence } from './sentence.ts';
import * as FORM from './sentence-forms.ts';
import { has, isSaidInParts, ROLE, readWords, type Word, withPhrases } from './sentence-words.ts';

/** A noun, or where none is a verb and a word that a program made. */
const SECRET_HINT = joinHints(
  NOUN_HINT,
  hint(
    'typed |entered |set to |changed it |set it |reset to |reset it |tippt |eingegeben|gesetzt|eingetragen',
    '',
    /(?:^|[\s"'“„‘(])(?=[^\s"'”’)]*[a-z])(?=[^\s"'”’)]*[A-Z])(?=[^\s"'”’)]*[\d!#$%&*+?^~])[^\s"'”’)]{7}/,
  ),
);
/** A value with a mark or a digit behind `with`, where a person may log in; a name and its password: `admin puis …`. */
const LOGIN_HINT = hint(
  'with |using |use |used |usei |usé |uso |usato |type |types |typed |typt |tape |taper |tapez |tipp |tippe |enter |enters |entered |try |tried |mit |nimm |nehme |avec |prends |con |usa |com |met |gebruik |gebruikt |neem |admin|root |root,|login |user |benutzer |utente |usuario |gebruiker |compte ',
  '',
  /(?<![^\s"“„(+-])(?:(?:[Ww]ith|[Uu]s(?:ing|e[di]?|[aoé]|ato)|[Tt]yp(?:e[ds]?|t)|[Tt](?:ap(?:er?|ez)|ippe?)|[Ee]nter(?:s|ed)?|[Tt]r(?:y|ied)|[Mm](?:it|et)|[Nn](?:imm|ehme|eem)|[Aa]vec|[Pp]rends|[Cc]o[nm]|[Gg]ebruikt?|(?:[Ll]ogin|[Uu]ser|[Bb]enutzer|[Uu]tente|[Uu]su[aá]rio|[Gg]ebruiker|[Cc]ompte)[ ]\p{L}[\w.-]+,)[ ](?:\p{L}+[ ]){0,2}(?:\/[ ])?["'“„«]?(?=[^\s/=:@<>{}|\\]{6,64}(?:\s|$))(?=\S*\p{L}{2})(?=\S*[\p{Lu}!#$%&*+?^~])\S*[\d!#$%&*+?^~_]|(?:admin|root|(?:login \p{L}+|[Ww]ith|[Mm]it|[Aa]vec|[Cc]o[nm]|[Mm]et|[Ll]ogin(?: (?:is|ist|est|es|è|é))?|[Aa]ls|[Aa]s|[Cc]omme|[Cc]omo|[Cc]ome) [\w.-]+),?[ ](?:and|then|und|dann|et|puis|y|luego|e|poi|depois|en|daarna)[ ])/u,
);
const ONE_TIME_HINT = hint(
  'code|otp|tan |pin |pin,|token|fob|app |sms|authenticat|2fa|mfa|text|digits|ziffern|display|screen|phone|handy|código|codice|chiffres|cifre|cijfers|factor|faktor|kod',
  '',
  /(?<![\d.:-])\d{3}[ -]?\d{3}/,
);
export const SENTENCE_HINT = joinHints(SECRET_HINT, ONE_TIME_HINT, LOGIN_HINT, MARKED_HINT);

/** A line that a program printed, or a line of a program. */
const PRINTED =
  /^(?:\[\d{1,6}(?:\]|:(?!\d\d[\]:]))|(?:&gt;|[\s>+-]){0,16}(?:ike[ ]\S*:|config[ ](?!\w+ed )|set[ ](?!the |it |my |your |his |her |up )|edit[ ]|diag|exec|get[ ]|show[ ])|_{0,2}[a-z]+d?_\w{2,40}|[a-z]{2,12}(?:d|\[\d{1,6}\]):[ ]|[ ]{0,8}(?:\[["']|\{)|[^\s>+|*-]\S{0,39}(?: \([^()]{1,40}\))? ?[#$] )|[{};]\s*$|==(?!>)|\{|\w\(\w+:/;
/** A string of JSON with blanks, which may be a sentence; one of several lines is none: `"text": "the password is …"` */
const STRING = /(?<=":[ ]?")(?=[^"]{0,400} )(?:[^"\\]|\\[^nr]){6,2000}(?=")/g;
const MEMBER = /\s\w+=\S/g;
const MAX_MEMBERS = 3;

/** Secrets in a sentence that is about one: judged by where a word stands and by how it looks. */
export function findInSentences(line: string, context: LineContext): readonly Span[] {
  if (isPrinted(line))
    return findMatches(STRING, line).flatMap(({ 0: text, index: from }) => {
      const found = findInSentences(text, context);
      return found.map(({ start, end, kind }) => ({ start: start + from, end: end + from, kind }));
    });
  const single = inLanguage(readWords(line), languagesOf(line));
  const isMarked = MARKED_HINT.test(line);
  if (!isMarked && !single.some(({ text, roles }) => roles !== 0 || FORM.SAID.test(text))) return [];
  const isNamed = SECRET_HINT.test(line);
  const words = isNamed ? withPhrases(line, single) : single;
  const isLogin = LOGIN_HINT.test(line) && single.some(({ text }) => FORM.LOGS_IN.test(text));
  const secrets = isNamed || isMarked || isLogin ? new Sentence(words, isSecret, mayBeSecret) : undefined;
  const leastLook = isNamed || isLogin ? 1 : context.isNearNoun ? 4 : 5;
  const codes = ONE_TIME_HINT.test(line) ? new Sentence(words, isCode, isCode) : undefined;
  const framed = isNamed || isLogin ? findFramed(line, single, isSecret, isLogin) : [];
  const found = framed.concat(
    words.flatMap((word, at) => {
      if (word.roles !== 0) return [];
      const code = codes && codeAt(codes, words, at);
      return code ? toSpan(line, code, 'otp') : secrets ? secretAt(line, secrets, words, at, leastLook) : [];
    }),
  );
  return found.concat(findParallel(line, single, isSecret, found));
}

/** What no person wrote. */
export const isPrinted = ofLast(
  (line) => PRINTED.test(line) || (line.includes('=') && findMatches(MEMBER, line).length > MAX_MEMBERS),
);

/** `hasło to …`, `lösenordet är …`, `de sleutel`: words that are others in other languages. */
function inLanguage(words: readonly Word[], languages: readonly Language[]): readonly Word[] {
  const isNorthern = languages.some((language) => /^(?:slavic|nordic|finnish)$/.test(language));
  const isDutch = languages.join() === 'nl';
  if (!isNorthern && !isDutch) return words;
  const form = isDutch ? /^de$/i : /^(?:to|je|jest|är|er|on)$/i;
  return words.map((word) =>
    form.test(word.text) ? { ...word, roles: isDutch ? ROLE.filler : ROLE.is } : word,
  );
}

function codeAt(sentence: Sentence, words: readonly Word[], at: number): ReadValue | undefined {
  const end = codeEnd(words, at);
  if (end === undefined) return undefined;
  const { place, noun } = sentence.place(at, 1);
  const isCounted = words
    .slice(Math.max(0, Math.min(noun ?? at, at - 2)), at)
    .some(({ text }) => FORM.COUNTING.test(text));
  return place > 1 && !isCounted ? { start: words[at]?.start ?? end, end, next: end } : undefined;
}

function secretAt(
  line: string,
  sentence: Sentence,
  words: readonly Word[],
  at: number,
  leastLook: number,
): readonly Span[] {
  const word = words[at] as Word;
  const { text, start, end } = word;
  const isLetters = word.isPhrase === true || FORM.SAID.test(text);
  const next = words[at + 1];
  // The name of what follows: `wachtwoord magazijn:`
  if (isLetters && (word.behind === ':' ? word.before === '' : /^["']:$/.test(word.behind))) return [];
  // `heslo administrátora`: of such languages no words are known.
  if (
    /^\p{Ll}+$/u.test(text) &&
    word.before === '' &&
    isInflected(line.slice(words[at - 1]?.start, start - 1))
  )
    return [];
  // What `readLook` says, too, and cheaper than to look where the word stands.
  if (isLetters && !word.isPhrase && (text.length < 5 || isListed(text))) return [];
  if (isLetters && !sentence.mayHoldLetters(at)) return [];
  const languages = languagesOf(line);
  const isNamed = has(words[at - 1], ROLE.noun) ? isJoined(text) : has(next, ROLE.as) && /-.*-/.test(text);
  if (FORM.SAID.test(text) && /['’-]/.test(text) && isSaidInParts(text, languages) && !isNamed) return [];
  const isOpened = word.before === '' && has(words[at - 1], ROLE.is | ROLE.to | ROLE.noun);
  const isBold = isOpened && !FORM.POSSESSIVE.test(words[at + 1]?.text ?? '') && isUnsaid(text, languages);
  const look = word.isPhrase ? 1 : isBold ? 2 : readLook(text, languages);
  if (look < leastLook || (look < 2 && isName(line, text, end))) return [];
  // `PreShared Key`, `HashiCorp Vault`, `(2048 bit)`
  const isOne = word.behind === '' && next?.before === '';
  if (isLetters && isOne && (has(next, ROLE.noun | ROLE.vague) || FORM.PRODUCT.test(next.text))) return [];
  if (isOne && /^\d+$/.test(text) && COUNTED.test(next.text)) return [];
  const placed = sentence.place(at, look);
  const near = placed.noun === undefined && look > 3 ? sentence.near(at, 0) : placed;
  const { noun, place } = near;
  const isVague = noun !== undefined && !isSecret(words, noun);
  if (look + place < 4 || (isVague && look < 2 && place < 4)) return [];
  const kind = (noun !== undefined && findSecretKind(words[noun]?.text ?? '', 'colon')) || 'password';
  return toSpan(line, { start, end, next: end }, kind);
}

/** `shared key`, `clé partagée`, and no `error code`. */
function isSecret(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (has(word, ROLE.noun)) return word?.behind !== '' || !FORM.ATTRIBUTE.test(words[at + 1]?.text ?? '');
  if (!word || !has(word, ROLE.vague)) return false;
  const isNear = (form: RegExp) =>
    words.slice(Math.max(0, at - 8), at + 8).some((other) => form.test(other.text));
  const { text = '', behind = '' } = words[at - 1] ?? {};
  if (/^pass$/i.test(word.text) && (FORM.OWNER.test(text + behind) || isNear(FORM.ACCOUNT))) return true;
  let next = at + 1;
  while (next < at + 4 && has(words[next], ROLE.of | ROLE.filler)) next += 1;
  return (
    isSharing(text) || isSharing(words[next]?.text ?? '') || (isWireless(words) && isNear(FORM.WIRELESS))
  );
}

const isSharing = ofWord((word) => FORM.SHARED.test(word.toLowerCase()));
/** Few sentences are about a wireless network at all. */
const isWireless = ofLast((words: readonly Word[]) => words.some(({ text }) => FORM.WIRELESS.test(text)));

function mayBeSecret(words: readonly Word[], at: number): boolean {
  const isOfOther = has(words[at - 1], ROLE.other | ROLE.of) && words[at - 1]?.text !== 'De';
  return isSecret(words, at) || (has(words[at], ROLE.vague) && !isOfOther);
}

function isCode(words: readonly Word[], at: number): boolean {
  const beside = [words[at - 1], words[at + 1]];
  return (
    has(words[at], ROLE.code) &&
    !beside.some((word) => word && FORM.OF_OTHER_CODE.test(word.text.toLowerCase()))
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

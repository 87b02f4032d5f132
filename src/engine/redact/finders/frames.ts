import { isSaidSomewhere, type Language, languagesOf } from '../languages.ts';
import { isQualifier } from '../nouns.ts';
import { isDay, isListed } from '../ordinary-words.ts';
import { findSecretKind, isHarmlessValue } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { ofWord } from '../text-memory.ts';
import { DEVICE, isCoined, isPlaceName, isUnsaid, readLook } from '../unsaid.ts';
import { findMatches, isTechnical, toSpan } from '../values.ts';
import * as FORM from './sentence-forms.ts';
import { has, isSaidInParts, ROLE, readWords, type Word } from './sentence-words.ts';

type Meaning = Pick<Word, 'text' | 'roles'>;
type IsNoun = (words: readonly Word[], at: number) => boolean;

/** Letters for what a word is in a frame; the first that fits. Other words are `x`, and `o` with a role. */
const LETTERS: readonly (readonly [letter: string, fits: (word: Meaning) => boolean])[] = [
  ['-', ({ text }) => /^[-–—]$/.test(text)],
  ['R', ({ text }) => FORM.ADMINISTRATOR.test(text)],
  ['U', ({ text }) => FORM.ACCOUNT.test(text)],
  ['&', ({ text }) => FORM.AND.test(text)],
  ['K', ({ text }) => FORM.PROMPTS.test(text)],
  ['L', ({ text }) => FORM.THEN.test(text)],
  ['C', ({ text }) => FORM.CHANGED.test(text.toLowerCase())],
  ['A', (word) => has(word, ROLE.as)],
  ['H', (word) => has(word, ROLE.that)],
  ['I', (word) => has(word, ROLE.is)],
  ['P', (word) => has(word, ROLE.put)],
  ['S', ({ text }) => FORM.HAS.test(text)],
  ['B', ({ text }) => FORM.PUT_BEHIND.test(text)],
  ['Q', ({ text }) => isQualifier(text) || FORM.NOW.test(text)],
  ['T', (word) => has(word, ROLE.to)],
  ['F', (word) => has(word, ROLE.filler | ROLE.of) || FORM.OF_NOUN.test(word.text)],
  ['D', ({ text }) => isDay(text)],
  ['W', ({ text }) => FORM.WORKS.test(text) || FORM.GOES_ON.test(text) || FORM.TOO.test(text)],
  ['x', ({ roles }) => roles === 0],
];

interface Frame {
  /** Of a sentence in letters, each with the mark behind its word: a blank for none, a comma, or `;` for another. */
  readonly pattern: RegExp;
  readonly fits?: (value: Value) => boolean;
}

interface Value {
  readonly text: string;
  /** What stands around the value in its line. */
  readonly before: string;
  readonly behind: string;
  readonly noun: string;
  readonly languages: readonly Language[];
}

/** How the value is written: `…, all lower case`, `…, mit den Leerzeichen`. */
const WRITTEN =
  /^[\s,;(–—-]*(?:literally|wörtlich|littéralement|literalmente|letterlijk|(?:(?:all|in|en|em|tout|todo|tutto|tudo|alles) ){0,2}(?:(?:lower|upper)[ -]?case|klein(?:geschrieben|buchstaben)?|minuscules?|minúsculas?|minuscol[oe]|kleine letters)|(?:with|mit|avec|con|com|met)(?: \p{L}{2,3})? (?:spaces|blanks|leerzeichen|espaces|espacios|spazi|espaços|spaties)|(?:in |as )?one word|first letter (?:in |is )?(?:a )?(?:capital|upper)|erster Buchstabe groß|zusammengeschrieben)(?!\p{L})/iu;
const TYPED =
  /(?:^| )(?:typ(?:e|ed|es|ing)|enter(?:ed|s|ing)?|eingeb\p{L}*|tipp\p{L}{1,3}|tap(?:e|é|er|ez)|escrib\p{L}+|digit\p{L}+|typt) $/iu;
const BIRTHDAY =
  /(?:birth(?:day|date)?|geburts(?:tag|datum)|anniversaire|naissance|cumpleaños|nacimiento|compleanno|nascita|aniversário|nascimento|verjaardag|geboortedatum)[,:]? \(?$/i;
/** Nouns with which a participle would agree. */
const MASCULINE = /^(?:segreto|segredo|secreto|código|codice)$/i;
const FEMININE = /^(?:contrase[ñn]a|clave|senha|chave|chiave|password|passphrase|frase|palavra-passe)$/i;

const FRAMES: readonly Frame[] = [
  // `use … as the password`, `accedi con admin e … come password`
  { pattern: /(?:P |(?:R|U(?:.(?:I )?x)?).& )((?:[xQFTDL] ){0,5}[xDWFTL][ ;])A (?:[QFT] ){0,4}N(?!.[xo])/dg },
  // `username is wren and password is …`, `account: wren, password …`, `admin / mot de passe …`
  { pattern: /(?:R|U.(?:I )?x)(?:,|.& )(?:[QFT] ){0,4}N.(?:I )?([xD])(?=[,;]|.$|.[WIFT&])/dg },
  // `the psk is …, all lower case`, `passwort …, erster Buchstabe groß`
  { pattern: /N (x)[,;]/dg, fits: ({ behind }) => WRITTEN.test(behind) },
  { pattern: /N (?:[xoQFTP] ){0,4}I ((?:\S ){0,5}\S)[,;]/dg, fits: ({ behind }) => WRITTEN.test(behind) },
  // `his password is his birthday, 14.05.2011`
  {
    pattern: /N (?:[xoQFTP] ){0,4}[HI] (?:\S ){0,5}\S[, ;](x)/dg,
    fits: ({ text, before }) => /^\d[\d./-]{4,12}$/.test(text) && BIRTHDAY.test(before),
  },
  // `keep typing … but it says wrong password`
  {
    pattern: /\S (x)(?=[,;]|.[W&L])/dg,
    fits: ({ text, before }) =>
      /^(?!Forti|Windows|Android)\p{L}{5,}\d{1,4}$/u.test(text) && TYPED.test(before),
  },
  // `use … when it prompts for the password`
  { pattern: /P (?:[QF] )?(x)[ ,](?:\S ){0,4}K (?:\S ){0,4}N/dg, fits: isStriking },
  // `wenn er nach dem Kennwort fragt, … eingeben`, `cuando pida la clave, pon …`
  {
    pattern: /(?:K (?:\S ){0,4}N|N (?:\S )?K),(?:P (?:[QF] )?(x)(?=[,;]|.$|.W)|(x)(?=.B))/dg,
    fits: isChosen,
  },
  // `admin and secret`
  { pattern: /R & (N)(?=[,;]|.$|.W)/dg, fits: ({ text }) => /^(?:geheim|secret)$/.test(text) },
  // `mit dem Passwort … klappt es`, `hat das Kennwort …`, `als Passwort …`
  {
    pattern: /(?:[PSA] |A (?:x ){1,2}|A [xF],)(?:[QFTH] ){0,4}N ((?:x ){0,3}?x)(?=[,;]|.$|.[WBPI&T])/dg,
    fits: isChosen,
  },
  // `als Passwort habe ich … eingetragen`
  { pattern: /A (?:[QF] ){0,2}N (?:(?:\S ){1,3}(x) [BC]|P (?:\S ){0,3}(x)(?:;|.$))/dg },
  // `it's …, that is the tunnel key`, `habe … eingegeben, das ist das Passwort`
  { pattern: /(?:[HP] ([xD]),H I |([xD]) B,H (?:[HI] )?)(?:[xoQFTP] ){0,3}N/dg },
  // `read it out: …, that was the activation code`
  { pattern: /(x),H I (?:[xoQFTP] ){0,3}N/dg, fits: isMadeUp },
  // `die Community heißt bei uns überall …`, `the password is this week …`
  { pattern: /N (?:[xoQFTAP] ){0,4}[HI] (?:[xIQFTDAP] ){1,4}(x)(?=[,;]|.$)/dg, fits: isLast },
  // `ob das Kennwort für … noch … ist`, `is the secret on … still …?`
  { pattern: /N (?:[xoQFTA] ){0,3}[QFo] (x)(?= I(?:[,;]|.$))/dg, fits: isLast },
  { pattern: /I (?:[xF] ){0,3}N (?:[xoQFTA] ){0,3}[QFo] (x)(?=;$)/dg, fits: isLast },
  // `c'est … le mot de passe`
  { pattern: /H (x) (?:[QF] ){1,4}N/dg, fits: isChosen },
  // `reset the password to …`
  { pattern: /C (?:\S ){0,3}N (?:F x )?T (D)/dg },
  // `il segreto è …`, `la clave es …`: a word that would agree with the noun if it were a participle
  {
    pattern: /N (?:[xoQFTP] ){0,3}I (x)/dg,
    fits: ({ text, noun, languages }) =>
      languages.some((language) => /^(?:es|it|pt)$/.test(language)) &&
      ((MASCULINE.test(noun) && /[ai]da$|[aiu]ta$/.test(text)) ||
        (FEMININE.test(noun) && /[ai]do$|[aiu]to$/.test(text))),
  },
];
/** The same in a sentence about logging in, which needs no noun. */
const LOGIN_FRAMES: readonly Frame[] = [
  // `mit gast und …`, `Login is wren and …`
  { pattern: /[PAUI] (?:Q )?[xF][ ,]& (x)(?=[,;]|.$|.[WTAFB]|.x[ ;]$)/dg, fits: isStriking },
  // `mit … angemeldet`; `Login wren, …`, `utente wren e …`
  { pattern: /(?:P |U.(?:I )?x(?:,|.& ))(?:[QF] ){0,2}(x)/dg, fits: isMadeUp },
  // `try admin and …`, `admin puis …`
  {
    pattern: /(?:[PU] R[ ,](?:& )?|R[ ,](?:& )?L )(?:[QF] ){0,2}(x)(?=[,;]|.$|.W)/dg,
    fits: ({ text }) => /^\p{Lu}/u.test(text) || isUnsaid(text),
  },
];
/** `vecchia era …, quella nuova è …`, `PSK war …, jetzt gilt …` */
const PARALLEL = /(?:Q (?:[^I;]. ?){0,2}I|Q N|C [FT]) (x)/dg;

/** Values in a frame of a sentence where only a secret can stand, whatever they look like. */
export function findFramed(
  line: string,
  words: readonly Word[],
  isNoun: IsNoun,
  isLogin: boolean,
): readonly Span[] {
  const letters = toLetters(words, isNoun);
  if (!isLogin && !letters.includes('N')) return [];
  const languages = languagesOf(line);
  return (isLogin ? [...FRAMES, ...LOGIN_FRAMES] : FRAMES).flatMap(({ pattern, fits }) =>
    findMatches(pattern, letters).flatMap((match) => {
      const [from, to] = match.indices?.[1] ?? match.indices?.[2] ?? [0, 0];
      const value = words.slice(from / 2, Math.ceil(to / 2));
      const { start } = value[0] as Word;
      const end = value.at(-1)?.end ?? start;
      const noun = words[(match.index + match[0].indexOf('N')) / 2]?.text ?? '';
      const text = line.slice(start, end);
      const before = line.slice(0, start).slice(-24);
      return mayBeValue(value, before) &&
        (!fits || fits({ text, before, behind: line.slice(end, end + 60), noun, languages }))
        ? toSpan(line, { start, end, next: end }, findSecretKind(noun, 'colon') ?? 'password')
        : [];
    }),
  );
}

/** No word that a sentence says. */
function isChosen({ text, languages }: Value): boolean {
  return text.split(' ').every((word) => readLook(word, languages) > 0);
}

/** A word at the end of its sentence that is none of a place or a person: no article or preposition stands before it. */
function isLast({ text, before, languages }: Value): boolean {
  const last = readWords(before).at(-1);
  if (!last || last.text.length === 1 || has(last, ROLE.of | ROLE.to) || FORM.ARTICLE.test(last.text))
    return false;
  const isName = isPlaceName(text) || isSaidInParts(text, languages);
  return !isName && readLook(text, languages) > 0 && (text.length > 6 || /\d/.test(text));
}

function isMadeUp({ text, languages }: Value): boolean {
  return readLook(text, languages) > 1;
}

function isStriking(value: Value): boolean {
  const isCapital = /^\p{Lu}\p{Ll}{4,}$/u.test(value.text) && isChosen(value);
  return isCapital || isMadeUp(value) || isCoined(value.text, value.languages);
}

/** Of several parts: `Igel-Nord-1`. */
const IN_PARTS = /^(?=.{0,64}$)(?=.*\p{Lu}\p{Ll})(?=.*[-_.!#$%&*+?^~]).*\d/u;

/** `Falke77`, beside which another one differs in its number only. */
const NUMBERED = /^(?=.{0,64}$)\P{Lu}*\p{Lu}(?:.*\p{L}{3}\D*\d{2}|\p{Ll}{4,}\d+[^\p{L}\d]?$)/u;

/** Where one of two values was found, the other is one, too, and a word of the same form. */
export function findParallel(
  line: string,
  words: readonly Word[],
  isNoun: IsNoun,
  found: readonly Span[],
): readonly Span[] {
  if (found.length === 0) return [];
  const texts = found.map(({ start, end }) => line.slice(start, end));
  const forms = new Set(texts.map(findForm));
  const stems = new Set(texts.filter((text) => NUMBERED.test(text)).map(findStem));
  const values = [
    ...findMatches(PARALLEL, toLetters(words, isNoun)).map(
      ({ indices }) => words[(indices?.[1]?.[0] ?? 0) / 2] as Word,
    ),
    ...words.filter(
      ({ text }) => (IN_PARTS.test(text) && forms.has(findForm(text))) || stems.has(findStem(text)),
    ),
  ];
  const known = found.find((span) => values.some(({ start }) => start === span.start));
  return known ? values.flatMap(({ start, end }) => toSpan(line, { start, end, next: end }, known.kind)) : [];
}

/** `Falke0` */
function findStem(text: string): string {
  return text.replaceAll(/\d+|[^\p{L}\d]$/gu, '0').replace(/0+$/, '0');
}

/** `Aa-Aa-0` */
function findForm(text: string): string {
  return text
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{Ll}+/gu, 'a')
    .replaceAll(/\d+/g, '0');
}

/** By the roles of a word. */
const LETTER_OF: ((text: string) => string)[] = [];

function toLetter({ text, roles }: Meaning): string {
  LETTER_OF[roles] ??= ofWord((word) => LETTERS.find(([, fits]) => fits({ text: word, roles }))?.[0] ?? 'o');
  return LETTER_OF[roles](text);
}

function toLetters(words: readonly Word[], isNoun: IsNoun): string {
  let letters = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word;
    const marks = word.behind + (words[at + 1]?.before ?? '');
    const mark = marks === '' ? marks : marks.replaceAll(FORM.QUOTES, '');
    letters += (isNoun(words, at) ? 'N' : toLetter(word)) + (mark === '' ? ' ' : mark === ',' ? ',' : ';');
  }
  return letters;
}

function mayBeValue(words: readonly Word[], before: string): boolean {
  const text = words[0]?.text ?? '';
  if (words.length > 1) return words.some(({ text }) => !isListed(text) && !isHarmlessValue(text));
  if (has(words[0], ROLE.noun)) return true;
  return (
    text.length > 2 &&
    (BIRTHDAY.test(before) || !isTechnical(text)) &&
    !DEVICE.test(text) &&
    (isDay(text) || !(isListed(text) || isSaidSomewhere(text) || isHarmlessValue(text)))
  );
}

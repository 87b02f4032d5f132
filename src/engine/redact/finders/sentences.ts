import { anyOf, hint } from '../hint.ts';
import { isSaidBehind, NOUN_HINT } from '../nouns.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { hasInnerMark, isPlaceName, isSpeltOut, isUnsaid, lookOf } from '../unsaid.ts';
import { matchesIn, type ReadValue, toSpan } from '../values.ts';
import { endsSentence, has, ROLE, type Word, wordsIn } from './sentence-words.ts';

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
const SAID = /^\p{L}[\p{L}'’-]*$/u;
/** Words; beyond this distance a sentence is about another noun. */
const WINDOW = 12;

/** What makes a secret of a key: `shared key`, `clé partagée`. */
const SHARED =
  /shared|partag|compart|condivis|partilhad|gedeeld|gemeinsam|geheime|vorinstalliert|secrète|secreta|segreta|combinad|^(?:recovery|backup|activation|verification|emergency|rescue|one-time|api|radius|ipsec|tunnel|vpn|wi-?fi|wlan|enable)$/;
/** What has a code, too, which is none of a login. */
const OF_OTHER_CODE =
  /^(?:error|exit|status|return|result|reason|response|resp|http|area|zip|postal|event|log|plz|fehler|erreur|erro|barras|barres)$/;
/** A person changed or agreed on the secret. */
const CHANGED =
  /^(?:(?:re)?set(?:s|ting)?|(?:re)?setz(?:e[nt]?)?|(?:chang|rotat|renew|updat|switch|shorten|replac|modif|revert|agree|settled|correct|cambi|alter|troc|troqu|mud(?:ei|ou)|redefin|reset|restab|impost|sostitu|remplac|remis|qued[óo]|fic(?:ou|a)|convenu|verander|gewijzig|ingesteld|gezet|afgesproken|umgestellt|geändert|gesetzt|zurückgesetzt|vereinbart|geeinigt)\p{L}*)$/u;
/** Behind `is`, `was`, `wurde`. */
const IS_CHANGED = new RegExp(`^(?:now|been|still|jetzt)$|(?!.*ing$)${CHANGED.source}`, 'u');
/** What a German or Dutch sentence ends with. */
const PUT_BEHIND =
  /^(?:eingetragen|eintragen|eingegeben|eingeben|setzen|verwenden|hinterlegen|getippt|eingetippt|gesetzt|verwendet|genommen|benutzt|gewählt|zurückgesetzt|gegeben|hinterlegt|konfiguriert|versuchen|probieren|durchgegeben|vergeben|vereinbart|verschlüsselt|ingevuld|gezet|afgesproken)$/u;
/** What has a number of its own. */
const COUNTING =
  /^(?:build|version|firmware|release|ticket|case|line|error|index|number|nummer|size|count)$/i;
/** Before a remark on the value. */
const REMARK = /^(?:#|\/\/|<[-=]|←|[-–])$/;
/** Behind the marks of a quoted mail. */
const HERE = /^(?:hier|here|anbei)$/i;
const CLOSING_MARK = /[.,;:!?)]/;
const DASH = /^(?:[-=]?>|[-–—→=:|/])$/;
const QUOTES = /["'“”„‘’«»*_`]/g;

/** Secrets in a sentence that is about one: judged by where a word stands and by how it looks. */
export function findInSentences(line: string): readonly Span[] {
  if (PRINTED.test(line) || (line.includes('=') && matchesIn(MEMBER, line).length > MAX_MEMBERS)) return [];
  const words = wordsIn(line);
  if (!words.some(({ text }) => SAID.test(text))) return [];
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
  if (SAID.test(text) && !sentence.mayHoldLetters(at)) return [];
  const look = lookOf(text);
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

type IsNoun = (words: readonly Word[], at: number) => boolean;

/** `shared key`, `clé partagée`, and no `error code`. */
function isSecret(words: readonly Word[], at: number): boolean {
  if (has(words[at], ROLE.noun)) return true;
  const beside = [words[at - 1], words[at + 1]];
  return has(words[at], ROLE.vague) && beside.some((word) => word && SHARED.test(word.text.toLowerCase()));
}

function mayBeSecret(words: readonly Word[], at: number): boolean {
  return isSecret(words, at) || (has(words[at], ROLE.vague) && !has(words[at - 1], ROLE.other | ROLE.of));
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

interface Placed {
  /** From 4, where only a secret can stand, to 0. */
  readonly place: number;
  readonly noun?: number | undefined;
}

const NOWHERE: Placed = { place: 0 };

interface Link {
  readonly word: Word;
  readonly at: number;
  /** The marks between it and the value. */
  readonly mark: string;
}

/** The words of a line, and which of them name what is looked for. */
class Sentence {
  readonly #words: readonly Word[];
  readonly #isNoun: IsNoun;
  readonly #mayBeNoun: IsNoun;

  constructor(words: readonly Word[], isNoun: IsNoun, mayBeNoun: IsNoun) {
    this.#words = words;
    this.#isNoun = isNoun;
    this.#mayBeNoun = mayBeNoun;
  }

  /** A word of letters is a value only directly behind a word or mark that says so. */
  mayHoldLetters(at: number): boolean {
    const link = this.#linkBefore(at);
    const isLinked =
      link && (link.mark !== '' || has(link.word, ROLE.is | ROLE.that | ROLE.to | ROLE.as | ROLE.put));
    return isLinked === true || this.#nounBehind(at) !== undefined;
  }

  place(at: number, look: number): Placed {
    const link = this.#linkBefore(at);
    const noun = this.#nounBehind(at);
    const isBracket = this.#words[at + 1]?.before.startsWith('(') === true;
    const isOpen =
      link?.mark !== '' ||
      has(link.word, ROLE.put | ROLE.to | ROLE.shows) ||
      isUnsaid(this.#words[at]?.text ?? '');
    if (noun !== undefined && isOpen && !isBracket) return { place: 3, noun };
    const placed = link ? this.#placeBehind(link, at, look) : this.near(at, 1);
    const isOfOther = has(link?.word, ROLE.other | ROLE.of);
    return noun !== undefined && placed.place < 2 && !isOfOther ? { place: 2, noun } : placed;
  }

  #placeBehind(link: Link, at: number, look: number): Placed {
    const words = this.#words;
    const { word, mark } = link;
    const isLast = this.#closes(at);
    const isLetters = SAID.test(words[at]?.text ?? '');
    const isText = words[at]?.text.includes(' ') === true;
    if (/[:→=>]/.test(mark)) {
      if (has(word, ROLE.filler)) return this.near(at, 2);
      if (has(word, ROLE.of) || (isLetters && !isLast) || (isText && look < 2)) return NOWHERE;
      return (
        this.#subject(link.at) ?? this.near(at, look > 1 && at === words.length - 1 ? 2 : look > 2 ? 1 : 0)
      );
    }
    if (mark.replaceAll(QUOTES, '') !== '') return this.near(at, isLast && /[,(–—-]/.test(mark) ? 2 : 1);
    if (isText && has(word, ROLE.shows)) return NOWHERE;
    if (has(word, ROLE.is)) {
      const isExplained = link.at === 0 || has(words[link.at - 1], ROLE.that);
      const placed =
        this.#subject(link.at - 1) ?? (isExplained ? this.#explained(link.at, at, isLast) : this.near(at, 1));
      return isLetters && this.#isSaid(link.at, at, placed.noun) ? NOWHERE : placed;
    }
    if (has(word, ROLE.that)) return this.#explained(link.at, at, isLast);
    if (has(word, ROLE.to) && (!has(words[link.at - 1], ROLE.put) || this.#isChange(link.at, at, '')))
      return this.#changed(link.at, at);
    const named = has(word, ROLE.as) ? this.#nounBefore(link.at, 3) : undefined;
    if (named !== undefined) return { place: 3, noun: named };
    if (has(word, ROLE.shows)) return this.#subject(link.at - 1) ?? NOWHERE;
    if (has(word, ROLE.put | ROLE.to)) return this.near(at, 2, 1);
    if (this.#mayBeNoun(words, link.at)) return { place: 2, noun: link.at };
    if (has(word, ROLE.other | ROLE.of | ROLE.clause)) return NOWHERE;
    const isPut = PUT_BEHIND.test(words[at + 1]?.text ?? '');
    const isSent = at === words.length - 1 && words.slice(0, 3).some(({ text }) => HERE.test(text));
    return this.near(at, isPut || isSent ? 2 : 1);
  }

  /** The word before a value, without those that say nothing. */
  #linkBefore(at: number): Link | undefined {
    let mark = this.#words[at]?.before ?? '';
    for (let link = at - 1; link >= 0; link -= 1) {
      const word = this.#words[link] as Word;
      mark = word.behind + mark;
      if (DASH.test(word.text)) mark = word.text + mark;
      else if (mark !== '' || link < at - 3 || !has(word, ROLE.filler) || has(word, ROLE.to))
        return { word, at: link, mark };
    }
    return undefined;
  }

  /** Behind the value its clause ends. */
  #closes(at: number): boolean {
    const next = this.#words[at + 1];
    return CLOSING_MARK.test(this.#words[at]?.behind ?? '') || next === undefined || DASH.test(next.text);
  }

  /** `it's …`, `namely …`: of the secret that was named before. */
  #explained(link: number, at: number, isLast: boolean): Placed {
    const noun = this.#nounBefore(link, 40, true);
    return noun === undefined
      ? NOWHERE
      : { place: isLast || isUnsaid(this.#words[at]?.text ?? '') ? 3 : 2, noun };
  }

  /** What the words before a verb or a mark are about. */
  #subject(from: number): Placed | undefined {
    const words = this.#words;
    for (let at = from; at >= 0 && at > from - WINDOW; at -= 1) {
      const word = words[at] as Word;
      if (at < from && endsSentence(word)) return undefined;
      if (this.#mayBeNoun(words, at)) {
        const noun = this.#isNoun(words, at) ? at : (this.#nounBefore(at, 3) ?? at);
        return { place: 3, noun };
      }
      const isOfNoun = [1, 2, 3].some((distance) => has(words[at - distance], ROLE.of | ROLE.to));
      if (has(word, ROLE.other) && !isOfNoun) return NOWHERE;
      if (has(word, ROLE.clause) && !has(word, ROLE.filler | ROLE.to)) return undefined;
    }
    return undefined;
  }

  #nounBefore(from: number, reach = WINDOW, isAcross = false): number | undefined {
    let vague: number | undefined;
    for (let at = from - 1; at >= 0 && at >= from - reach; at -= 1) {
      if (!isAcross && endsSentence(this.#words[at] as Word)) break;
      if (this.#isNoun(this.#words, at)) return at;
      if (this.#mayBeNoun(this.#words, at)) vague ??= at;
    }
    return vague;
  }

  /** `X as the shared secret`, `X (the old password)`, `X <- psk` */
  #nounBehind(at: number): number | undefined {
    const words = this.#words;
    let link = at + 1;
    if (link === words.length) return undefined;
    // `both "…" and "…" as the psk`
    if (has(words[link], ROLE.clause) && /["“]/.test(words[link + 1]?.before ?? '')) link += 2;
    const isBracket = words[link]?.before.startsWith('(') === true;
    if (!isBracket && CLOSING_MARK.test(words[at]?.behind ?? '')) return undefined;
    const isMark = !isBracket && REMARK.test(words[link]?.text ?? '');
    if (isMark && /^so$/i.test(words[link + 1]?.text ?? '')) link += 1;
    while (link < at + 4 && has(words[link], ROLE.adverb)) link += 1;
    if (!isBracket && !isMark && !has(words[link], ROLE.as | ROLE.is | ROLE.for)) return undefined;
    for (let next = isBracket ? link : link + 1; next < link + 6; next += 1) {
      if (has(words[next], ROLE.clause | ROLE.of) && !has(words[next], ROLE.filler)) return undefined;
      if (this.#mayBeNoun(words, next)) return has(words[next + 1], ROLE.other) ? undefined : next;
    }
    return undefined;
  }

  /** A noun in the same line, not too far away. */
  near(at: number, place: number, otherwise = 0): Placed {
    let vague: number | undefined;
    for (let distance = 1; distance <= 2 * WINDOW; distance += 1)
      for (const other of [at - distance, at + distance]) {
        if (this.#isNoun(this.#words, other)) return { place, noun: other };
        if (this.#mayBeNoun(this.#words, other)) vague ??= other;
      }
    return vague === undefined ? { place: otherwise } : { place, noun: vague };
  }

  /** `changed the password to …`, `auf … gesetzt` */
  #changed(link: number, at: number): Placed {
    const words = this.#words;
    const to = words[link]?.text.toLowerCase() ?? '';
    const value = words[at]?.text ?? '';
    if (!this.#isChange(link, at, to)) return NOWHERE;
    // `von public auf reeds-ro geändert`, where `auf reeds-ro geändert` says on which device.
    const isFromValue = /^(?:von|from|de|van|da)$/i.test(words[link - 2]?.text ?? '');
    if (!isFromValue && /^(?:auf|in|en|em|op|naar)$/.test(to) && isPlaceName(value.toLowerCase()))
      return NOWHERE;
    // `auf Wunsch des Kunden`, `para todos os utilizadores`
    const isName = /^(?:to|auf|from)$/.test(to) || /^\p{Lu}/u.test(value);
    if (SAID.test(value) && ((to !== 'to' && has(words[at + 1], ROLE.of)) || !isName)) return NOWHERE;
    const noun = this.#nounBefore(link);
    if (noun === undefined)
      return {
        place: words.slice(0, link).some(({ text }) => /^(?:it|them|both|es|sie|beide)$/i.test(text)) ? 2 : 1,
      };
    // `The secret to a stable tunnel is setting dpd to …`
    const isOther = words
      .slice(noun, link)
      .some(
        (word, index) =>
          has(word, ROLE.is) && !IS_CHANGED.test(words[noun + index + 1]?.text.toLowerCase() ?? ''),
      );
    const isWhole = CHANGED.test(words[at + 1]?.text.toLowerCase() ?? '');
    return { place: isOther ? 1 : isWhole ? 4 : 3, noun };
  }

  #isChange(link: number, at: number, to: string): boolean {
    const isChange = (word: number) => CHANGED.test(this.#words[word]?.text.toLowerCase() ?? '');
    for (let before = link - 1; before >= 0 && before > link - WINDOW; before -= 1) {
      const word = this.#words[before] as Word;
      if (endsSentence(word) || (has(word, ROLE.clause) && !has(word, ROLE.filler))) break;
      if (isChange(before)) return true;
    }
    return /^(?:auf|in|zu|op|naar)$/.test(to) && [1, 2, 3].some((distance) => isChange(at + distance));
  }

  /** A word of letters that sentences of its language say behind such a verb. */
  #isSaid(link: number, at: number, noun: number | undefined): boolean {
    const verb = (this.#words[link]?.text ?? '').toLowerCase();
    const name = (noun === undefined ? '' : (this.#words[noun]?.text ?? '')).toLowerCase();
    const value = this.#words[at]?.text ?? '';
    if (/^\p{Lu}/u.test(value)) return false;
    if (/^(?:est|es|era|é|è|fue|foi|será|sera|sarà|était)$/.test(verb)) return isSaidBehind('es', value);
    return /wachtw|sleutel|geheim$/.test(name) && isSaidBehind(name, value);
  }
}

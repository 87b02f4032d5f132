import { isQualifier } from '../nouns.ts';
import { isCoined, isPlaceName, isUnsaid } from '../unsaid.ts';
import * as FORM from './sentence-forms.ts';
import { endsSentence, has, ROLE, type Word } from './sentence-words.ts';

type IsNoun = (words: readonly Word[], at: number) => boolean;
/** Words; beyond this distance a sentence is about another noun. */
const WINDOW = 12;

interface Placed {
  /** From 4, where only a secret can stand, to 0. */
  readonly place: number;
  readonly noun?: number | undefined;
}

const NOWHERE: Placed = { place: 0 };
/** `O'Neil77`, `Igel-2031`; no `fgt-branch-07`. */
const CHOSEN = /^\p{Lu}(?=.*\p{Ll}{2}).*\d$/u;

interface Link {
  readonly word: Word;
  readonly at: number;
  /** The marks between it and the value. */
  readonly mark: string;
  /** An article between them, behind which what things are called stands. */
  readonly isNamed: boolean;
}

/** The words of a line, and which of them name what is looked for. */
export class Sentence {
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
      link &&
      (link.mark !== '' ||
        has(link.word, ROLE.is | ROLE.that | ROLE.to | ROLE.as | ROLE.put | ROLE.shows) ||
        FORM.MUST.test(link.word.text) ||
        FORM.FROM.test(link.word.text) ||
        this.#mayBeNoun(this.#words, link.at) ||
        FORM.PUT_BEHIND.test(this.#words[at + 1]?.text ?? ''));
    return isLinked === true || this.#nounBehind(at) !== undefined;
  }

  place(at: number, look: number): Placed {
    const link = this.#linkBefore(at);
    const noun = this.#nounBehind(at);
    const isBracket = this.#words[at + 1]?.before.startsWith('(') === true;
    const isLetters = this.#isLetters(at);
    const isFirst = link === undefined && isLetters;
    const isOpen =
      (isFirst ? has(this.#words[at + 1], ROLE.is) : link?.mark !== '') ||
      has(link?.word, isLetters ? ROLE.put | ROLE.shows : ROLE.put | ROLE.to | ROLE.shows) ||
      isCoined(this.#words[at]?.text ?? '');
    if (noun !== undefined && isOpen && !isBracket) return { place: 3, noun };
    const behind = link ? this.#placeBehind(link, at, look) : this.near(at, 1);
    // `s'Passwort vom Router isch Moosbank-4`: chosen by a person, behind a noun
    const isBehind = look > 1 && behind.place === 1 && (behind.noun ?? at) < at;
    const placed =
      isBehind && this.#isNoun(this.#words, behind.noun ?? at) ? { ...behind, place: 2 } : behind;
    const isOfOther = has(link?.word, ROLE.other | ROLE.of);
    return noun !== undefined && placed.place < 2 && !isOfOther ? { place: 2, noun } : placed;
  }

  #isLetters(at: number): boolean {
    const word = this.#words[at];
    return word?.isPhrase === true || FORM.SAID.test(word?.text ?? '');
  }

  #placeBehind(link: Link, at: number, look: number): Placed {
    const words = this.#words;
    const { word, mark } = link;
    if (link.isNamed && mark === '' && this.#isLetters(at)) return NOWHERE;
    const isLast = this.#closes(at);
    const isLetters = this.#isLetters(at);
    // `fails with "no proposal chosen"`
    if (/["“„«]/.test(mark) && FORM.FAILS.test(words[link.at - 1]?.text ?? '')) return NOWHERE;
    const isText = !words[at]?.isPhrase && words[at]?.text.includes(' ') === true;
    if (/[:→=>?…▸•·¦👉]/u.test(mark)) {
      if (has(word, ROLE.filler)) {
        const subject = this.#subject(link.at);
        return subject?.noun === undefined ? this.near(at, 2) : subject;
      }
      const isSentTo = has(word, ROLE.to) && has(words[link.at - 1], ROLE.put);
      if (has(word, ROLE.of) || isSentTo || (isLetters && !isLast) || (isText && look < 2)) return NOWHERE;
      if (mark.endsWith('?') && isLetters && !this.#isAnswer(at) && !isUnsaid(words[at]?.text ?? ''))
        return NOWHERE;
      return (
        this.#subject(link.at) ?? this.near(at, look > 1 && at === words.length - 1 ? 2 : look > 2 ? 1 : 0)
      );
    }
    if (mark !== '' && isLetters && isLast && this.#isCalled(link.at, at)) return { place: 3, noun: link.at };
    if (isLetters && endsSentence(word)) return NOWHERE;
    if (mark.replaceAll(FORM.QUOTES, '') !== '')
      return this.near(at, !isText && /\(["“„«']/.test(mark) ? 3 : isLast && /[,(–—-]/.test(mark) ? 2 : 1);
    const isObliged = FORM.MUST.test(word.text) && FORM.BE.test(words[at + 1]?.text ?? '');
    if (has(word, ROLE.is) || isObliged) {
      const before = words[link.at - 1];
      const isExplained = link.at === 0 || has(before, ROLE.that) || FORM.MINE.test(before?.text ?? '');
      return (
        this.#subject(link.at - 1) ?? (isExplained ? this.#explained(link.at, at, isLast) : this.near(at, 1))
      );
    }
    if (has(word, ROLE.that))
      return FORM.PRONOUN.test(word.text) ? NOWHERE : this.#explained(link.at, at, isLast);
    if (has(word, ROLE.to) && (!has(words[link.at - 1], ROLE.put) || this.#isChange(link.at, at, '')))
      return this.#changed(link.at, at);
    const named = has(word, ROLE.as) ? this.#nounBefore(link.at, 3) : undefined;
    if (named !== undefined) return { place: 3, noun: named };
    if (has(word, ROLE.shows)) return this.#subject(link.at - 1) ?? NOWHERE;
    const isPut = FORM.PUT_BEHIND.test(words[at + 1]?.text ?? '');
    if (has(word, ROLE.put | ROLE.to)) {
      const isDirect =
        has(word, ROLE.put) && !FORM.WITH.test(word.text) && (!isLetters || isCoined(words[at]?.text ?? ''));
      return this.near(at, isDirect || (isLast && /(?: .*){2}/.test(words[at]?.text ?? '')) ? 3 : 2, 1);
    }
    if (isLetters && FORM.NEGATION.test(words[link.at - 1]?.text ?? '')) return NOWHERE;
    if (this.#mayBeNoun(words, link.at))
      return {
        place: (isText ? /["“„«]/.test(words[at]?.before ?? '') : this.#isCalled(link.at, at)) ? 3 : 2,
        noun: link.at,
      };
    // `von … auf etwas anderes geändert`
    const isOwner = isLetters && this.#isNoun(words, link.at - 1);
    const isFrom = !isOwner && FORM.FROM.test(word.text) && has(words[at + 1], ROLE.to);
    if (isFrom && this.#isChange(link.at, at, 'auf')) return this.#subject(link.at - 1) ?? NOWHERE;
    return has(word, ROLE.other | ROLE.of | ROLE.clause) ? NOWHERE : this.near(at, isPut ? 2 : 1);
  }

  /** The word before a value, without those that say nothing. */
  #linkBefore(at: number): Link | undefined {
    let mark = this.#words[at]?.before ?? '';
    for (let link = at - 1; link >= 0; link -= 1) {
      const word = this.#words[link] as Word;
      mark = word.behind + mark;
      if (FORM.DASH.test(word.text)) mark = word.text + mark;
      else if (
        mark.replaceAll(FORM.QUOTES, '') !== '' ||
        link < at - 3 ||
        !(
          has(word, ROLE.filler) ||
          FORM.US.test(word.text) ||
          FORM.US.test(this.#words[link + 1]?.text ?? '') ||
          (word.roles === 0 && FORM.SHARED.test(word.text.toLowerCase()))
        ) ||
        (has(word, ROLE.to) && !(word.text === 'a' && isQualifier(this.#words[link + 1]?.text ?? '')))
      )
        return {
          word,
          at: link,
          mark,
          isNamed: link < at - 1 && FORM.ARTICLE.test(this.#words[at - 1]?.text ?? ''),
        };
    }
    return undefined;
  }

  /** `the PSK amselpavillon`: a long word that no sentence says. */
  #isCalled(noun: number, at: number): boolean {
    const { text = '' } = this.#words[at] ?? {};
    return (
      !FORM.POSSESSIVE.test(this.#words[at + 1]?.text ?? '') &&
      this.#isNoun(this.#words, noun) &&
      (isCoined(text) || (/^\d/.test(text) && this.#closes(at)) || CHOSEN.test(text))
    );
  }

  /** `What is the password? …`, and no `…? Regards`. */
  #isAnswer(at: number): boolean {
    const { behind, text } = this.#words[at] as Word;
    const asked = this.#words.slice(0, at).some((word) => FORM.ASKS.test(word.text));
    return asked && !behind.includes(':') && !FORM.GREETING.test(text);
  }

  /** Behind the value its clause ends. */
  #closes(at: number): boolean {
    const next = this.#words[at + 1];
    return (
      FORM.CLOSING_MARK.test(this.#words[at]?.behind ?? '') ||
      next === undefined ||
      FORM.DASH.test(next.text) ||
      next.before.startsWith('(') ||
      (at + 2 === this.#words.length && has(next, ROLE.filler))
    );
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
      const isOfNoun = [1, 2, 3, 4].some((distance) => has(words[at - distance], ROLE.of | ROLE.to));
      const isNegation = at === from && /^no$/i.test(word.text);
      if (has(word, ROLE.other) && !isOfNoun && !isNegation) return NOWHERE;
      const isPair = FORM.BETWEEN.test(words[at - 2]?.text ?? '');
      if (at < from && !isPair && has(word, ROLE.clause) && !has(word, ROLE.filler | ROLE.to))
        return undefined;
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
    if (!isBracket && FORM.CLOSING_MARK.test(words[at]?.behind ?? '')) return undefined;
    const isMark = !isBracket && FORM.REMARK.test(words[link]?.text ?? '');
    while (link < at + 4 && has(words[link], ROLE.adverb)) link += 1;
    const before = this.#linkBefore(at)?.word;
    if (FORM.INSTEAD.test(words[link]?.text ?? '') && has(before, ROLE.put)) link += 1;
    else if (
      !isBracket &&
      !isMark &&
      (!has(words[link], ROLE.as | ROLE.is | ROLE.for) || has(words[link], ROLE.shows))
    )
      return undefined;
    for (let next = isBracket ? link : link + 1; next < link + 6; next += 1) {
      // `Wren is sure that her password is right`, and no `X (that's the password)`
      const isOther = has(words[next], ROLE.clause | ROLE.of | ROLE.that) && !has(words[next], ROLE.filler);
      if (isOther && !(isBracket && next === link) && !FORM.OF_NOUN.test(words[next]?.text ?? ''))
        return undefined;
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
    const isAgent =
      /^(?:por|par)$/.test(to) && words.slice(0, link).some(({ text }) => FORM.PASSIVE.test(text));
    if (isAgent || !this.#isChange(link, at, to)) return NOWHERE;
    // `von public auf reeds-ro geändert`, where `auf reeds-ro geändert` says on which device.
    const isFromValue = /^(?:von|from|de|van|da)$/i.test(words[link - 2]?.text ?? '');
    if (!isFromValue && /^(?:auf|in|en|em|op|naar)$/.test(to) && isPlaceName(value)) return NOWHERE;
    // `auf Wunsch des Kunden`, `para todos os utilizadores`
    const isName = /^(?:to|auf|from)$/.test(to) || /^\p{Lu}/u.test(value) || isCoined(value);
    const isDirect =
      (this.#isNoun(words, link - 1) || FORM.CHANGED.test(words[link - 1]?.text.toLowerCase() ?? '')) &&
      this.#closes(at);
    if (FORM.SAID.test(value) && ((to !== 'to' && has(words[at + 1], ROLE.of)) || !(isName || isDirect)))
      return NOWHERE;
    const noun = this.#nounBefore(link);
    if (noun === undefined)
      return {
        place: words.slice(0, link).some(({ text }) => /^(?:it|them|both|es|sie|beide)$/i.test(text)) ? 2 : 1,
      };
    const isWhole = FORM.CHANGED.test(words[at + 1]?.text.toLowerCase() ?? '');
    return { place: isWhole ? 4 : 3, noun };
  }

  #isChange(link: number, at: number, to: string): boolean {
    const isChange = (place: number) =>
      (this.#words[place]?.text ?? '')
        .toLowerCase()
        .split(' ', 6)
        .some((word) => FORM.CHANGED.test(word));
    for (let before = link - 1; before >= 0 && before > link - WINDOW; before -= 1) {
      const word = this.#words[before] as Word;
      if (endsSentence(word) || (has(word, ROLE.clause) && !has(word, ROLE.filler))) break;
      if (isChange(before)) return true;
    }
    return /^(?:auf|in|zu|op|naar)$/.test(to) && [1, 2, 3, 4].some((distance) => isChange(at + distance));
  }
}

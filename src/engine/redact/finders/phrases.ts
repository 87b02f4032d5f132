import { type Language, languagesOf } from '../languages.ts';
import { isSaid, NAMED } from '../unsaid.ts';
import { SAID } from './sentence-forms.ts';
import { has, ROLE, type Word } from './sentence-words.ts';

/** Words that stand before the first word of a passphrase without quotation marks. */
const BEFORE_PHRASE =
  ROLE.is | ROLE.that | ROLE.to | ROLE.as | ROLE.put | ROLE.shows | ROLE.noun | ROLE.filler;

/** `the password is seven little otters`: words in a row of which a sentence says few count as one. */
export function withPhrases(line: string, words: readonly Word[]): readonly Word[] {
  const joined: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Word;
    const link = words[at - 1];
    const mayBegin =
      link === undefined || has(link, BEFORE_PHRASE) || link.behind !== '' || word.before !== '';
    const last = mayBegin && isPart(word) ? phraseEnd(line, words, at, has(link, ROLE.put)) : at;
    if (last > at) {
      const { end, behind } = words[last] as Word;
      joined.push({ ...word, text: line.slice(word.start, end), end, behind, isPhrase: true });
    } else joined.push(word);
    at = last;
  }
  return joined;
}

/** `d'authentification`, `pre-shared`, `Wi-Fi` */
export function isSaidInParts(text: string, languages: readonly Language[]): boolean {
  return (
    isSaid(text, languages) ||
    text.split('-').every((part) => part.length < 4 || NAMED.test(part) || isSaid(part, languages))
  );
}

function isPart({ text, roles }: Word): boolean {
  return roles === 0 && text.length > 2 && SAID.test(text) && !NAMED.test(text);
}

const MAX_PHRASE = 6;

/** Behind a verb as `type` the first word may be one of a sentence. */
function phraseEnd(line: string, words: readonly Word[], at: number, isPut: boolean): number {
  const next = words[at + 1];
  if (words[at]?.behind !== '' || next === undefined || next.before !== '' || !isPart(next)) return at;
  let last = at;
  let unsaid = 0;
  let end = at;
  const languages = languagesOf(line);
  for (; last < words.length && last < at + MAX_PHRASE; last += 1) {
    const word = words[last] as Word;
    const isNew = !isSaid(word.text, languages);
    if (!isPart(word) || (last > at ? word.before !== '' : !isNew && !isPut)) break;
    if (isNew) {
      unsaid += 1;
      end = last;
    }
    if (word.behind !== '') break;
  }
  return unsaid > 1 && unsaid * 2 > end - at + 1 ? end : at;
}

import { FORMS, wordsOf } from './words-of.ts';

/**
 * The numbers of the expressions that may match a text, by one pass over it: of those it has a word that every match
 * contains. Four characters of each such word are looked for, so that an expression may be tried in vain, and is never left
 * out. One whose words cannot be told is always tried.
 */
export type WordIndex = (text: string) => ReadonlySet<number>;

const LENGTH = 4;
/** The forms of characters, the rarest last. */
const ORDER = ' etanisrodlhucm0pgfbvwykzxqj_';
const BITS = 5;
const MASK = (1 << (BITS * LENGTH)) - 1;
/** By character. An expression with the flag `u` takes a long `s` and the sign of kelvin for letters. */
const KINDS = new Uint8Array(0x1_0000);
for (const [code, form] of FORMS.entries()) KINDS[code] = ORDER.indexOf(form);
KINDS[0x17f] = ORDER.indexOf('s');
KINDS[0x212a] = ORDER.indexOf('k');

export function createWordIndex(sources: readonly string[]): WordIndex {
  const always = new Set<number>();
  const owners = new Map<number, number[]>();
  /** A bit for each key of `owners`. */
  const known = new Uint8Array((MASK + 1) >> 3);
  for (const [number, source] of sources.entries()) {
    const words = wordsOf(source);
    if (words === undefined) always.add(number);
    for (const part of new Set(words?.flatMap(rarestParts))) {
      known[part >> 3] = (known[part >> 3] as number) | (1 << (part & 7));
      const here = owners.get(part);
      if (here) here.push(number);
      else owners.set(part, [number]);
    }
  }

  return (text) => {
    let found: Set<number> | undefined;
    let part = 0;
    // A text begins and ends like a word.
    for (let at = 0; at <= text.length + 1; at += 1) {
      part = ((part << BITS) | (at < text.length ? (KINDS[text.charCodeAt(at)] as number) : 0)) & MASK;
      if (((known[part >> 3] as number) & (1 << (part & 7))) === 0) continue;
      found ??= new Set(always);
      for (const number of owners.get(part) as number[]) found.add(number);
    }
    return found ?? always;
  };
}

/** The part of a word that fewest texts contain; of a short word with anything behind it. */
function rarestParts(word: string): readonly number[] {
  if (word.length < LENGTH) return Array.from(ORDER, (last) => rarestPart(word + last));
  return [rarestPart(word)];
}

function rarestPart(word: string): number {
  let part = 0;
  let rarest = 0;
  let highest = -1;
  const ranks: number[] = [];
  let rank = 0;
  for (let at = 0; at < word.length; at += 1) {
    const kind = KINDS[word.charCodeAt(at)] as number;
    ranks.push(kind);
    part = ((part << BITS) | kind) & MASK;
    rank += kind - (ranks[at - LENGTH] ?? 0);
    if (at < LENGTH - 1 || rank <= highest) continue;
    highest = rank;
    rarest = part;
  }
  return rarest;
}

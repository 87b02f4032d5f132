/**
 * Finds many patterns in one pass over a text (Aho and Corasick, 1975). The automaton knows the longest part of each
 * pattern that is certain, without regard to case; the whole pattern is compared where that part ends.
 */
export interface MultiPatternMatcher {
  /**
   * Whether the text contains a pattern that is enough. Adds the numbers of all its patterns to `found`; without it,
   * stops at the first.
   */
  find(text: string, found?: number[]): boolean;
  /**
   * Index of the first character from `from` on that is not 0 in `stops`, or of the end; -1 if a pattern, of `others`
   * too, ends before it.
   */
  scan(text: string, from: number, stops?: Uint8Array): number;
}

/** Case-sensitive where `isExact`. `isEnough`: `find` needs no other sign. */
export interface Pattern {
  readonly word: string;
  readonly isExact: boolean;
  readonly isEnough: boolean;
}

interface Candidate extends Pattern {
  /** Index of the last place of the part that the automaton knows. */
  readonly end: number;
  /** Place in the list of patterns; -1 for those of which `find` knows nothing. */
  readonly number: number;
  /** The two characters that each place accepts, or kinds of characters below 0. */
  places?: readonly number[];
}

const CAPITAL = 1;
const DIGIT = 2;
const NAME = 4;
const OTHER = 8;
const WILDCARDS: ReadonlyMap<string, number> = new Map([
  ['*', -(CAPITAL | DIGIT | NAME | OTHER)],
  ['^', -CAPITAL],
  ['~', -(CAPITAL | DIGIT)],
  ['0', -DIGIT],
  ['!', -OTHER],
]);
/** What the automaton cannot know; it knows digits without their value. */
const UNKNOWN = '!';
const EXACT_UNKNOWN = /[*^~!]/;

/** Characters of a part: longer ones make more states, and the whole pattern is compared anyhow. */
const MAX_PART = 8;
/** A step of the automaton: the next state, whether it is known, and whether a part ends in it. */
const STATE = 0x3fff;
const KNOWN = 0x4000;
const ENDS = 0x8000;

/**
 * In an exact pattern `*` is any character, `^` a capital, `~` a capital or a digit, and `0` any digit. In all of them a
 * blank also matches a tab, and `!` matches what cannot continue a name, including the end of the text. `others` are exact
 * ones that only `scan` finds.
 */
export function createMultiPatternMatcher(
  patterns: readonly Pattern[],
  others: readonly string[] = [],
): MultiPatternMatcher {
  /** By character; 0 for those in no part, 1 for digits. */
  const symbols = new Uint8Array(0x1_0000);
  let symbolCount = 1;
  for (const digit of '0123456789') symbols[digit.charCodeAt(0)] = symbolCount;

  function addSymbol(char: string): void {
    if (symbols[char.charCodeAt(0)] !== 0) return;
    symbolCount += 1;
    for (const each of charForms(char)) symbols[each] = symbolCount;
  }

  const parts: string[] = [];
  const candidates = [...patterns, ...others.map((word) => ({ word, isExact: true, isEnough: false }))].map(
    (pattern, index): Candidate => {
      const { part, from } = longestPart(pattern);
      for (const char of part) addSymbol(char);
      parts.push(part);
      const number = index < patterns.length ? index : -1;
      return { ...pattern, number, end: from + part.length - 1 };
    },
  );

  const bits = 32 - Math.clz32(symbolCount);
  const stateCount = parts.reduce((sum, part) => sum + part.length, 1);
  const steps = new Uint16Array(stateCount << bits);
  const failures = new Uint16Array(stateCount);
  const ends: (readonly Candidate[] | undefined)[] = [];
  let lastState = 0;
  for (const [index, part] of parts.entries()) {
    let state = 0;
    for (let at = 0; at < part.length; at += 1) {
      const step = (state << bits) | (symbols[part.charCodeAt(at)] as number);
      if (steps[step] === 0) steps[step] = lastState += 1;
      state = steps[step] as number;
    }
    ends[state] = [...(ends[state] ?? []), candidates[index] as Candidate];
  }
  if (lastState > STATE) throw new Error('too many patterns for one matcher');

  /**
   * Where no part goes on, the longest other one does that the text may be the beginning of. A text takes few of the
   * steps, and learning all of them takes longer than reading a short text.
   */
  function learnStep(state: number, symbol: number): number {
    const at = (state << bits) | symbol;
    const next = steps[at] as number;
    const elsewhere = state === 0 ? KNOWN : takeStep(failures[state] as number, symbol);
    const failure = elsewhere & STATE;
    if (next !== 0) {
      failures[next] = failure;
      if (ends[failure]) ends[next] = [...(ends[next] ?? []), ...ends[failure]];
    }
    steps[at] = next === 0 ? elsewhere : next | KNOWN | (ends[next] ? ENDS : 0);
    return steps[at];
  }

  function takeStep(state: number, symbol: number): number {
    const step = steps[(state << bits) | symbol] as number;
    return step < KNOWN ? learnStep(state, symbol) : step;
  }

  function isAround(candidate: Candidate, text: string, at: number): boolean {
    candidate.places ??= findPlaces(candidate);
    const { places, end } = candidate;
    for (let index = 0, from = at - end; index < places.length; index += 2, from += 1) {
      const place = places[index] as number;
      const code = text.charCodeAt(from);
      if (place < 0 ? (charKind(code) & -place) === 0 : place !== code && places[index + 1] !== code)
        return false;
    }
    return true;
  }

  /** For each pattern the number of the latest text that has it. */
  const seen = new Uint32Array(patterns.length);
  let texts = 0;

  return {
    find(text, found) {
      texts += 1;
      let isFound = false;
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        const step = takeStep(state, symbols[text.charCodeAt(at)] as number);
        state = step & STATE;
        if (step < ENDS) continue;
        for (const each of ends[state] as Candidate[]) {
          const { number } = each;
          if (number < 0 || seen[number] === texts || !isAround(each, text, at)) continue;
          isFound ||= each.isEnough;
          if (!found && isFound) return true;
          seen[number] = texts;
          found?.push(number);
        }
      }
      return isFound;
    },
    scan(text, from, stops) {
      let state = 0;
      for (let at = from; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (stops && stops[code] !== 0) return at;
        const step = takeStep(state, symbols[code] as number);
        state = step & STATE;
        if (step < ENDS) continue;
        for (const each of ends[state] as Candidate[]) if (isAround(each, text, at)) return -1;
      }
      return text.length;
    },
  };
}

/** The beginning of the longest run of characters that the automaton can know. */
function longestPart({ word, isExact }: Pattern): { readonly part: string; readonly from: number } {
  let best = { part: '', from: 0 };
  let from = 0;
  for (const part of (isExact ? word : word.toLowerCase()).split(isExact ? EXACT_UNKNOWN : UNKNOWN)) {
    if (part.length > best.part.length) best = { part, from };
    from += part.length + 1;
  }
  return { ...best, part: best.part.slice(0, MAX_PART) };
}

function findPlaces({ word, isExact }: Pattern): readonly number[] {
  return (isExact ? word : word.toLowerCase()).split('').flatMap((char) => {
    const kinds = isExact || char === UNKNOWN ? WILDCARDS.get(char) : undefined;
    if (kinds !== undefined) return [kinds, kinds];
    const [code, other] = charForms(char);
    return [code, isExact && char !== ' ' ? code : other];
  });
}

/** A character, and its capital; of a blank, a tab. */
function charForms(char: string): readonly [number, number] {
  const upper = char.toUpperCase();
  const other = char === ' ' ? '\t' : upper.length === 1 ? upper : char;
  return [char.charCodeAt(0), other.charCodeAt(0)];
}

const KINDS = new Uint8Array(0x80).fill(OTHER);
for (const [kind, chars] of [
  [CAPITAL, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [DIGIT, '0123456789'],
  [NAME, 'abcdefghijklmnopqrstuvwxyz_-'],
] as const)
  for (const char of chars) KINDS[char.charCodeAt(0)] = kind;

/** Also of the end of a text, whose code is no number. */
function charKind(code: number): number {
  return KINDS[code] ?? OTHER;
}

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

/** What a place of a pattern accepts: a character, a symbol of the automaton from `SYMBOL` on, or kinds of characters below 0. */
type Place = number;

interface Candidate {
  readonly places: readonly Place[];
  /** Index of the last place of the part that the automaton knows. */
  readonly end: number;
  /** Place in the list of patterns; -1 for those of which `find` knows nothing. */
  readonly number: number;
  readonly isEnough: boolean;
}

const CAPITAL = 1;
const DIGIT = 2;
const NAME = 4;
const OTHER = 8;
const WILDCARDS: ReadonlyMap<string, Place> = new Map([
  ['*', -(CAPITAL | DIGIT | NAME | OTHER)],
  ['^', -CAPITAL],
  ['~', -(CAPITAL | DIGIT)],
  ['0', -DIGIT],
]);
const NO_NAME: Place = -OTHER;

const SYMBOL = 0x1_0000;
/** Of all digits. */
const DIGITS = 1;
/** The automaton steps to another state by 8 bits of symbol; a state in which a part ends is marked. */
const SYMBOL_BITS = 8;
const ENDS = 0x8000;
const STATE = 0x7fff;

/**
 * In an exact pattern `*` is any character, `^` a capital, `~` a capital or a digit, and `0` any digit. In all of them a
 * blank also matches a tab, and `!` matches what cannot continue a name, including the end of the text. `others` are exact
 * ones that only `scan` finds.
 */
export function createMultiPatternMatcher(
  patterns: readonly Pattern[],
  others: readonly string[] = [],
): MultiPatternMatcher {
  /** By character; 0 for those in no pattern. */
  const symbols = new Uint8Array(SYMBOL);
  let symbolCount = DIGITS;
  for (const digit of '0123456789') symbols[digit.charCodeAt(0)] = DIGITS;

  function toSymbol(char: string): number {
    const code = char.charCodeAt(0);
    if (symbols[code] === 0) {
      symbolCount += 1;
      const upper = char.toUpperCase();
      for (const each of [char, upper.length === 1 ? upper : char, char === ' ' ? '\t' : char])
        symbols[each.charCodeAt(0)] = symbolCount;
    }
    return symbols[code] as number;
  }

  function findPlaces(word: string, isExact: boolean): readonly Place[] {
    return (isExact ? word : word.toLowerCase()).split('').map((char) => {
      const symbol = toSymbol(char.toLowerCase());
      if (char === '!') return NO_NAME;
      if (char === ' ') return SYMBOL + symbol;
      if (isExact && WILDCARDS.has(char)) return WILDCARDS.get(char) as Place;
      return isExact || symbol === DIGITS || char === '\t' ? char.charCodeAt(0) : SYMBOL + symbol;
    });
  }

  const candidates = [
    ...patterns.map(({ word, isExact, isEnough }, number) => ({
      places: findPlaces(word, isExact),
      number,
      isEnough,
    })),
    ...others.map((word) => ({ places: findPlaces(word, true), number: -1, isEnough: false })),
  ].map((each) => ({ ...each, part: longestPart(each.places) }));

  const stateCount = candidates.reduce((sum, { part }) => sum + part.to - part.from, 1);
  const steps = new Uint16Array(stateCount << SYMBOL_BITS);
  const ends: Candidate[][] = [[]];
  for (const { part, ...each } of candidates) {
    let state = 0;
    for (const place of each.places.slice(part.from, part.to)) {
      const step = (state << SYMBOL_BITS) | partSymbol(place);
      if (steps[step] === 0) steps[step] = ends.push([]) - 1;
      state = steps[step] as number;
    }
    ends[state]?.push({ ...each, end: part.to - 1 });
  }
  if (ends.length > STATE) throw new Error('too many patterns for one matcher');
  addFailures();

  function partSymbol(place: Place): number {
    if (place >= SYMBOL) return place - SYMBOL;
    return place < 0 ? DIGITS : (symbols[place] as number);
  }

  /** Completes the steps of every state by those of the longest other part that it may be the beginning of. */
  function addFailures(): void {
    const failures = new Uint16Array(ends.length);
    const queue = [0];
    for (const state of queue) {
      const row = state << SYMBOL_BITS;
      const other = (failures[state] as number) << SYMBOL_BITS;
      for (let symbol = 1; symbol <= symbolCount; symbol += 1) {
        const next = steps[row | symbol] as number;
        const elsewhere = state === 0 ? 0 : (steps[other | symbol] as number);
        if (next === 0) {
          steps[row | symbol] = elsewhere;
          continue;
        }
        const failure = elsewhere & STATE;
        failures[next] = failure;
        ends[next]?.push(...(ends[failure] ?? []));
        if (ends[next]?.length !== 0) steps[row | symbol] = next | ENDS;
        queue.push(next);
      }
    }
  }

  function isAround({ places, end }: Candidate, text: string, at: number): boolean {
    const from = at - end;
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] as Place;
      const code = text.charCodeAt(from + index);
      if (place < 0) {
        if ((charKind(code) & -place) === 0) return false;
      } else if (place < SYMBOL ? place !== code : place - SYMBOL !== symbols[code]) return false;
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
        const step = steps[(state << SYMBOL_BITS) | (symbols[text.charCodeAt(at)] as number)] as number;
        state = step & STATE;
        if (step === state) continue;
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
        const step = steps[(state << SYMBOL_BITS) | (symbols[code] as number)] as number;
        state = step & STATE;
        if (step === state) continue;
        for (const each of ends[state] as Candidate[]) if (isAround(each, text, at)) return -1;
      }
      return text.length;
    },
  };
}

/** The longest run of places that the automaton can know. */
function longestPart(places: readonly Place[]): { readonly from: number; readonly to: number } {
  let best = { from: 0, to: 0 };
  let from = 0;
  for (const [at, place] of places.entries()) {
    if (place < 0 && place !== WILDCARDS.get('0')) from = at + 1;
    else if (at + 1 - from > best.to - best.from) best = { from, to: at + 1 };
  }
  return best;
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

import { ANY_BYTE, anyCasePlace, BEYOND_ASCII, type ByteSet, bytePlace, exactPlace } from './byte-set.ts';
import { PAIR_COUNT, rarestPair } from './rarest-pair.ts';

/**
 * Tests quickly whether a text contains one of many patterns. It reads two characters at a time, with one table lookup
 * each. Each pattern is found by two of its character pairs, one for each alignment with those steps, and each the
 * rarest available; the whole pattern is compared only where such a pair is found.
 */
export interface MultiPatternMatcher {
  /** Flags of two consecutive bytes, at index `first` · 256 + `second`: bits `CANDIDATE` and `BYTE_CLASS`, or 0. */
  readonly pairs: Uint8Array;
  /** For each pair the bytes before it in the patterns it is in, by their last five bits, and those after it. */
  readonly before: Uint32Array;
  readonly behind: Uint32Array;
  /** Whether a pattern whose pair is at `at` and `at + 1` matches: `APART` if only one of those told apart does. */
  readonly confirms: (bytes: Uint8Array, at: number) => number;
  /** Whether the text contains a pattern that is enough. Adds the numbers of all its patterns to `found`; without it, stops at the first. */
  find(text: string, found?: number[]): boolean;
}

/** Case-sensitive where `isExact`. `isEnough`: `find` needs no other sign. */
export interface Pattern {
  readonly word: string;
  readonly isExact: boolean;
  readonly isEnough: boolean;
}

/** Results of `confirms`; 0 if nothing matches. */
const MATCH = 1;
export const APART = 2;
const OTHER = 4;

export const CANDIDATE = 1;
/** At least one of the two bytes is a special byte. */
export const BYTE_CLASS = 2;

const TAB = 0x09;
/** Padding after the last character of a text; has no meaning. */
const DOT = 0x2e;

interface PatternPair {
  readonly places: readonly Uint8Array[];
  readonly result: typeof MATCH | typeof APART | typeof OTHER;
  /** Place in the list of patterns; -1 for those of which `find` knows nothing. */
  readonly number: number;
  /** Position of its pair in the pattern; -1 if the first of the two is any character before the pattern. */
  readonly at: number;
  /** The bytes beside its pair in the pattern, by their last five bits. */
  readonly before: number;
  readonly behind: number;
}

/**
 * In an exact pattern `*` is any character, `^` a capital, `~` a capital or a digit, and `0` any digit. In all of them a
 * blank also matches a tab, and `!` matches what cannot continue a name, including the end of the text. `apart` are exact
 * ones that `confirms` tells apart, and `others` exact ones that only `confirms` finds.
 */
export function createMultiPatternMatcher(
  patterns: readonly Pattern[],
  apart: readonly string[] = [],
  others: readonly string[] = [],
): MultiPatternMatcher {
  const pairs = specialPairs();
  /** Each with the number of an earlier one for the same two bytes, or 0. */
  const candidates: PatternPair[] = [];
  const earlier: number[] = [];
  /** For each two bytes the number of their latest candidate from 1, or 0. */
  const latest = new Uint16Array(PAIR_COUNT);
  const before = new Uint32Array(PAIR_COUNT);
  const behind = new Uint32Array(PAIR_COUNT);

  function add(places: readonly ByteSet[], at: number, result: PatternPair['result'], number: number): void {
    const bitsBefore = (places[at - 1] ?? ANY_BYTE).bits;
    const bitsBehind = (places[at + 2] ?? ANY_BYTE).bits;
    const candidate = {
      places: places.map((each) => each.bytes),
      result,
      number,
      at,
      before: bitsBefore,
      behind: bitsBehind,
    };
    for (const first of (places[at] ?? ANY_BYTE).codes) {
      for (const second of (places[at + 1] ?? ANY_BYTE).codes) {
        const pair = (first << 8) | second;
        pairs[pair] = (pairs[pair] as number) | CANDIDATE;
        before[pair] = (before[pair] as number) | bitsBefore;
        behind[pair] = (behind[pair] as number) | bitsBehind;
        earlier.push(latest[pair] as number);
        latest[pair] = candidates.push(candidate);
      }
    }
  }

  function addWord(places: readonly ByteSet[], result: PatternPair['result'], number = -1): void {
    add(places, rarestPair(places, 0), result, number);
    add(places, rarestPair(places, -1), result, number);
  }

  // The latest of a pair is compared first, and these are to match only where no other does.
  for (const word of apart) addWord(placesOf(word, exactPlace), APART);
  for (const word of others) addWord(placesOf(word, exactPlace), OTHER);
  for (const isEnough of [false, true]) {
    for (const [number, each] of patterns.entries()) {
      if (each.isEnough === isEnough)
        addWord(
          placesOf(each.word, each.isExact ? exactPlace : anyCasePlace),
          isEnough ? MATCH : OTHER,
          number,
        );
    }
  }

  /** Excludes most pairs by the characters beside them. */
  function fits(pair: number, first: number, last: number): boolean {
    return (
      (((before[pair] as number) >>> (first & 31)) & ((behind[pair] as number) >>> (last & 31)) & 1) === 1
    );
  }

  /** For each pattern the number of the latest text that has it. */
  const seen = new Uint32Array(patterns.length);
  let texts = 0;

  /** Whether the pattern of a pair is around the pair at `at`. */
  function isAround({ places, at: place }: PatternPair, bytes: Uint8Array, at: number): boolean {
    const from = at - place;
    let index = 0;
    while (index < places.length && (places[index] as Uint8Array)[bytes[from + index] ?? 0] === 1) index += 1;
    return index === places.length;
  }

  function confirms(bytes: Uint8Array, at: number): number {
    const pair = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const first = bytes[at - 1] ?? 0;
    const last = bytes[at + 2] ?? 0;
    if (!fits(pair, first, last)) return 0;
    for (let number = latest[pair] as number; number > 0; number = earlier[number - 1] as number) {
      const next = candidates[number - 1] as PatternPair;
      if (((next.before >>> (first & 31)) & (next.behind >>> (last & 31)) & 1) === 0) continue;
      if (isAround(next, bytes, at)) return next.result;
    }
    return 0;
  }

  function findPart(text: string, found?: number[]): boolean {
    const end = encode(text);
    let isFound = false;
    for (let at = LEAD; at < end; at += 2) {
      const pair = VIEW.getUint16(at);
      if (((pairs[pair] as number) & CANDIDATE) === 0) continue;
      const first = BYTES[at - 1] as number;
      const last = BYTES[at + 2] as number;
      if (!fits(pair, first, last)) continue;
      for (let number = latest[pair] as number; number > 0; number = earlier[number - 1] as number) {
        const next = candidates[number - 1] as PatternPair;
        if (next.number < 0 || (found && seen[next.number] === texts)) continue;
        if (((next.before >>> (first & 31)) & (next.behind >>> (last & 31)) & 1) === 0) continue;
        if (!isAround(next, BYTES, at)) continue;
        isFound ||= next.result === MATCH;
        if (!found && isFound) return true;
        seen[next.number] = texts;
        found?.push(next.number);
      }
    }
    return isFound;
  }

  return {
    pairs,
    before,
    behind,
    confirms,
    find(text, found) {
      texts += 1;
      if (text.length <= PART_LENGTH) return findPart(text, found);
      let isFound = false;
      for (let from = 0; from < text.length; from += PART_LENGTH - MAX_PATTERN_LENGTH) {
        if (findPart(text.slice(from, from + PART_LENGTH), found)) isFound = true;
        if (isFound && !found) return true;
      }
      return isFound;
    },
  };
}

/** The bytes of each character; those of a letter beyond ASCII in both cases, where their number is the same. */
function placesOf(word: string, placeOf: (char: string) => ByteSet): readonly ByteSet[] {
  return Array.from(word).flatMap((char) => {
    if (char.charCodeAt(0) < BEYOND_ASCII) return [placeOf(char)];
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()].map((each) => encoder.encode(each));
    return Array.from(lower as Uint8Array, (byte, at) =>
      bytePlace(byte, upper?.length === lower?.length ? upper?.[at] : undefined),
    );
  });
}

/** Reading bytes takes a third of the time of reading the characters of a string. A longer text is read in parts. */
const PART_LENGTH = 8_192;
const MAX_PATTERN_LENGTH = 64;
/** Bytes before a part, so that reading before its first one stays within the array. */
const LEAD = 4;
const BYTES = new Uint8Array(LEAD + 3 * PART_LENGTH + MAX_PATTERN_LENGTH);
const VIEW = new DataView(BYTES.buffer);
const PART = BYTES.subarray(LEAD, LEAD + 3 * PART_LENGTH);
const encoder = new TextEncoder();

/** Writes a text to `BYTES` and returns its end there. */
function encode(text: string): number {
  const end = LEAD + encoder.encodeInto(text, PART).written;
  BYTES[end] = DOT;
  // Ends what an earlier text left there.
  VIEW.setUint32(end + 1, 0);
  return end;
}

/** 1 for each byte that may be relevant by itself: controls, all beyond ASCII, and characters of prompts and tokens. */
export const SPECIAL_BYTES = new Uint8Array(256).fill(1, 0, 0x20).fill(1, BEYOND_ASCII);
SPECIAL_BYTES[TAB] = 0;
for (const mark of ['#', '$', '`', '\u007f']) SPECIAL_BYTES[mark.charCodeAt(0)] = 1;

function specialPairs(): Uint8Array {
  const row = SPECIAL_BYTES.map((yes) => yes * BYTE_CLASS);
  const pairs = new Uint8Array(PAIR_COUNT);
  for (const [first, yes] of SPECIAL_BYTES.entries()) {
    if (yes === 1) pairs.fill(BYTE_CLASS, first << 8, (first + 1) << 8);
    else pairs.set(row, first << 8);
  }
  return pairs;
}

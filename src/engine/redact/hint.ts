/** A cheap test before a search: false if a text has no match. */
export interface Hint {
  test(text: string): boolean;
}

/** A short text is read without: to take all patterns apart costs 4 ms. */
const MIN_TESTS = 400;
/** Characters. A longer text has most pairs of letters. */
const MAX_LENGTH = 1_000;
const ASCII = 128;
/** For each character, and for each pair of characters, the number of the last text that has it, in small letters. */
const SEEN = new Uint32Array(ASCII + ASCII * ASCII);
let read = { text: '', number: 0, isAscii: true };

/**
 * A pattern that is tried only where a text has the pairs of characters of one of its alternatives. The pairs of a line
 * are read once for all hints: a sentence about a password, before which a hundred patterns are tried, is read in three
 * quarters of the time (`npm run bench -- dull sentences`).
 */
export function createHint(pattern: RegExp): Hint {
  let alternatives: Uint16Array | undefined;
  let tests = 0;
  return {
    test(text) {
      tests += 1;
      if (tests < MIN_TESTS || text.length > MAX_LENGTH) return pattern.test(text);
      if (text !== read.text) readPairs(text);
      if (!read.isAscii) return pattern.test(text);
      alternatives ??= alternativesOf(pattern);
      return maySee(alternatives, read.number) && pattern.test(text);
    },
  };
}

/** Whether the last text has all places of one of the alternatives, each of which begins with where the next begins. */
function maySee(alternatives: Uint16Array, number: number): boolean {
  let at = 0;
  while (at < alternatives.length) {
    const next = alternatives[at] as number;
    at += 1;
    while (at < next && SEEN[alternatives[at] as number] === number) at += 1;
    if (at === next) return true;
    at = next;
  }
  return false;
}

function readPairs(text: string): void {
  const number = read.number + 1;
  let before = 0;
  let isAscii = true;
  for (let at = 0; at < text.length && isAscii; at += 1) {
    const code = smallLetter(text.charCodeAt(at));
    isAscii = code < ASCII;
    SEEN[code] = number;
    SEEN[ASCII + before * ASCII + code] = number;
    before = code;
  }
  read = { text, number, isAscii };
}

function smallLetter(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** An escape, a class, a quantifier, or a character. */
const PART = /\\(?:[pP]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|.)|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|./giu;
/** What stands before it need not be there. */
const OPTIONAL = /^(?:[?*]|\{0)/;
/** Characters in a class, and alternatives that groups and classes of one alternative make. */
const MAX_CLASS = 4;
const MAX_ALTERNATIVES = 48;

type Parts = readonly string[];

function alternativesOf({ source }: RegExp): Uint16Array {
  const flat: number[] = [];
  for (const parts of expand(source.match(PART) ?? [])) {
    const places = placesIn(parts);
    if (places) flat.push(flat.length + 1 + places.length, ...places);
  }
  return Uint16Array.from(flat);
}

/** `a(?:b|[cd])|e` → `ab`, `ac`, `ad`, `e` */
function expand(parts: Parts): readonly Parts[] {
  return split(parts).flatMap((alternative) => {
    let expanded: readonly Parts[] = [[]];
    for (let at = 0, end = 0; at < alternative.length; at = end) {
      end = endOfPart(alternative, at);
      const part = alternative.slice(at, end);
      const options = OPTIONAL.test(alternative[end] ?? '') ? [part] : optionsOf(part);
      const isFew = expanded.length * options.length <= MAX_ALTERNATIVES;
      expanded = expanded.flatMap((before) => (isFew ? options : [part]).map((each) => [...before, ...each]));
    }
    return expanded;
  });
}

function optionsOf(part: Parts): readonly Parts[] {
  if (part[0] === '(' && part[1] === '?' && part[2] === ':') return expand(part.slice(3, -1));
  const members = /^\[(?!\^)((?:\\[^dwspbDWSPBu]|[^\\-])+)\]$/u.exec(part[0] ?? '')?.[1]?.match(PART);
  // `[Aa]` is one letter here.
  const letters = new Set(members?.map((each) => each.toLowerCase()));
  return letters.size > 0 && letters.size <= MAX_CLASS ? Array.from(letters, (each) => [each]) : [part];
}

/** `a|b` */
function split(parts: Parts): readonly Parts[] {
  const alternatives: string[][] = [[]];
  for (let at = 0, end = 0; at < parts.length; at = end) {
    end = endOfPart(parts, at);
    if (parts[at] === '|') alternatives.push([]);
    else alternatives.at(-1)?.push(...parts.slice(at, end));
  }
  return alternatives;
}

/** Behind the part, or behind the group that it opens. */
function endOfPart(parts: Parts, from: number): number {
  let depth = 0;
  for (let at = from; at < parts.length; at += 1) {
    if (parts[at] === '(') depth += 1;
    if (parts[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return parts.length;
}

/** Places in `SEEN` of the characters and pairs that every match of an alternative has; `undefined` if no text of ASCII has one. */
function placesIn(parts: Parts): readonly number[] | undefined {
  const places: number[] = [];
  let before = -1;
  for (let at = 0, end = 0; at < parts.length; at = end) {
    end = endOfPart(parts, at);
    const isThere = end === at + 1 && !OPTIONAL.test(parts[end] ?? '');
    const code = isThere ? literalOf(parts[at] as string) : -1;
    if (code >= ASCII) return undefined;
    if (code >= 0) places.push(before < 0 ? code : ASCII + before * ASCII + code);
    before = code;
  }
  return places;
}

/** Code of the one character that a part of a pattern matches, or -1. */
function literalOf(part: string): number {
  if (part === '\\t') return 9;
  const escaped = /^\\(\W)$/u.exec(part)?.[1];
  if (escaped === undefined && /^(?:[\\^$.*+?()[\]{}|]|..)/u.test(part)) return -1;
  return smallLetter((escaped ?? part).codePointAt(0) ?? -1);
}

/**
 * Tells quickly whether one of many words stands in a text, reading each character once: for every word four
 * characters in a row are looked for, the rarest it has, and the word around them only where they are found. A word may
 * be found that only looks alike, because characters are compared by class; none is missed.
 */
export interface WordSpotter {
  /** 1 where four characters in a row may belong to a word: at `slotOf` their classes, six bits each. */
  readonly table: Uint8Array;
  /** Whether the word is there whose four characters end at `at`; `classes` tells those of the text. */
  confirms(four: number, at: number, classAt: (at: number) => number): boolean;
  spots(text: string): boolean;
}

const OTHER = 0;
/** Never harmless: controls, everything beyond ASCII, and marks that prompts and tokens are made of. */
export const ALARM = 63;
const CLASSES = 64;
const DIGIT = 53;
export const FOUR = 0xffffff;
const SLOTS = 1 << 18;

export function slotOf(four: number): number {
  return (four ^ (four >>> 9)) & (SLOTS - 1);
}

/** Class of each ASCII character. Upper and lower case are told apart. */
export const CHARACTER_CLASS: Uint8Array = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(128).fill(OTHER);
  table.fill(ALARM, 0, 0x20);
  for (const mark of ['#', '$', '`', '\u007f']) table[mark.charCodeAt(0)] = ALARM;
  for (let index = 0; index < 26; index += 1) {
    table[0x61 + index] = 1 + index;
    table[0x41 + index] = 27 + index;
  }
  table.fill(DIGIT, 0x30, 0x3a);
  const marks = [' \t', '_', '-', '"', ':', '/', '=', '?&;', '<{+'];
  for (const [index, alike] of marks.entries()) {
    for (const mark of alike.split('')) table[mark.charCodeAt(0)] = 54 + index;
  }
  return table;
}

interface Cue {
  /** Classes that each character of the word may have. */
  readonly word: readonly (readonly number[])[];
  /** Where in the word the four characters end. */
  readonly end: number;
}

/**
 * `anyCase` are words whose case does not matter, `exact` those whose does; in an exact one `*` is any character, `^`
 * a capital, `~` a capital or a digit, and a digit any digit.
 */
export function createWordSpotter(anyCase: readonly string[], exact: readonly string[]): WordSpotter {
  const cues = new Map<number, Cue[]>();
  for (const word of anyCase) addCues(cues, word.toLowerCase(), bothCases);
  for (const word of exact) addCues(cues, word, oneCase);
  const table = new Uint8Array(SLOTS);
  for (const four of cues.keys()) table[slotOf(four)] = 1;

  function confirms(four: number, at: number, classAt: (at: number) => number): boolean {
    return (
      cues
        .get(four)
        ?.some(({ word, end }) =>
          word.every((kinds, index) => kinds === ANY || kinds.includes(classAt(at - end + index))),
        ) ?? false
    );
  }

  return {
    table,
    confirms,
    spots(text) {
      const classAt = (at: number) => classOf(at < text.length ? text.charCodeAt(at) : BLANK);
      let four = 0;
      // A short word may end the text: what is cut off is as if blanks followed.
      for (let at = 0; at < text.length + 2; at += 1) {
        const kind = classAt(at);
        if (kind === ALARM) return true;
        four = ((four << 6) | kind) & FOUR;
        if (table[slotOf(four)] === 1 && confirms(four, at, classAt)) return true;
      }
      return false;
    },
  };
}

const BLANK = 0x20;

function classOf(code: number): number {
  return code < 128 ? (CHARACTER_CLASS[code] as number) : ALARM;
}

function addCues(cues: Map<number, Cue[]>, text: string, kindsOf: (char: string) => readonly number[]): void {
  const word = text.split('').map(kindsOf);
  const start = rarestAt(text);
  const [first = ANY, second = ANY, third = ANY, fourth = ANY] = word.slice(start, start + 4);
  const cue: Cue = { word, end: start + 3 };
  for (const a of first) {
    for (const b of second) {
      for (const c of third) {
        for (const d of fourth) {
          const four = (a << 18) | (b << 12) | (c << 6) | d;
          cues.set(four, [...(cues.get(four) ?? []), cue]);
        }
      }
    }
  }
}

const CAPITALS: readonly number[] = Array.from({ length: 26 }, (_, index) => 27 + index);
const ANY: readonly number[] = Array.from({ length: CLASSES }, (_, kind) => kind);

function oneCase(char: string): readonly number[] {
  if (char === '*') return ANY;
  if (char === '^') return CAPITALS;
  if (char === '~') return [...CAPITALS, DIGIT];
  return [CHARACTER_CLASS[char.charCodeAt(0)] ?? ALARM];
}

function bothCases(char: string): readonly number[] {
  return [...new Set([...oneCase(char), ...oneCase(char.toUpperCase())])];
}

function rarestAt(word: string): number {
  let best = 0;
  for (let at = 1; at + 4 <= word.length; at += 1) {
    if (commonness(word.slice(at, at + 4)) < commonness(word.slice(best, best + 4))) best = at;
  }
  return best;
}

/** Letters by how common they are in English and in logs; capitals are rare. */
const COMMON = 'etaoinsrhldcumfpgwybvkxjqz';

function commonness(four: string): number {
  let sum = 0;
  for (const char of four.split('')) {
    const rank = COMMON.indexOf(char);
    if (char === '*') sum += 100;
    else if (char === '~' || char === '^') sum += 30;
    else if (rank >= 0) sum += COMMON.length - rank;
    else if (char === ' ') sum += 12;
  }
  return sum;
}

/**
 * Tells quickly that none of many words stands in a text: for every word four characters in a row are looked for, the
 * rarest it has. It may say yes where there is no word; it never says no where there is one.
 */
export interface WordSpotter {
  /**
   * 1 where four characters in a row may belong to a word: at `slotOf` their classes, six bits each. Two sets of four
   * can share a slot, which `isCue` tells apart.
   */
  readonly table: Uint8Array;
  isCue(four: number): boolean;
  spots(text: string): boolean;
}

const OTHER = 0;
/** Never harmless: controls, everything beyond ASCII, and marks that prompts and tokens are made of. */
export const ALARM = 63;
const CLASSES = 64;
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
  table.fill(53, 0x30, 0x3a);
  const marks = [' \t', '_', '-', '"', ':', '/', '=', '?&;', '<{+'];
  for (const [index, alike] of marks.entries()) {
    for (const mark of alike.split('')) table[mark.charCodeAt(0)] = 54 + index;
  }
  return table;
}

/** `anyCase` are words whose case does not matter, `exact` those whose does; `*` in an exact one is any character. */
export function createWordSpotter(anyCase: readonly string[], exact: readonly string[]): WordSpotter {
  const cues = new Set<number>();
  for (const word of anyCase) addCues(cues, rarest(word.toLowerCase()).split('').map(bothCases));
  for (const word of exact) addCues(cues, rarest(word).split('').map(oneCase));
  const table = new Uint8Array(SLOTS);
  for (const cue of cues) table[slotOf(cue)] = 1;
  return {
    table,
    isCue: (four) => cues.has(four),
    spots(text) {
      let four = 0;
      // A short word may end the text: what is cut off is as if blanks followed.
      for (let at = 0; at < text.length + 2; at += 1) {
        const code = at < text.length ? text.charCodeAt(at) : BLANK;
        const kind = code < 128 ? (CHARACTER_CLASS[code] as number) : ALARM;
        if (kind === ALARM) return true;
        four = ((four << 6) | kind) & FOUR;
        if (table[slotOf(four)] === 1 && cues.has(four)) return true;
      }
      return false;
    },
  };
}

const BLANK = 0x20;

function addCues(cues: Set<number>, kinds: readonly (readonly number[])[]): void {
  const [first = ANY, second = ANY, third = ANY, fourth = ANY] = kinds;
  for (const a of first) {
    for (const b of second) {
      for (const c of third) for (const d of fourth) cues.add((a << 18) | (b << 12) | (c << 6) | d);
    }
  }
}

const ANY: readonly number[] = Array.from({ length: CLASSES }, (_, kind) => kind);

function oneCase(char: string): readonly number[] {
  return char === '*' ? ANY : [CHARACTER_CLASS[char.charCodeAt(0)] ?? ALARM];
}

function bothCases(char: string): readonly number[] {
  return [...new Set([...oneCase(char), ...oneCase(char.toUpperCase())])];
}

function rarest(word: string): string {
  let best = word.slice(0, 4);
  for (let at = 1; at + 4 <= word.length; at += 1) {
    const four = word.slice(at, at + 4);
    if (commonness(four) < commonness(best)) best = four;
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
    else if (rank >= 0) sum += COMMON.length - rank;
    else if (char === ' ') sum += 12;
  }
  return sum;
}

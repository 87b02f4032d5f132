/**
 * Tells quickly that none of many words stands in a text: for every word three characters in a row are looked for,
 * the rarest it has. It may say yes where there is no word; it never says no where there is one.
 */
export interface WordSpotter {
  /** 1 where three characters in a row, each by its class, belong to a word. Index: first · 4096 + second · 64 + third. */
  readonly table: Uint8Array;
  spots(text: string): boolean;
}

const OTHER = 0;
/** Never harmless: controls, everything beyond ASCII, and marks that prompts and tokens are made of. */
export const ALARM = 63;
const CLASSES = 64;

/** Class of each ASCII character, so that three of them make an index. Upper and lower case are told apart. */
export const CHARACTER_CLASS: Uint8Array = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(128).fill(OTHER);
  for (let code = 0; code < 0x20; code += 1) table[code] = ALARM;
  for (const mark of '#$`\u007f') table[mark.charCodeAt(0)] = ALARM;
  for (let index = 0; index < 26; index += 1) {
    table[0x61 + index] = 1 + index;
    table[0x41 + index] = 27 + index;
  }
  for (let digit = 0; digit < 10; digit += 1) table[0x30 + digit] = 53;
  for (const [marks, kind] of [
    [' \t', 54],
    ['_', 55],
    ['-', 56],
    ['"', 57],
    [':', 58],
    ['/', 59],
    ['=', 60],
    ['?&;', 61],
    ['<{+', 62],
  ] as const) {
    for (const mark of marks) table[mark.charCodeAt(0)] = kind;
  }
  return table;
}

/** Letters by how common they are in English and in logs; what is not named is rarer than all of them. */
const COMMON = 'etaoinsrhldcumfpgwybvkxjqz';

/** `anyCase` are words whose case does not matter, `exact` those whose does; `*` in an exact one is any character. */
export function createWordSpotter(anyCase: readonly string[], exact: readonly string[]): WordSpotter {
  const table = new Uint8Array(CLASSES ** 3);
  for (const word of anyCase) mark(table, [...rarest(word.toLowerCase())].map(bothCases));
  for (const word of exact) mark(table, [...rarest(word)].map(oneCase));
  return {
    table,
    spots(text) {
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        const kind = code < 128 ? (CHARACTER_CLASS[code] as number) : ALARM;
        if (kind === ALARM) return true;
        state = ((state << 6) | kind) & 0x3ffff;
        if (table[state] === 1) return true;
      }
      return false;
    },
  };
}

function mark(
  table: Uint8Array,
  [first = [], second = [], third = []]: readonly (readonly number[])[],
): void {
  for (const a of first) for (const b of second) for (const c of third) table[(a << 12) | (b << 6) | c] = 1;
}

function rarest(word: string): string {
  let best = word.slice(0, 3);
  for (let at = 1; at + 3 <= word.length; at += 1) {
    const three = word.slice(at, at + 3);
    if (commonness(three) < commonness(best)) best = three;
  }
  return best;
}

function commonness(three: string): number {
  let sum = 0;
  for (const char of three) {
    if (char === '*') sum += 100;
    else if (char === ' ') sum += 26;
    else sum += Math.max(0, 26 - ((COMMON.indexOf(char.toLowerCase()) + 27) % 27));
  }
  return sum;
}

function oneCase(char: string): readonly number[] {
  if (char === '*') return Array.from({ length: CLASSES }, (_, kind) => kind);
  return [CHARACTER_CLASS[char.charCodeAt(0)] ?? ALARM];
}

function bothCases(char: string): readonly number[] {
  return [...oneCase(char), ...oneCase(char.toUpperCase())];
}

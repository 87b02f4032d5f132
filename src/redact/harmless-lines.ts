import { createTextMemory } from '../evidence/text-memory.ts';

/** Texts in which no secret was found, whatever stands above them. */
export interface HarmlessTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/** Lines of a configuration that repeat in its entries, and begin and end its blocks. `<` may begin a token. */
const REPEATED = /^ {0,32}(?:(?:set|config) [a-z][^<]{1,60}|next|end)$/;
/** Texts of their own: the name and the command of an item. */
const SHORT = /^[^<\n]{1,120}$/;
/** Characters: some thousand lines. */
const MAX_SIZE = 200_000;

function createHarmlessTexts(pattern: RegExp): HarmlessTexts {
  const known = createTextMemory<true>(MAX_SIZE);
  return {
    has: (text) => known.get(text) === true,
    add(text) {
      if (pattern.test(text)) known.set(text, true);
    },
  };
}

/**
 * Of all configurations that this process redacts, because devices of a fleet have most lines in common: a check of a
 * device like the one before takes a fifth of the time.
 */
export const HARMLESS_LINES = createHarmlessTexts(REPEATED);
export const HARMLESS_NAMES = createHarmlessTexts(SHORT);

/** Texts in which no secret was found, whatever stands above them. */
export interface HarmlessTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/** Lines of a configuration that repeat in its entries, and begin and end its blocks. `<` may begin a token. */
const REPEATED = /^ {0,32}(?:(?:set|config) [a-z][^<]{1,60}|next|end)$/;
/** Texts of their own: the name and the command of an item. */
const SHORT = /^[^<\n]{1,120}$/;
const MAX_TEXTS = 4_096;

function createHarmlessTexts(pattern: RegExp): HarmlessTexts {
  /** Two halves: when the new one is full, what of the old one was not seen since then is forgotten. */
  let recent = new Set<string>();
  let older = recent;

  function remember(text: string): void {
    if (recent.size >= MAX_TEXTS / 2) {
      older = recent;
      recent = new Set();
    }
    recent.add(text);
  }

  return {
    has(text) {
      if (recent.has(text)) return true;
      if (!older.has(text)) return false;
      remember(text);
      return true;
    },
    add(text) {
      if (pattern.test(text)) remember(text);
    },
  };
}

/**
 * Of all configurations that this process redacts, because devices of a fleet have most lines in common: a check of a
 * device like the one before takes a fifth of the time.
 */
export const HARMLESS_LINES = createHarmlessTexts(REPEATED);
export const HARMLESS_NAMES = createHarmlessTexts(SHORT);

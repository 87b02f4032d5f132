import { createTextMemory } from './text-memory.ts';

/** Texts in which no secret was found, whatever stands above them, by their form. */
export interface HarmlessTexts {
  has(text: string, form: string): boolean;
  add(text: string, form: string): void;
}

/**
 * Lines of a configuration that repeat in its entries, and begin and end its blocks; what the answers of devices have in
 * common, as `Token server status: reachable`; and sentences. `<` and `&` may begin a token.
 */
const REPEATED = /^ {0,32}(?:(?:set|config) [a-z][^<]{1,60}|next|end|[A-Za-z*][^<&]{1,160})$/;
/** Each device has other addresses. These settings hold nothing else. */
const ADDRESS =
  /^ {0,32}set (?:ip|subnet|extip|gateway|dst|trusthost\d{1,2})(?: \d{1,3}(?:\.\d{1,3}){3}){1,2}$/;
/** Texts of their own: the name and the command of an item. */
const SHORT = /^[^<\n]{1,120}$/;
/** Characters: some thousand lines. */
const MAX_SIZE = 200_000;

/** Remembers texts of `pattern`; those of `always` need not be found harmless first. */
function createHarmlessTexts(pattern: RegExp, always?: RegExp): HarmlessTexts {
  const known = createTextMemory<true>(MAX_SIZE);
  return {
    has: (text, form) => known.get(form) === true || always?.test(text) === true,
    add(text, form) {
      if (pattern.test(text)) known.set(form, true);
    },
  };
}

/**
 * Of all configurations that this process redacts, because devices of a fleet have most lines in common: a check of a
 * device like the one before takes a fifth of the time.
 */
export const HARMLESS_LINES = createHarmlessTexts(REPEATED, ADDRESS);
/** Lines with tokens in which nothing else is found: the first serial number of a device has the token of another's. */
export const SETTLED_LINES = createTextMemory<true>(MAX_SIZE);
export const HARMLESS_NAMES = createHarmlessTexts(SHORT);

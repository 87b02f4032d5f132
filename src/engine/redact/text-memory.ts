/** What is known about texts, for as long as they recur. */
export interface TextMemory<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

/** Characters of one half. */
const MAX_SIZE = 1_000_000;
/** Characters; what an entry takes besides its text. */
const OVERHEAD = 40;

/**
 * Takes `maxSize` characters twice: when the newer half is full, what was not looked up in the older one since then is
 * forgotten. Holds no text that a key is a part of.
 */
export function createTextMemory<T>(maxSize = MAX_SIZE): TextMemory<T> {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  let size = 0;

  function set(text: string, value: T): void {
    if (size >= maxSize) {
      older = recent;
      recent = new Map();
      size = 0;
    }
    recent.set(copyText(text), value);
    size += text.length + OVERHEAD;
  }

  return {
    get(text) {
      const found = recent.get(text);
      if (found !== undefined) return found;
      const before = older.get(text);
      if (before !== undefined) set(text, before);
      return before;
    },
    set,
  };
}

/** Every finder asks the same about its line: the last answer is known. A comparison of the same string object costs nothing. */
export function ofLast<T, Q = string>(answer: (text: Q) => T): (text: Q) => T {
  let last: Q | undefined;
  let known: T;
  return (text) => {
    if (text !== last) known = answer(text);
    last = text;
    return known;
  };
}

/** Answers for the words of a text, which are few. */
const MAX_WORDS = 1_000;
/** Characters; a longer word is a value, which does not recur. */
const MAX_WORD = 64;

/** Sentences and logs repeat the same words and names: the answer for each of them is known. */
export function ofWord<T>(answer: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    if (word.length > MAX_WORD) return answer(word);
    const found = known.get(word);
    if (found !== undefined || known.has(word)) return found as T;
    const given = answer(word);
    if (known.size >= MAX_WORDS) known.clear();
    known.set(copyText(word), given);
    return given;
  };
}

/** V8 keeps a whole text in memory as long as a part of it is held. */
export function copyText(text: string): string {
  return ` ${text}`.slice(1);
}

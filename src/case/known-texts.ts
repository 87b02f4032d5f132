/** Texts of which something is known. */
export interface KnownTexts {
  has(text: string): boolean;
  add(text: string): void;
}

/** Characters. More than a backup has of its own. */
const MAX_SIZE = 1_000_000;
/** Characters; what a text takes besides its own. */
const OVERHEAD = 40;

/** Two halves: when the new one is full, what of the old one was not met since then is forgotten. */
export function createKnownTexts(): KnownTexts {
  let recent = new Set<string>();
  let older = recent;
  let size = 0;

  function add(text: string): void {
    if (size >= MAX_SIZE) {
      older = recent;
      recent = new Set();
      size = 0;
    }
    recent.add(copyOf(text));
    size += text.length + OVERHEAD;
  }

  return {
    has(text) {
      if (recent.has(text)) return true;
      if (!older.has(text)) return false;
      add(text);
      return true;
    },
    add,
  };
}

/** V8 keeps a whole text in memory as long as a part of it is held. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}

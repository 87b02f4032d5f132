/** Lines in which no secret was found, whatever stands above them: a third of the time for a configuration. */
export interface HarmlessLines {
  has(line: string): boolean;
  add(line: string): void;
}

/** Lines of a configuration that repeat in its entries. `config` and `end` change what later lines mean; `<` may begin a token. */
const REPEATED = /^ {1,32}(?:set [a-z][^<]{1,60}|next)$/;
const MAX_LINES = 4_096;

export function createHarmlessLines(): HarmlessLines {
  const known = new Set<string>();
  return {
    has: (line) => known.has(line),
    add(line) {
      if (!REPEATED.test(line)) return;
      if (known.size >= MAX_LINES) known.clear();
      known.add(line);
    },
  };
}

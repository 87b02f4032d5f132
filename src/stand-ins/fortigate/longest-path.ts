export type Resolved =
  | { readonly path: string; readonly rest: readonly string[] }
  /** The word that no path continues with, or `undefined` if the words end too early. */
  | { readonly badWord: string | undefined };

/** A path as its words. */
export type PathWords = readonly string[];

/** Reads the longest of these paths from words that may be abbreviated to unique prefixes. */
export function longestPath(paths: readonly PathWords[], words: readonly string[]): Resolved {
  let candidates = paths;
  for (let at = 0; ; at += 1) {
    const complete = candidates.find((path) => path.length === at);
    const word = words[at];
    if (word === undefined) return complete ? { path: complete.join(' '), rest: [] } : { badWord: undefined };
    const next = narrow(candidates, at, word);
    if (next.length === 0) {
      return complete ? { path: complete.join(' '), rest: words.slice(at) } : { badWord: word };
    }
    candidates = next;
  }
}

function narrow(candidates: readonly PathWords[], at: number, word: string): readonly PathWords[] {
  const exact = candidates.filter((path) => path[at] === word);
  if (exact.length > 0) return exact;
  const prefixed = candidates.filter((path) => path[at]?.startsWith(word));
  return new Set(prefixed.map((path) => path[at])).size === 1 ? prefixed : [];
}

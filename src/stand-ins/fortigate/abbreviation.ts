/** The one candidate that is this word or that alone begins with it: FortiOS takes `conf`, `sh sys ftm`, `set stat`. */
export function expand(word: string, candidates: readonly string[]): string | undefined {
  if (word === '') return undefined;
  if (candidates.includes(word)) return word;
  const begun = [...new Set(candidates.filter((each) => each.startsWith(word)))];
  return begun.length === 1 ? begun[0] : undefined;
}

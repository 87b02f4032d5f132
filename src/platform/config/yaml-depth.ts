/** An inventory has eight levels. */
const MAX_DEPTH = 64;
/** A sequence in a sequence in a sequence, on one line. */
const DASHES = new RegExp(`^ *(?:- +){${MAX_DEPTH}}`); // - - - x

/**
 * The place, counted from 1, where YAML is nested so deeply that parsers end with a stack overflow; undefined for all
 * other texts. Reads characters only: brackets in quoted text count too.
 */
export function findTooDeep(text: string): { readonly line: number; readonly column: number } | undefined {
  const indents: number[] = [];
  let open = 0;
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    const indent = line.length - line.trimStart().length;
    if (indent === line.length) continue;
    while ((indents.at(-1) ?? -1) > indent) indents.pop();
    if ((indents.at(-1) ?? -1) < indent) indents.push(indent);
    if (indents.length > MAX_DEPTH || DASHES.test(line)) return { line: number, column: indent + 1 };
    for (const { 0: bracket, index } of line.matchAll(/[[\]{}]/g)) {
      open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
      if (open > MAX_DEPTH) return { line: number, column: index + 1 };
    }
  }
  return undefined;
}

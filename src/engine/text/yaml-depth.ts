/** An inventory has eight levels, a scenario five. */
const MAX_DEPTH = 64;
/** The mark of an item, a key or a value in a line, or what stands behind the marks. */
const LEVEL = /[-?:] +|\S/y; // - ? - x

/**
 * The place, counted from 1, where YAML is nested so deeply that parsers end with a stack overflow; undefined for all
 * other texts. Reads characters only: brackets in quoted text count too.
 */
export function findTooDeep(text: string): { readonly line: number; readonly column: number } | undefined {
  const levels: number[] = [];
  let open = 0;
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    for (const at of levelsIn(line)) {
      while ((levels.at(-1) ?? -1) > at) levels.pop();
      if ((levels.at(-1) ?? -1) < at) levels.push(at);
      if (levels.length > MAX_DEPTH) return { line: number, column: at + 1 };
    }
    for (const { 0: bracket, index } of line.matchAll(/[[\]{}]/g)) {
      open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
      if (open > MAX_DEPTH) return { line: number, column: index + 1 };
    }
  }
  return undefined;
}

/** Columns, counted from 0, at which a block may begin; a blank line has none. */
function* levelsIn(line: string): Generator<number> {
  let at = line.length - line.trimStart().length;
  for (;;) {
    LEVEL.lastIndex = at;
    const [mark] = LEVEL.exec(line) ?? [];
    if (mark === undefined) return;
    yield at;
    if (mark.length === 1) return;
    at += mark.length;
  }
}

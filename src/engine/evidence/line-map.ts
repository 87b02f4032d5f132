/**
 * Maps line numbers of a text to its source after other formats were unwrapped: one line of JSON may have become many.
 */
export interface LineMap {
  /** From this line until the next mark, lines are numbered from `real` on. */
  mark(line: number, real: number): void;
  real(line: number): number;
  isPlain(): boolean;
  /** Whether the lines before this one were extracted from another format. */
  marks(line: number): boolean;
}

export function createLineMap(): LineMap {
  const from: number[] = [];
  const to: number[] = [];
  let latest = 0;

  function real(line: number): number {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    return at < 0 ? line : (to[at] ?? 0) + line - (from[at] ?? 0);
  }

  return {
    real,
    isPlain: () => from.length === 0,
    marks: (line) => latest === line,
    mark(line, where) {
      latest = line;
      if (real(line) === where) return;
      from.push(line);
      to.push(where);
    },
  };
}

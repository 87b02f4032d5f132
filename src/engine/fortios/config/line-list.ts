/**
 * Line numbers of the settings of one block or entry. They are nearly always consecutive, so two numbers suffice:
 * 75,000 entries with an array each take 12 MB.
 */
export type LineList = Range | number[];

interface Range {
  readonly first: number;
  count: number;
}

/** `lines` with one more line; modified in place where possible. */
export function withLine(lines: LineList | undefined, line: number): LineList {
  if (lines === undefined) return { first: line, count: 1 };
  if (Array.isArray(lines)) {
    lines.push(line);
    return lines;
  }
  if (line !== lines.first + lines.count) return [...linesIn(lines), line];
  lines.count += 1;
  return lines;
}

export function countOf(lines: LineList): number {
  return Array.isArray(lines) ? lines.length : lines.count;
}

export function linesIn(lines: LineList): readonly number[] {
  if (Array.isArray(lines)) return lines;
  const all: number[] = [];
  for (let index = 0; index < lines.count; index += 1) all.push(lines.first + index);
  return all;
}

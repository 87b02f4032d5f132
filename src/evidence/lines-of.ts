/** The lines of a text without their LF, one at a time: as an array they take a multiple of it. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
    yield text.slice(from, end);
    from = end + 1;
  }
  yield text.slice(from);
}

/** So many lines are joined at a time. */
const PART_LINES = 1_000;

/** `[...lines].join('\n')` without holding the lines of the whole. */
export function joinLines(lines: Iterable<string>): string {
  const parts: string[] = [];
  let part: string[] = [];
  for (const line of lines) {
    part.push(line);
    if (part.length < PART_LINES) continue;
    parts.push(part.join('\n'));
    part = [];
  }
  if (part.length > 0) parts.push(part.join('\n'));
  return parts.join('\n');
}

/** The lines of a text without LF, one at a time: an array would take several times the memory. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
    yield text.slice(from, end);
    from = end + 1;
  }
  yield text.slice(from);
}

/** Number of lines joined at a time. */
const PART_LINES = 1_000;

/** `[...lines].join('\n')` without holding all lines in memory. */
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

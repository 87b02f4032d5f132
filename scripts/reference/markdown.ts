export const WRITTEN = '<!-- Written by `npm run docs`. -->';

/** A wider column is not aligned: the longest cell would make every line as long. */
const WIDEST = 60;

/** A table whose columns are aligned in the source. `|` inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => {
    const width = Math.max(3, ...cells.map((row) => row[column]?.length ?? 0));
    return width > WIDEST ? 3 : width;
  });
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join(
    '\n',
  );
}

export function code(text: string): string {
  return `\`${text}\``;
}

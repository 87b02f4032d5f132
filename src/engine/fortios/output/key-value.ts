/** One row of a `get …` table; `index` is the 0-based line index. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
  readonly index: number;
}

/** `#` or `!` before a line, as in a backup tool's file that stores an output as a comment. */
export const COMMENT_MARK = '(?:[#!][ \\t]?)?';

/** Keys contain letters, digits and a few other characters, at most 60: prose with a colon in it is longer. */
const ROW = new RegExp(
  `^[ \\t\\xa0]*${COMMENT_MARK}([A-Za-z][\\w /.()-]{0,59}?)[ \\t\\xa0]*:(?=[ \\t\\xa0\\r]|$)`,
);

/** Parses `key<spaces>: value` rows; the value may be empty or contain colons. Other lines are skipped. */
export function parseKeyValue(lines: readonly string[]): readonly KeyValue[] {
  return lines.flatMap((line, index) => {
    const match = ROW.exec(line);
    if (!match) return [];
    return [{ key: match[1] ?? '', value: line.slice(match[0].length).trim(), index }];
  });
}

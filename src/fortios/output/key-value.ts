/** One row of a `get …` table; `index` is 0-based in the lines given. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
  readonly index: number;
}

/** Behind `#` or `!` where a backup tool keeps an output as a comment. */
export const COMMENT_MARK = '(?:[#!][ \\t]?)?';

/** Keys hold letters, digits and a few marks, and no more than 60 characters: prose with a colon in it is longer. */
const ROW = new RegExp(
  `^[ \\t\\xa0]*${COMMENT_MARK}([A-Za-z][\\w /.()-]{0,59}?)[ \\t\\xa0]*:(?=[ \\t\\xa0\\r]|$)`,
);

/** Reads `key<spaces>: value` rows; the value may be empty or hold colons. Other lines are passed over. */
export function parseKeyValue(lines: readonly string[]): readonly KeyValue[] {
  return lines.flatMap((line, index) => {
    const match = ROW.exec(line);
    if (!match) return [];
    return [{ key: match[1] ?? '', value: line.slice(match[0].length).trim(), index }];
  });
}

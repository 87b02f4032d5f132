/** `user=`, `"user=`, `,user=`, `;FTNTFGTuser=`, `(user=` */
const PAIR_BEGINS = /(?:^|[\s,;|^>"([])([A-Za-z_][\w.]{0,60})=/g;
/** `"wren"`, `""wren""`, `"""wren"""`, `\"wren\"` */
const QUOTE = /^(?:"{1,3}|\\")/;
const ENDS_VALUE = ' \t\r\n,;|^"\\';
/** `wren)`: the bracket opened before the pair. */
const BRACKET_BEHIND = /^([^([]*)[)\]]$/;
/** Values in which a device quotes what a person entered. */
const FREE_TEXT = /^(?:msg|reason|logdesc)$/;
/** `" user="wren"`, unlike `" user=rook" user="wren"`: the next quote opens a value. */
const CLOSES_TEXT = /"(?=[\s,;|^]|$)(?=[^"]*(?:(?<=[=,;|\t])"|$))/;
const MAX_LINE = 16_000;
const MAX_TEXT = 1_000;

/**
 * Pairs `name=value` of one line, with any separators and quotes; the first value of a name counts.
 * Sample: `date=2026-03-02 time=09:12:04 logid="0101039426" user="wren" msg="SSL user failed to logged in"`
 */
export function readLogFields(line: string): ReadonlyMap<string, string> {
  const text = line.slice(0, MAX_LINE);
  const fields = new Map<string, string>();
  const begins = [...text.matchAll(PAIR_BEGINS)];
  let closed = 0;
  for (const [at, { 0: head, 1: name = '', index }] of begins.entries()) {
    if (index < closed) continue;
    const from = index + head.length;
    const [quote = ''] = QUOTE.exec(text.slice(from, from + 3)) ?? [];
    const inner = from + quote.length;
    const isEmpty = quote.length > 1 && (inner === text.length || ENDS_VALUE.includes(text.charAt(inner)));
    const isText = quote === '"' && FREE_TEXT.test(name);
    const skipped = isText ? Math.max(0, text.slice(inner, inner + MAX_TEXT).search(CLOSES_TEXT)) : 0;
    const close = quote === '' || isEmpty ? -1 : text.indexOf(quote, inner + skipped);
    if (close >= 0) closed = close + quote.length;
    let to = isEmpty ? inner : close >= 0 ? close : (begins[at + 1]?.index ?? text.length);
    if (close < 0) while (to > inner && ENDS_VALUE.includes(text.charAt(to - 1))) to -= 1;
    if (!fields.has(name)) fields.set(name, text.slice(inner, to).replace(BRACKET_BEHIND, '$1'));
  }
  return fields;
}

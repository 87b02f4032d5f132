/** A member of JSON whose string holds several lines. */
const JSON_LINES = /"[\w@.-]{1,60}\\{0,7}"[ \t]{0,8}:[ \t]{0,8}\\{0,7}"[^"]{0,20000}\\[rn]/;
const JSON_BREAKS = /((?:\\{1,8}[rn])+|\\{0,8}"[ \t]{0,8}[,}\]])/;
/** What ends a line on a page of HTML. */
const HTML_BREAKS =
  /(<\/?(?:br|p|div|li|ul|ol|tr|td|th|table|pre|blockquote|h[1-6]|hr)(?: [^<>]{0,300})?\/?>)/i;

/**
 * The lines that stand in one line of JSON or of a page, with what is between them at the odd places; `undefined` for a
 * plain line. A secret ends where its own line does.
 */
export function innerLines(text: string): readonly string[] | undefined {
  const breaks = text.includes('\\') && JSON_LINES.test(text) ? JSON_BREAKS : htmlBreaks(text);
  return breaks && text.split(breaks);
}

function htmlBreaks(text: string): RegExp | undefined {
  return text.includes('<') && text.includes('>') && HTML_BREAKS.test(text) ? HTML_BREAKS : undefined;
}

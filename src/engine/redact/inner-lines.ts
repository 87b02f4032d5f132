import { ofLast } from './text-memory.ts';

/** A JSON member whose string contains several lines. */
const JSON_LINES = /"[\w@.-]{1,60}\\{0,7}"[ \t]{0,8}:[ \t]{0,8}\\{0,7}"[^"]{0,20000}\\[rn]/;
const JSON_BREAKS = /((?:\\{1,8}[rn])+|\\{0,8}"[ \t]{0,8}[,}\]])/;
/** Tags that end a line on an HTML page. */
const HTML_BREAKS =
  /(<\/?(?:br|p|div|li|ul|ol|tr|td|th|table|pre|blockquote|h[1-6]|hr)(?: [^<>]{0,300})?\/?>)/i;

/**
 * The lines inside one line of JSON or HTML, with the separators at odd indexes; `undefined` for a plain line. A
 * secret ends where its own line does.
 */
export const innerLines = ofLast((text): readonly string[] | undefined => {
  const breaks = hasEscapedBreak(text) && JSON_LINES.test(text) ? JSON_BREAKS : htmlBreaks(text);
  return breaks && text.split(breaks);
});

/** Part of `JSON_LINES`, and much cheaper to search for. */
function hasEscapedBreak(text: string): boolean {
  return text.includes('\\n') || text.includes('\\r');
}

function htmlBreaks(text: string): RegExp | undefined {
  return text.includes('<') && text.includes('>') && HTML_BREAKS.test(text) ? HTML_BREAKS : undefined;
}

/** With the marks of reports, because the other way takes 7 ms for its first text. */
const ONE_COLUMN_EACH = /^[\x20-\x7e\xa0-\xff–—‘’“”…›→▸✓✗]*$/;
/** Signs of logins, two columns each. */
const SIGN = /[❌❔]/g;
/** Combining marks, and characters that are not drawn. */
const NO_COLUMN = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Halfwidth forms belong to scripts whose other characters are wide. */
const HALFWIDTH = /^[\uff61-\uffdc\uffe8-\uffee]$/;
const TWO_COLUMNS =
  /^(?:[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}]|[\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6])/u;

let graphemes: Intl.Segmenter | undefined;

/** Columns of a text in a terminal: East Asian characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  const narrow = text.replaceAll(SIGN, '  ');
  if (ONE_COLUMN_EACH.test(narrow)) return narrow.length;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  const isEmoji = grapheme.includes('\ufe0f');
  if (isEmoji || (TWO_COLUMNS.test(grapheme) && !HALFWIDTH.test(grapheme))) return 2;
  return NO_COLUMN.test(grapheme) ? 0 : 1;
}

/** Filled with spaces up to `width` columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** At most `limit` columns, with `…` in place of what is cut off. */
export function cutToWidth(text: string, limit: number): string {
  if (textWidth(text) <= limit) return text;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
    if (width > limit - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

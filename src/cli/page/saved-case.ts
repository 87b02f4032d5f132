import type { PageFile, ShownText } from './messages.ts';

/** The redacted evidence in a report that this page saved, so that the page can open the report again. */
const OPENING = '<script type="text/plain" id="ftm-check-case">';
const CLOSING = '</script>';
/** The beginning of every report. */
const REPORT = /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8">/;

/** The report with the evidence; unchanged if there is none. */
export function withEvidence(html: string, evidence: readonly ShownText[]): string {
  if (evidence.length === 0) return html;
  const end = html.lastIndexOf('</body>');
  // Text in a script element ends at `</script`; JSON can escape `<`.
  const data = JSON.stringify(evidence).replaceAll('<', '\\u003c');
  return `${html.slice(0, end)}${OPENING}${data}${CLOSING}${html.slice(end)}`;
}

/** The evidence of a saved report; `none` in a report without, and undefined for any other text. */
export function readSavedCase(html: string): readonly PageFile[] | 'none' | undefined {
  if (!REPORT.test(html)) return undefined;
  const start = html.lastIndexOf(OPENING);
  if (start === -1) return 'none';
  const end = html.indexOf(CLOSING, start);
  try {
    const items: unknown = JSON.parse(html.slice(start + OPENING.length, end));
    if (!Array.isArray(items)) return 'none';
    const texts = items.filter(isText);
    return texts.length === 0 ? 'none' : texts.map(({ name, text }) => ({ name, content: new Blob([text]) }));
  } catch {
    return 'none';
  }
}

function isText(item: unknown): item is ShownText {
  return (
    typeof item === 'object' &&
    item !== null &&
    'name' in item &&
    typeof item.name === 'string' &&
    'text' in item &&
    typeof item.text === 'string'
  );
}

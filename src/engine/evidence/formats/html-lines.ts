import { decodeHtml } from '../html-entities.ts';

/** Tags that end a line on a page. */
const BREAK =
  /<\/?(?:br|p|div|li|ul|ol|tr|table|pre|blockquote|h[1-6]|hr|dt|dd|body|html|head)(?: [^<>]{0,500})?\/?>/gi;
const HIDDEN = /<(style|script|title)(?: [^<>]{0,500})?>.*?<\/\1>/gi;
const TAG =
  /<\/?(?:a|b|i|u|s|em|strong|span|font|code|tt|td|th|tbody|thead|img|meta|link|!doctype)(?: [^<>]{0,500})?\/?>/gi;
const MAX_LINE = 2_000_000;
/** `config system ftm-push`, whose block goes on in other lines */
const STATEMENT = /^[ \t]*(?:config (?:system|user|vpn|firewall|global|vdom|router|log)\b|#config-version=)/;

/**
 * The visible lines of a ticket that is one line of HTML. `undefined` unless they contain output of a FortiGate: a
 * backup contains HTML pages too, between quotes.
 */
export function readHtml(line: string, isEvidence: (text: string) => boolean): readonly string[] | undefined {
  if (line.length > MAX_LINE) return undefined;
  const parts = line.replace(HIDDEN, '').split(BREAK);
  if (parts.length < 2) return undefined;
  const texts = parts.map((part) => decodeHtml(part.replace(TAG, '')));
  const visible = texts.filter((text) => text.trim() !== '');
  if (visible.length === 0) return undefined;
  return visible.some((text) => STATEMENT.test(text)) || isEvidence(visible.join('\n')) ? texts : undefined;
}

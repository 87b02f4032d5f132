import { printable, printableProse, prosePieces } from '../../documents/printable.ts';

/** HTML or SVG source that is safe to embed. Only the functions of this file create it. */
export interface Markup {
  readonly markup: string;
}

/** A string is text and is escaped; `undefined` is nothing. */
export type Child = Markup | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Elements of HTML that have no end tag. */
const VOID: ReadonlySet<string> = new Set(['meta', 'input', 'br', 'hr', 'img', 'link']);

/** `name` and the attribute names are constants of the program; values and children may be foreign text. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup;
export function element(name: string, ...children: readonly Child[]): Markup;
export function element(name: string, first?: Attributes | Child, ...others: readonly Child[]): Markup {
  const hasAttributes = typeof first === 'object' && !('markup' in first);
  const [attributes, children]: readonly [Attributes, readonly Child[]] = hasAttributes
    ? [first, others]
    : [{}, [first as Child, ...others]];
  let start = `<${name}`;
  for (const attribute of Object.keys(attributes)) start += attributeText(attribute, attributes[attribute]);
  if (VOID.has(name)) return { markup: `${start}>` };
  return { markup: `${start}>${joinMarkup(children).markup}</${name}>` };
}

export function joinMarkup(children: readonly Child[]): Markup {
  let markup = '';
  for (const child of children)
    if (child !== undefined) markup += typeof child === 'string' ? escapeText(child) : child.markup;
  return { markup };
}

const encoder = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The same source, for markup that is held for a while. V8 holds joinMarkup text as a tree of its pieces, which takes ten
 * times the memory, and the garbage collector copies each: for 200 pages of a report, half of their processor time.
 */
export function inOnePiece({ markup }: Markup): Markup {
  return { markup: utf8.decode(encoder.encode(markup)) };
}

/** Source that is part of the program, such as a style sheet. Never foreign text. */
export function constant(markup: string): Markup {
  return { markup };
}

/** Prose of a rule: text in backticks is code. */
export function proseMarkup(prose: string): Markup {
  return joinMarkup(prosePieces(prose).map(({ text, isCode }) => (isCode ? element('code', text) : text)));
}

/** Only web addresses become links. */
export function linkMarkup(title: string, url: string): Markup {
  const text = printableProse(title);
  return /^https?:\/\/[^\s"'<>]+$/.test(url)
    ? element('a', { href: url, rel: 'noreferrer' }, text)
    : element('span', `${text}: ${printableProse(url)}`);
}

function attributeText(name: string, value: Attributes[string]): string {
  if (value === undefined || value === false) return '';
  return value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Most texts of a report have no other character: they need neither escapes nor entities. */
const PLAIN = /^[\n !#-%(-;=?-~]*$/;

/** Keeps line breaks; control characters are shown as escapes. */
function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

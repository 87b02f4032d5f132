import type { RichTextBlock, RichTextLink, RichTextSection, RichTextText } from '@slack/types';
import { printable, prosePieces } from '../../documents/printable.ts';

/**
 * Rich text takes text literally: it cannot become a mention, a link or a format, and cannot end a code block. So
 * foreign text goes here, and into `mrkdwn` only through `src/report/block-kit/escape.ts`.
 */
export type RichTextPart = RichTextBlock['elements'][number];
export type Inline = RichTextText | RichTextLink;

export function richText(elements: readonly RichTextPart[]): RichTextBlock {
  return { type: 'rich_text', elements: [...elements] };
}

export function paragraph(elements: readonly Inline[]): RichTextSection {
  return { type: 'rich_text_section', elements: [...elements] };
}

export function plain(text: string): RichTextText {
  return { type: 'text', text };
}

export function bold(text: string): RichTextText {
  return { type: 'text', text, style: { bold: true } };
}

export function italic(text: string): RichTextText {
  return { type: 'text', text, style: { italic: true } };
}

export function code(text: string): RichTextText {
  return { type: 'text', text: text === '' ? ' ' : text, style: { code: true } };
}

export function link(text: string, url: string): RichTextLink {
  return { type: 'link', url, text };
}

/** Lines of one paragraph. */
export function joinInlines(lines: readonly (readonly Inline[])[]): readonly Inline[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line]));
}

/** Prose of a rule: text in backticks is code. */
export function prose(text: string): readonly RichTextText[] {
  return prosePieces(text).map((piece) => (piece.isCode ? code(piece.text) : plain(piece.text)));
}

export function preformat(lines: readonly string[]): RichTextPart {
  const text = lines.map(printable).join('\n');
  return { type: 'rich_text_preformatted', elements: [plain(text === '' ? ' ' : text)] };
}

export function bullets(items: readonly (readonly Inline[])[]): RichTextPart {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map(paragraph) };
}

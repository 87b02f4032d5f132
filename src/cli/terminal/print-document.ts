import { readVersion } from '../../platform/observe/version.ts';
import type { Document } from '../../report/documents/document.ts';
import type { Markup } from '../../report/formats/html/markup.ts';
import { usesColour } from './colour.ts';
import { type Io, printData } from './io.ts';

export interface PrintDocumentOptions {
  readonly format?: 'text' | 'markdown' | 'html';
  /** Columns of text; by default those of the terminal, else lines are as long as they are. */
  readonly width?: number;
  /** Of HTML: follows the parts of the document. */
  readonly below?: readonly Markup[];
}

/** Prints a document on standard output. Each format is imported when needed, because all of them take long to load. */
export async function printDocument(
  document: Document,
  { format = 'text', width, below }: PrintDocumentOptions,
  io: Io,
): Promise<void> {
  if (format === 'html') {
    const { renderHtmlDocument } = await import('../../report/formats/html/render-html.ts');
    return await printData(io.stdout, renderHtmlDocument(document, { version: readVersion(), below }));
  }
  if (format === 'markdown') {
    const { renderMarkdownDocument } = await import('../../report/formats/markdown/render-markdown.ts');
    return await printData(io.stdout, renderMarkdownDocument(document));
  }
  const { renderTextDocument } = await import('../../report/formats/text/render-text.ts');
  const { ANSI, PLAIN } = await import('../../report/formats/text/paint.ts');
  const pen = { width: width ?? io.stdout.columns ?? Infinity, paint: usesColour(io) ? ANSI : PLAIN };
  await printData(io.stdout, renderTextDocument(document, pen));
}

import { escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { prosePieces } from '../../documents/printable.ts';

/** Prose as mrkdwn: text in backticks is code, everything else is escaped. */
export function proseText(prose: string): string {
  return prosePieces(prose)
    .map(({ text, isCode }) => (isCode ? inlineCode(text) : escapeMrkdwn(text)))
    .join('');
}

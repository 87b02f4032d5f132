import { escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { printableProse } from '../../documents/printable.ts';

/** Prose as mrkdwn: text in backticks is code, everything else is escaped. */
export function proseText(text: string): string {
  return printableProse(text)
    .split('`')
    .map((piece, index, pieces) =>
      index % 2 === 1 && index < pieces.length - 1 && piece !== '' ? inlineCode(piece) : escapeMrkdwn(piece),
    )
    .join('');
}

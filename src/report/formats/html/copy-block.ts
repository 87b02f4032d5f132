import { printable } from '../../documents/printable.ts';
import { element, joinMarkup, type Markup } from './markup.ts';

/** A value that a person has to choose: `set password <long-random-password>`. Tokens of redaction have a `#`. */
const PLACEHOLDER = /(<[a-z][a-z0-9-]{0,60}>)/;

/**
 * Lines to paste, with a button that copies them if scripts run. `id` is unique in the page. Placeholders become
 * fields then, and the button waits for their values.
 */
export function copyBlock(id: string, lines: readonly string[], what: string): Markup {
  return element(
    'div',
    { class: 'block' },
    element('button', { type: 'button', hidden: true, 'data-copy': id }, `Copy ${what}`),
    element('pre', element('code', { id }, withFields(lines.map(printable).join('\n')))),
  );
}

function withFields(text: string): Markup {
  const pieces = text.split(PLACEHOLDER);
  return joinMarkup(
    pieces.map((piece, index) =>
      index % 2 === 1 ? element('span', { 'data-field': piece.slice(1, -1) }, piece) : piece,
    ),
  );
}

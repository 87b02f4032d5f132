import { printable } from '../../documents/printable.ts';
import { element, type Markup } from './markup.ts';

/** Lines to paste, with a button that copies them if scripts run. `id` is unique in the page. */
export function copyBlock(id: string, lines: readonly string[], what: string): Markup {
  return element(
    'div',
    { class: 'block' },
    element('button', { type: 'button', hidden: true, 'data-copy': id }, `Copy ${what}`),
    element('pre', {}, element('code', { id }, lines.map(printable).join('\n'))),
  );
}

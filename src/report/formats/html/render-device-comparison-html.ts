import type { DeviceComparison } from '../../../engine/diagnosis/changes/compare-devices.ts';
import {
  type ComparedStates,
  comparisonParts,
  comparisonSummary,
} from '../../documents/changes/comparison-parts.ts';
import { printable, printableProse } from '../../documents/printable.ts';
import { madeBy, renderDocument } from './document.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import { VERDICT_TITLES } from './verdict-titles.ts';

/** One document that loads nothing and needs no script. */
export function renderDeviceComparisonHtml(
  comparison: DeviceComparison,
  states: ComparedStates,
  version?: string,
): string {
  const summary = comparisonSummary(comparison, states);
  const parts = comparisonParts(comparison).map(({ title, lines }, index) => {
    const id = `part-${index + 1}`;
    return element(
      'section',
      { 'aria-labelledby': id },
      element('h2', { id }, title),
      element('ul', {}, ...lines.map((line) => element('li', {}, proseMarkup(line)))),
    );
  });
  return renderDocument(summary, [
    element('header', {}, element('h1', {}, summary)),
    element('main', {}, stateTable(states), ...parts),
    element('footer', {}, element('p', {}, madeBy(version))),
  ]);
}

function stateTable({ old, new: now }: ComparedStates): Markup {
  const rows = [
    ['Old', old],
    ['New', now],
  ] as const;
  return element(
    'table',
    {},
    element('caption', {}, 'The two states'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...['State', 'File', 'Result'].map((title) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      ...rows.map(([title, { name, diagnosis }]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, title),
          element('td', {}, printable(name)),
          element(
            'td',
            { class: `verdict ${diagnosis.verdict}` },
            `${VERDICT_TITLES[diagnosis.verdict]}: ${printableProse(diagnosis.headline)}`,
          ),
        ),
      ),
    ),
  );
}

import type { KnownBlock } from '@slack/types';
import type { ComparisonView } from '../../documents/answer/comparison.ts';
import { clipProse, plural, printableProse } from '../../documents/printable.ts';
import { collapsible } from './collapsible.ts';
import { proseText } from './prose-text.ts';
import { bullets, italic, paragraph, plain, prose, richText } from './rich-text.ts';

const TITLES = 4;
const TITLE_LIMIT = 90;

export function comparisonBlock({ summary, groups }: ComparisonView): KnownBlock {
  const items = groups.flatMap(({ label, findings }) => {
    const rest = findings.length - TITLES;
    return [
      ...findings
        .slice(0, TITLES)
        .map(({ title }) => [italic(`${label}: `), ...prose(clipProse(printableProse(title), TITLE_LIMIT))]),
      ...(rest > 0 ? [[italic(`${label}: and ${plural(rest, 'more finding')}`)]] : []),
    ];
  });
  return items.length === 0
    ? richText([paragraph([plain(summary)])])
    : collapsible(summary, [bullets(items)]);
}

/** Same as text without blocks: one line each. */
export function comparisonText({ summary, groups }: ComparisonView): string {
  return [
    `*${summary}*`,
    ...groups.map(({ label, findings }) => {
      const titles = findings
        .slice(0, TITLES)
        .map(({ title }) => proseText(clipProse(printableProse(title), TITLE_LIMIT)));
      const rest = findings.length - titles.length;
      return `${label}: ${titles.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
    }),
  ].join('\n');
}

import type { KnownBlock } from '@slack/types';
import { escapeMrkdwn } from '../../slack/escape.ts';
import type { ComparisonView } from '../comparison.ts';
import { clip, plural, printableProse } from '../printable.ts';
import { bold, bullets, italic, paragraph, prose, richText } from './rich-text.ts';

const TITLES = 4;
const TITLE_LIMIT = 90;

export function comparisonBlock({ summary, groups }: ComparisonView): KnownBlock {
  const items = groups.flatMap(({ label, findings }) => {
    const rest = findings.length - TITLES;
    return [
      ...findings
        .slice(0, TITLES)
        .map(({ title }) => [italic(`${label}: `), ...prose(clip(printableProse(title), TITLE_LIMIT))]),
      ...(rest > 0 ? [[italic(`${label}: and ${plural(rest, 'more finding')}`)]] : []),
    ];
  });
  return richText([paragraph([bold(summary)]), ...(items.length > 0 ? [bullets(items)] : [])]);
}

/** The same for who sees no blocks: one line each. */
export function comparisonText({ summary, groups }: ComparisonView): string {
  return [
    `*${summary}*`,
    ...groups.map(({ label, findings }) => {
      const titles = findings
        .slice(0, TITLES)
        .map(({ title }) => escapeMrkdwn(clip(printableProse(title), TITLE_LIMIT)));
      const rest = findings.length - titles.length;
      return `${label}: ${titles.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
    }),
  ].join('\n');
}

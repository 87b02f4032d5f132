import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { hopNames } from '../next-step-texts.ts';
import { clip, plural, printableProse } from '../printable.ts';
import { groupUnchecked, type Unchecked, withFewCodes } from '../unchecked.ts';
import { collapsible } from './collapsible.ts';
import { bold, bullets, italic, paragraph, plain, prose, richText } from './rich-text.ts';

/** So many checks, for one or two reasons, are said openly; more than that is behind a title. */
const OPENLY = { checks: 5, reasons: 2 };
/** Behind a title there is room for most of them; where the message is full, for a few. */
export const REASONS = { most: 25, few: 6 } as const;
const REASON_LIMIT = 800;
const TITLE_REASON = 80;

export function uncheckedBlocks(checks: Diagnosis['checks'], most: number): readonly KnownBlock[] {
  return [
    ...groupBlocks('Could not be checked', groupUnchecked(checks, 'unknown'), most),
    ...groupBlocks('The evidence contradicts itself', groupUnchecked(checks, 'conflicting'), most),
  ];
}

/** True where even as many as fit are not all; a list of commands that is cut says so, and `missing` has them. */
export function hidesReasons(checks: Diagnosis['checks']): boolean {
  return (['unknown', 'conflicting'] as const).some((verdict) => {
    const groups = groupUnchecked(checks, verdict);
    return (
      groups.length > REASONS.most ||
      groups.some(({ reason }) => withFewCodes(printableProse(reason)).length > REASON_LIMIT)
    );
  });
}

function groupBlocks(title: string, groups: readonly Unchecked[], most: number): readonly KnownBlock[] {
  const [first] = groups;
  if (first === undefined) return [];
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const heading = `${title} (${total})`;
  const list = bullets(itemsOf(groups, most));
  if (total <= OPENLY.checks && groups.length <= OPENLY.reasons) {
    return [richText([paragraph([bold(heading)]), list])];
  }
  const rest = groups.length - 1;
  const more = rest > 0 ? `; ${plural(rest, 'more reason')}` : '';
  return [collapsible(`${heading}: ${titleReason(first)}${more}`, [list])];
}

function itemsOf(groups: readonly Unchecked[], most: number) {
  const items = groups
    .slice(0, most)
    .map(({ reason, count, hops }) => [
      ...prose(shown(reason)),
      plain(` (${plural(count, 'check')} of ${hopNames(hops)})`),
    ]);
  const rest = groups.length - items.length;
  return [...items, ...(rest > 0 ? [[italic(`${plural(rest, 'more reason')} in the attached report`)]] : [])];
}

/** A title is plain text: it can hold no code. */
function titleReason({ reason }: Unchecked): string {
  const text = withFewCodes(printableProse(reason), 1).replaceAll('`', '');
  return text.length <= TITLE_REASON ? text : `${text.slice(0, TITLE_REASON).toWellFormed().trimEnd()}…`;
}

function shown(reason: string): string {
  return clip(withFewCodes(printableProse(reason)), REASON_LIMIT);
}

import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { hopNames, remedyText } from '../../documents/answer/next-step-texts.ts';
import { nextSteps } from '../../documents/answer/next-steps.ts';
import { groupUnchecked, type Unchecked, withFewCodes } from '../../documents/answer/unchecked.ts';
import { clipProse, plural, printableProse } from '../../documents/printable.ts';
import { collapsible } from './collapsible.ts';
import { bullets, italic, plain, prose, type RichTextPart } from './rich-text.ts';

/** The collapsed list has room for most reasons; a full message for few. */
export const REASONS = { max: 25, short: 6 } as const;
const REASON_LIMIT = 800;
const TITLE_REASON = 80;

/** What was not checked and why, collapsed; `next` are the steps that would check more. */
export function uncheckedBlocks(
  diagnosis: Diagnosis,
  max: number,
  next: readonly RichTextPart[],
): readonly KnownBlock[] {
  const { checks } = diagnosis;
  const open = groupUnchecked(checks, 'unknown');
  const contradictory = groupUnchecked(checks, 'conflicting');
  return [
    ...groupBlock('Contradictory', contradictory, max, [], ''),
    ...(open.length === 0 && next.length > 0
      ? [collapsible('If push still fails', next)]
      : groupBlock(
          'Not checked',
          open,
          max,
          next,
          next.length === 0 ? '' : remedyText(nextSteps(diagnosis)),
        )),
  ];
}

/** Whether the list omits reasons; `missing` has all commands of a shortened list. */
export function hidesReasons(checks: Diagnosis['checks']): boolean {
  return (['unknown', 'conflicting'] as const).some((verdict) => {
    const groups = groupUnchecked(checks, verdict);
    return (
      groups.length > REASONS.max ||
      groups.some(({ reason }) => withFewCodes(printableProse(reason)).length > REASON_LIMIT)
    );
  });
}

function groupBlock(
  title: string,
  groups: readonly Unchecked[],
  max: number,
  next: readonly RichTextPart[],
  remedy: string,
): readonly KnownBlock[] {
  const [first] = groups;
  if (first === undefined) return [];
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const why = whyText(first, groups.length - 1);
  return [
    collapsible(`${title} (${total}): ${remedy === '' ? why : remedy}`, [
      bullets(itemsOf(groups, max)),
      ...next,
    ]),
  ];
}

function itemsOf(groups: readonly Unchecked[], max: number) {
  const items = groups
    .slice(0, max)
    .map(({ reason, count, hops }) => [
      ...prose(shown(reason)),
      plain(` (${plural(count, 'check')} of ${hopNames(hops)})`),
    ]);
  const rest = groups.length - items.length;
  return [...items, ...(rest > 0 ? [[italic(`${plural(rest, 'more reason')} in the report`)]] : [])];
}

/** A title without the commands, which are in the collapsed part. */
function whyText(first: Unchecked, rest: number): string {
  if (rest > 0 && /^(?:VDOM \S+: )?the evidence does not /.test(first.reason))
    return 'the evidence does not show enough';
  return `${titleReason(first)}${rest > 0 ? `; ${plural(rest, 'more reason')}` : ''}`;
}

/** A title is plain text and cannot hold code. */
function titleReason({ reason }: Unchecked): string {
  const text = withFewCodes(printableProse(reason), 1).replaceAll('`', '');
  return text.length <= TITLE_REASON ? text : `${text.slice(0, TITLE_REASON).toWellFormed().trimEnd()}…`;
}

function shown(reason: string): string {
  return clipProse(withFewCodes(printableProse(reason)), REASON_LIMIT);
}

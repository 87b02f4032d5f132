import { escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { LIMITS, truncate } from '../../block-kit/limits.ts';
import { type GroupView, groupHeadline, groupLine } from '../../documents/groups/group-view.ts';
import { hasChanges, type SweepChanges } from '../../documents/groups/sweep-changes.ts';
import { list, plural, printableProse } from '../../documents/printable.ts';
import { proseText } from './prose-text.ts';
import { type GroupMessage, renderGroup } from './render-group.ts';

/** The result of a sweep: `root` starts the thread, and is enough to know what changed. */
export interface SweepMessage {
  /** Slack mrkdwn. */
  readonly root: string;
  /** The table: of all devices in a first sweep, later of those with a change. */
  readonly message: GroupMessage;
}

const MAX_LINES = 12;
const TITLE_LIMIT = 120;

/** `changes` is absent for a first sweep. */
export function renderSweep(name: string, view: GroupView, changes: SweepChanges | undefined): SweepMessage {
  if (changes === undefined) {
    const { mark, text } = groupHeadline(view);
    const root = [
      `${mark} *Sweep ${inlineCode(name)}: ${proseText(text)}*`,
      proseText(groupLine(view)),
      'From now on I post what changes.',
    ];
    return { root: root.join('\n'), message: renderGroup(view) };
  }
  const names = new Set(changedNames(changes));
  const rows = view.rows.filter((row) => names.has(row.name));
  return { root: rootOf(name, view, changes), message: renderGroup({ ...view, rows }) };
}

function rootOf(name: string, view: GroupView, changes: SweepChanges): string {
  const { fresh, resolved, unreachable, reachableAgain, skipped } = changes;
  const found = fresh.flatMap(({ findings }) => findings).length;
  const gone = resolved.flatMap(({ titles }) => titles).length;
  const counts = [
    found > 0 ? plural(found, 'new finding') : '',
    gone > 0 ? `${gone} resolved` : '',
    unreachable.length > 0 ? `${unreachable.length} not read` : '',
    reachableAgain.length > 0 ? `${reachableAgain.length} read again` : '',
  ].filter((count) => count !== '');
  const mark = found > 0 ? '🔴' : unreachable.length > 0 ? '🟡' : '🟢';
  const lines = [
    ...fresh.flatMap(({ row, findings }) =>
      findings.map(({ severity, title }) => `• ${inlineCode(row.name)} new, ${severity}: ${short(title)}`),
    ),
    ...unreachable.map((row) => `• ${inlineCode(row.name)} not read: ${short(row.headline)}`),
    ...resolved.flatMap(({ row, titles }) =>
      titles.map((title) => `• ${inlineCode(row.name)} resolved: ${short(title)}`),
    ),
    ...reachableAgain.map((row) => `• ${inlineCode(row.name)} can be read again`),
  ];
  const more = lines.length - MAX_LINES;
  const text = [
    `${mark} *Sweep ${inlineCode(name)}: ${list(counts)}*`,
    proseText(groupLine(view)),
    ...lines.slice(0, MAX_LINES),
    ...(more > 0 ? [`and ${more} more in the thread`] : []),
    ...skippedLines(skipped.length),
  ].join('\n');
  return truncate(text, LIMITS.updateText);
}

function skippedLines(count: number): readonly string[] {
  return count === 0 ? [] : [`${plural(count, 'device')} skipped: in a maintenance window`];
}

function changedNames(changes: SweepChanges): readonly string[] {
  if (!hasChanges(changes)) return [];
  const { fresh, resolved, unreachable, reachableAgain } = changes;
  return [...fresh, ...resolved]
    .map(({ row }) => row.name)
    .concat([...unreachable, ...reachableAgain].map(({ name }) => name));
}

function short(text: string): string {
  return escapeMrkdwn(truncate(printableProse(text).replaceAll('`', ''), TITLE_LIMIT));
}

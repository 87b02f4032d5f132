import type { MemberRow } from '../../../platform/runs/group.ts';
import { truncate } from '../../block-kit/limits.ts';
import { prosePart } from '../../documents/document.ts';
import { type GroupView, groupHeadline, groupLine } from '../../documents/groups/group-view.ts';
import type { SweepChanges } from '../../documents/groups/sweep-changes.ts';
import { placeText } from '../../documents/places.ts';
import { list, plural, printableProse } from '../../documents/printable.ts';
import { fallbackText } from './fallback-text.ts';
import { type GroupMessage, renderGroup } from './render-group.ts';

const MAX_LINES = 12;
const TITLE_LIMIT = 120;

/**
 * The result of a sweep: `root` (mrkdwn) starts the thread, and is enough to know what changed. The table below has all
 * devices of a first sweep, whose `changes` are absent, and later those with a change.
 */
export function renderSweep(
  name: string,
  view: GroupView,
  changes: SweepChanges | undefined,
): { readonly root: string; readonly message: GroupMessage } {
  if (changes === undefined) {
    const { mark, text } = groupHeadline(view);
    const root = rootText(mark, name, text, view, ['From now on I post what changes.']);
    return { root, message: renderGroup(view) };
  }
  const { fresh, resolved, unreachable, reachableAgain } = changes;
  const changed = [...[...fresh, ...resolved].map(({ row }) => row), ...unreachable, ...reachableAgain];
  const names = new Set(changed.map((row) => row.name));
  const rows = view.rows.filter((row) => names.has(row.name));
  return { root: changesText(name, view, changes), message: renderGroup({ ...view, rows }) };
}

function changesText(name: string, view: GroupView, changes: SweepChanges): string {
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
      findings.map(({ severity, title }) => `• ${deviceText(row)} new, ${severity}: ${short(title)}`),
    ),
    ...unreachable.map((row) => `• ${deviceText(row)} not read: ${short(row.headline)}`),
    ...resolved.flatMap(({ row, titles }) =>
      titles.map((title) => `• ${deviceText(row)} resolved: ${short(title)}`),
    ),
    ...reachableAgain.map((row) => `• ${deviceText(row)} can be read again`),
  ];
  const more = lines.length - MAX_LINES;
  return rootText(mark, name, list(counts), view, [
    ...lines.slice(0, MAX_LINES),
    ...(more > 0 ? [`and ${more} more in the thread`] : []),
    ...(skipped.length > 0 ? [`${plural(skipped.length, 'device')} skipped: in a maintenance window`] : []),
  ]);
}

/** `fgt-1` (Northwind, Lyon) */
function deviceText(row: MemberRow): string {
  const place = placeText(row);
  return `\`${row.name}\`${place === '' ? '' : ` (${place})`}`;
}

function rootText(
  mark: string,
  name: string,
  headline: string,
  view: GroupView,
  lines: readonly string[],
): string {
  return fallbackText({
    mark: { light: mark, mark },
    headline: `Sweep \`${name}\`: ${headline}`,
    about: groupLine(view),
    parts: lines.flatMap((line) => prosePart(line)),
  });
}

function short(text: string): string {
  return truncate(printableProse(text).replaceAll('`', ''), TITLE_LIMIT);
}

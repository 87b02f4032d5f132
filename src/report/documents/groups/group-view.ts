import { groupLabel, type MemberRow } from '../../../platform/runs/group.ts';
import { tookText } from '../answer/summary.ts';
import { healthyWord, sortRows } from '../cases/case-row.ts';
import { caseTable } from '../cases/case-table.ts';
import { countLine } from '../cases/count-rows.ts';
import { type Document, prosePart } from '../document.ts';
import { formatNumber, joinTexts, plural } from '../printable.ts';

/** The current state of a check of many devices. */
export interface GroupView {
  readonly runId: string;
  /** Name of the group, or `ALL_DEVICES`. */
  readonly group: string;
  readonly size: number;
  readonly rows: readonly MemberRow[];
  readonly askerName?: string | undefined;
  readonly user?: string | undefined;
  readonly vdom?: string | undefined;
  /** `done` includes a check that was cancelled. */
  readonly state: 'running' | 'done';
  /** Why it ended early, for people. */
  readonly cancelled?: string | undefined;
  readonly tookMs?: number;
}

/** What is known of the devices so far, and their table, the worst first. */
export function createGroupDocument(view: GroupView): Document {
  const { rows } = view;
  const { mark, text } = groupHeadline(view);
  // Of devices in order it is enough to know that they are.
  const shown = sortRows(rows).map((row) => (row.state === 'healthy' ? { ...row, headline: '' } : row));
  return {
    mark: { light: mark, mark },
    headline: text,
    about: groupLine(view),
    parts: [
      ...prosePart(cancelledLine(view), { tone: 'muted' }),
      ...(shown.length === 0 ? [] : [caseTable(shown, { what: 'device' })]),
    ],
  };
}

/** The most important result, in one sentence. */
export function groupHeadline({ rows, size, state }: GroupView) {
  const release = rows.find(({ upgradeTo }) => upgradeTo !== undefined)?.upgradeTo;
  if (state === 'running') {
    const found = countState(rows, 'broken');
    const so = found === 0 ? '' : `, ${formatNumber(found)} ${release === undefined ? 'broken' : 'affected'}`;
    return { mark: '⏳', text: `${formatNumber(rows.length)} of ${plural(size, 'device')} read${so}` };
  }
  if (rows.length === 0) return { mark: '⚪', text: 'No device was read' };
  const broken = countState(rows, 'broken');
  if (broken > 0) {
    const found = release === undefined ? 'A fault was found' : `FortiOS ${release} stops logins`;
    return { mark: '🔴', text: `${found} on ${ofAll(broken, rows)}` };
  }
  const failed = countState(rows, 'failed');
  if (failed > 0) return { mark: '🟡', text: `${ofAll(failed, rows)} could not be read` };
  const unclear = countState(rows, 'inconclusive');
  if (unclear > 0)
    return { mark: '🟡', text: `${ofAll(unclear, rows)}${rows.length === 1 ? ' is' : ''} not clear yet` };
  const fine = rows.filter((row) => row.state === 'healthy');
  if (fine.length === 0) return { mark: '⚪', text: 'No device was read' };
  const where = fine.length === 1 ? ofAll(1, fine) : plural(fine.length, 'device');
  if (release !== undefined)
    return { mark: '🔵', text: `Nothing that was read on ${where} stops with FortiOS ${release}` };
  const words = new Set(fine.map(healthyWord));
  if (words.size === 1 && words.has('works')) return { mark: '🟢', text: `Logins work on ${where}` };
  if (words.size === 1 && words.has('not in use'))
    return { mark: '⚪', text: `Push is not in use on ${where}` };
  return { mark: '🔵', text: `The configuration of ${where} is in order` };
}

/** What was asked, by whom, the counts and the time. Code is in backticks. */
export function groupLine(view: GroupView): string {
  const { group, rows, askerName, user, vdom, tookMs, state } = view;
  const focus = `${user === undefined ? '' : ` for \`${user}\``}${vdom === undefined ? '' : ` in VDOM \`${vdom}\``}`;
  return joinTexts([
    `\`${groupLabel(group)}\``,
    rows.length === 0 || state === 'running' ? '' : countLine(rows, 'device'),
    askerName === undefined ? '' : `asked by ${askerName}${focus}`,
    tookMs === undefined ? '' : tookText(tookMs),
  ]);
}

/** `Cancelled by Ana. 12 of 42 devices were read.` */
function cancelledLine({ cancelled, rows, size }: GroupView): string {
  if (cancelled === undefined) return '';
  if (size === 1) return `${cancelled} ${rows[0] ? `${rows[0].name} was` : 'The device was not'} read.`;
  return `${cancelled} ${formatNumber(rows.length)} of ${plural(size, 'device')} were read.`;
}

function countState(rows: readonly MemberRow[], state: MemberRow['state']): number {
  return rows.filter((row) => row.state === state).length;
}

/** `fgt-branch-07`, `2 of 6 devices`. */
function ofAll(count: number, rows: readonly MemberRow[]): string {
  const [only, other] = rows;
  return only && !other ? only.name : `${formatNumber(count)} of ${plural(rows.length, 'device')}`;
}

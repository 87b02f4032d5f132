import type { ActionsBlock, DataTableBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { MemberRow } from '../../../platform/runs/group.ts';
import { ACTIONS } from '../../block-kit/action-ids.ts';
import { escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { LIMITS, truncate } from '../../block-kit/limits.ts';
import {
  cancelledLine,
  type GroupView,
  groupHeadline,
  groupLine,
  resultWord,
  worstRows,
} from '../../documents/groups/group-view.ts';
import { clipProse, plural, printable, printableProse } from '../../documents/printable.ts';
import { contextBlocks, headlineBlock } from './other-blocks.ts';
import { proseText } from './prose-text.ts';

/** A check of many devices in one message. `text` alone is a usable answer. */
export interface GroupMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The same without a data table, for a workspace without support for it. */
  readonly plainBlocks: readonly KnownBlock[];
}

/** Before the id of the run, in the id of the block with the menu. */
export const GROUP_BLOCK = 'ftm_group:';

const CAUSE_LIMIT = 90;
/** Size of the table's JSON: leaves room for the rest of the message. */
const TABLE_WEIGHT = 8_000;
const PAGE_SIZE = 10;
/** A menu of more devices would need the room of the table: Slack requests its options instead. */
const MAX_MENU = 20;
const TEXT_LINES = 25;

export function renderGroup(view: GroupView): GroupMessage {
  const rows = worstRows(view);
  const { mark, text } = groupHeadline(view);
  const head = [headlineBlock(mark, text), ...contextBlocks(clipProse(groupLine(view), 600))];
  const cancelled = cancelledLine(view);
  const notes = cancelled === undefined ? [] : contextBlocks(clipProse(printableProse(cancelled), 600));
  const controls = controlsOf(view, rows);
  const table = tableOf(rows);
  return {
    text: textOf(view, rows),
    blocks: [...head, ...notes, ...table, ...controls],
    plainBlocks: [...head, ...notes, ...listOf(rows), ...controls],
  };
}

/** Slack mrkdwn: the headline and the worst devices. */
function textOf(view: GroupView, rows: readonly MemberRow[]): string {
  const { mark, text } = groupHeadline(view);
  const cancelled = cancelledLine(view);
  return [
    `${mark} *${proseText(text)}*`,
    proseText(groupLine(view)),
    ...(cancelled === undefined ? [] : [proseText(cancelled)]),
    ...linesOf(rows, TEXT_LINES),
  ].join('\n');
}

/** Rows that need action, one line each; the others are counted. */
function linesOf(rows: readonly MemberRow[], limit: number): readonly string[] {
  const wanted = rows.filter(({ state }) => state !== 'healthy');
  const fine = rows.length - wanted.length;
  const shown = wanted.slice(0, limit);
  const more = wanted.length - shown.length;
  return [
    ...shown.map((row) => `• ${inlineCode(row.name)} ${resultWord(row)}: ${escapeMrkdwn(causeOf(row))}`),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(fine > 0 && wanted.length > 0 ? [`✓ ${plural(fine, 'device')} in order`] : []),
  ];
}

function listOf(rows: readonly MemberRow[]): readonly KnownBlock[] {
  const text = linesOf(rows, TEXT_LINES).join('\n');
  if (text === '') return [];
  return [{ type: 'section', text: { type: 'mrkdwn', text: truncate(text, LIMITS.text) } }];
}

function tableOf(rows: readonly MemberRow[]): readonly KnownBlock[] {
  if (rows.length === 0) return [];
  const lines: DataTableBlock['rows'] = [cells(['Device', 'Result', 'Cause'])];
  let weight = 0;
  for (const row of rows) {
    const line = cells([printable(row.name), resultWord(row), row.state === 'healthy' ? '' : causeOf(row)]);
    weight += JSON.stringify(line).length + 1;
    if (weight > TABLE_WEIGHT || lines.length >= LIMITS.dataTableRows) break;
    lines.push(line);
  }
  const more = rows.length - (lines.length - 1);
  return [
    {
      type: 'data_table',
      caption: more === 0 ? 'Devices, the worst first' : `The worst ${lines.length - 1} devices`,
      page_size: PAGE_SIZE,
      rows: lines,
    },
    ...(more === 0 ? [] : contextBlocks(`${plural(more, 'more device')}: see the attached files`)),
  ];
}

function cells(texts: readonly string[]): DataTableBlock['rows'][number] {
  return texts.map((text) => ({ type: 'raw_text', text: text === '' ? '–' : text }));
}

function causeOf(row: MemberRow): string {
  const more = row.findings.length > 1 ? ` (+${row.findings.length - 1})` : '';
  return `${truncate(printableProse(row.headline).replaceAll('`', ''), CAUSE_LIMIT)}${more}`;
}

function controlsOf({ runId, state }: GroupView, rows: readonly MemberRow[]): readonly KnownBlock[] {
  if (state === 'running') return [{ type: 'actions', elements: [button(ACTIONS.cancel, 'Cancel', runId)] }];
  const read = rows.filter((row) => row.state !== 'skipped');
  if (read.length === 0) return [];
  const menu = {
    action_id: ACTIONS.showDevice,
    placeholder: { type: 'plain_text', text: 'Show a device' },
  } as const;
  const element: ActionsBlock['elements'][number] =
    read.length > MAX_MENU
      ? { type: 'external_select', ...menu, min_query_length: 0 }
      : { type: 'static_select', ...menu, options: read.map((row) => deviceOption(row, runId)) };
  return [{ type: 'actions', block_id: `${GROUP_BLOCK}${runId}`, elements: [element] }];
}

/** Options of the menu: rows whose name contains `query`, the worst first, up to Slack's limit. */
export function deviceOptionsOf(rows: readonly MemberRow[], query: string, runId: string): PlainTextOption[] {
  const wanted = query.trim().toLowerCase();
  return worstRows({ rows })
    .filter(({ state, name }) => state !== 'skipped' && name.toLowerCase().includes(wanted))
    .slice(0, LIMITS.options)
    .map((row) => deviceOption(row, runId));
}

/** The value names the device by its place in the roster. */
function deviceOption(row: MemberRow, runId: string): PlainTextOption {
  const text = truncate(`${printable(row.name)}: ${resultWord(row)}`, LIMITS.optionText);
  return { text: { type: 'plain_text', text }, value: `${row.number}:${runId}` };
}

function button(action: string, label: string, runId: string): ActionsBlock['elements'][number] {
  return { type: 'button', action_id: action, text: { type: 'plain_text', text: label }, value: runId };
}

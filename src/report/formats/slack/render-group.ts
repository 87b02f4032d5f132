import type { ActionsBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { MemberRow } from '../../../platform/runs/group.ts';
import { ACTIONS } from '../../block-kit/action-ids.ts';
import { actions, button, option, section, toPlainText } from '../../block-kit/build-blocks.ts';
import { LIMITS } from '../../block-kit/limits.ts';
import { resultWord, sortRows } from '../../documents/cases/case-row.ts';
import { createGroupDocument, type GroupView } from '../../documents/groups/group-view.ts';
import { printable } from '../../documents/printable.ts';
import { tableTexts } from './fallback-text.ts';
import { renderSlackDocument, type SlackAnswer } from './render-slack.ts';

/** Before the id of the run, in the id of the block with the menu. */
export const GROUP_BLOCK = 'ftm_group:';

/** A menu of more devices would need the room of the table: Slack requests its options instead. */
const MAX_MENU = 20;

/** A check of many devices in one message; `plainBlocks` for a workspace without support for a data table. */
export type GroupMessage = Required<Omit<SlackAnswer, 'full'>>;

export function renderGroup(view: GroupView): GroupMessage {
  const document = createGroupDocument(view);
  const controls = controlsBlocks(view);
  const { text, blocks } = renderSlackDocument(document, controls, { kind: 'follows' });
  const plainBlocks = blocks.filter(({ type }) => type !== 'data_table');
  const list = document.parts.flatMap((part) => (part.kind === 'table' ? tableTexts(part) : []));
  if (list.length > 0) plainBlocks.splice(plainBlocks.length - controls.length, 0, section(list.join('\n')));
  return { text, blocks, plainBlocks };
}

function controlsBlocks({ runId, state, rows }: GroupView): readonly KnownBlock[] {
  if (state === 'running') return [actions(button(ACTIONS.cancel, 'Cancel', runId))];
  const read = sortRows(rows).filter((row) => row.state !== 'skipped');
  if (read.length === 0) return [];
  const menu = { action_id: ACTIONS.showDevice, placeholder: toPlainText('Show a device') };
  const element: ActionsBlock['elements'][number] =
    read.length > MAX_MENU
      ? { type: 'external_select', ...menu, min_query_length: 0 }
      : { type: 'static_select', ...menu, options: read.map((row) => deviceOption(row, runId)) };
  return [{ ...actions(element), block_id: `${GROUP_BLOCK}${runId}` }];
}

/** Options of the menu: rows whose name contains `query`, the worst first, up to Slack's limit. */
export function listDeviceOptions(
  rows: readonly MemberRow[],
  query: string,
  runId: string,
): PlainTextOption[] {
  const wanted = query.trim().toLowerCase();
  return sortRows(rows)
    .filter(({ state, name }) => state !== 'skipped' && name.toLowerCase().includes(wanted))
    .slice(0, LIMITS.options)
    .map((row) => deviceOption(row, runId));
}

/** The value names the device by its place in the roster. */
function deviceOption(row: MemberRow, runId: string): PlainTextOption {
  return option(`${printable(row.name)}: ${resultWord(row)}`, `${row.number}:${runId}`);
}

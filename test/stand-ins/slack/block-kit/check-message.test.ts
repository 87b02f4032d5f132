import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codePoints, LIMITS, truncate } from '../../../../src/report/block-kit/limits.ts';
import { checkMessage, checkViewBlocks } from '../../../../src/stand-ins/slack/block-kit/check-message.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const richText = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'end' }] }],
};
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (text: string, value = 'v') => ({ type: 'button', text: plain(text), action_id: 'a', value });

function codes(blocks: readonly unknown[], text = 'fallback'): readonly string[] {
  return [...new Set(checkMessage({ text, blocks }).map(({ code }) => code))];
}

describe('checkMessage', () => {
  it.each([
    ['section', section('x'.repeat(3000))],
    ['emoji, each one character', section('🔴'.repeat(3000))],
    ['header', { type: 'header', text: plain('x'.repeat(150)) }],
    ['context', { type: 'context', elements: Array.from({ length: 10 }, () => mrkdwn('x')) }],
    ['actions', { type: 'actions', elements: Array.from({ length: 25 }, () => button('Re-check')) }],
    ['divider', { type: 'divider' }],
    ['table', { type: 'data_table', caption: 'x', rows: [[cell('')], [cell('')]] }],
    [
      'rich text',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'end' }] }],
      },
    ],
    ['container', { type: 'container', title: plain('Evidence'), child_blocks: [richText] }],
    [
      'plan',
      {
        type: 'plan',
        title: 'Check',
        tasks: [{ type: 'task_card', task_id: '1', title: 'x', status: 'pending' }],
      },
    ],
    [
      'overflow',
      { ...section('x'), accessory: { type: 'overflow', options: [{ text: plain('x'), value: 'y' }] } },
    ],
  ])('takes a %s within its limits', (_, block) => {
    expect(checkMessage({ text: 'fallback', blocks: [block] })).toEqual([]);
  });

  it.each([
    ['a long section', section('x'.repeat(3001))],
    ['an empty section', section('')],
    ['a section of nothing', { type: 'section' }],
    ['a long header', { type: 'header', text: plain('x'.repeat(151)) }],
    ['a formatted header', { type: 'header', text: mrkdwn('x') }],
    ['a crowded context', { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }],
    ['too many buttons', { type: 'actions', elements: Array.from({ length: 26 }, () => button('x')) }],
    ['a long button', { type: 'actions', elements: [button('x'.repeat(76))] }],
    ['a long value', { type: 'actions', elements: [button('x', 'v'.repeat(2001))] }],
    [
      'a wide table',
      {
        type: 'data_table',
        caption: 'x',
        rows: Array.from({ length: 2 }, () => Array.from({ length: 21 }, () => cell('x'))),
      },
    ],
    [
      'a long table',
      { type: 'data_table', caption: 'x', rows: Array.from({ length: 102 }, () => [cell('x')]) },
    ],
    ['a block that the bot does not send', { type: 'carousel', elements: [] }],
    ['a block nobody knows', { type: 'toast', text: plain('x') }],
    ['a property nobody knows', { ...section('x'), colour: 'red' }],
    [
      'a container in a container',
      { type: 'container', title: plain('x'), child_blocks: [{ type: 'container', child_blocks: [] }] },
    ],
    ['a long id', { ...section('x'), block_id: 'x'.repeat(256) }],
    ['no block at all', null],
  ])('finds %s', (_, block) => {
    expect(codes([block])).toContain('invalid_blocks');
  });

  it('says where', () => {
    const violations = checkMessage({ text: 'x', blocks: [section('x'), section('')] });
    expect(violations.map(({ path }) => path)).toEqual(['/blocks/1/text/text']);
  });

  it('counts blocks, weighs them, and wants ids once and a fallback text', () => {
    expect(codes(Array.from({ length: 50 }, () => section('x')))).toEqual([]);
    expect(codes(Array.from({ length: 51 }, () => section('x')))).toEqual(['invalid_blocks']);
    expect(codes(Array.from({ length: 5 }, () => section('x'.repeat(2900))))).toEqual([
      'msg_blocks_too_long',
    ]);
    expect(codes([section('x')], '')).toEqual(['no_text']);
    expect(codes([], 'x'.repeat(40_001))).toEqual(['msg_too_long']);
    const twice = { ...section('x'), block_id: 'same' };
    expect(codes([twice, twice])).toEqual(['invalid_blocks']);
  });

  it('allows a hundred blocks in a view', () => {
    expect(checkViewBlocks(Array.from({ length: 100 }, () => section('x')))).toEqual([]);
    expect(checkViewBlocks(Array.from({ length: 101 }, () => section('x')))).not.toEqual([]);
  });
});

describe('truncate', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['a longer text', 5, 'a lo…'],
    ['🔴🔴🔴🔴', 3, '🔴🔴…'],
  ])('%s to %i', (text, limit, expected) => {
    expect(truncate(text, limit)).toBe(expected);
    expect(codePoints(truncate(text, limit))).toBeLessThanOrEqual(limit);
  });
});

const registry = new URL('../../../../../shared/corpus/block-kit/limits.json', import.meta.url);
const hasRegistry = existsSync(registry);
if (!hasRegistry) console.info('skipped: the Block Kit limits registry is not beside this checkout');

describe.skipIf(!hasRegistry)('LIMITS', () => {
  it('agrees with the published registry', () => {
    const known = JSON.parse(readFileSync(registry, 'utf8'));
    expect(LIMITS).toMatchObject({
      text: known.section.text.max_length,
      header: known.header.text.max_length,
      contextElements: known.context.elements.max_items,
      actionsElements: known.actions.elements.max_items,
      buttonText: known.button.text.max_length,
      buttonValue: known.button.value.max_length,
      optionText: known.option.text.max_length,
      optionValue: known.option.value.max_length,
      options: known.select.options.max_items,
      overflowOptions: known.overflow.options.max_items,
      choiceOptions: known.checkboxes.options.max_items,
      placeholder: known.select.placeholder.max_length,
      tableColumns: known.data_table.columns.max_items,
      containerTitle: known.container.title.max_length,
      containerBlocks: known.container.child_blocks.max_items,
      inputLabel: known.input.label.max_length,
      viewBlocks: known.view.blocks.max_items,
      blockId: known.block_id.max_length,
      actionId: known.action_id.max_length,
    });
    // Slack's own page of data_table says 101 rows, the registry 201: we keep to the smaller.
    expect(LIMITS.dataTableRows).toBeLessThanOrEqual(known.data_table.rows.max_items);
  });
});

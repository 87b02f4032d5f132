import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberRow } from '../../../../src/platform/runs/group.ts';
import type { GroupView } from '../../../../src/report/documents/groups/group-view.ts';
import { listDeviceOptions, renderGroup } from '../../../../src/report/formats/slack/render-group.ts';
import { checkMessage } from '../../../../src/stand-ins/slack/block-kit/check-message.ts';

const STATES = ['broken', 'healthy', 'inconclusive', 'failed', 'skipped'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

function row(number: number, state: MemberRow['state'], more: Partial<MemberRow> = {}): MemberRow {
  const findings =
    state === 'broken'
      ? [{ rule: 'push-disabled', severity: 'high', confidence: 'certain', title: 'Push is off' } as const]
      : [];
  return { number, name: `fgt-${number}`, state, headline: `Headline of ${number}`, findings, ...more };
}

function view(rows: readonly MemberRow[], more: Partial<GroupView> = {}): GroupView {
  return {
    runId: 'run-1',
    group: 'branches',
    size: rows.length,
    rows,
    state: 'done',
    askerName: 'Ana',
    ...more,
  };
}

function tableRows(blocks: readonly object[]): readonly string[] {
  const table = blocks.find((block) => 'type' in block && block.type === 'data_table') as
    | { readonly rows: readonly (readonly { readonly text: string }[])[] }
    | undefined;
  return table?.rows.map((cells) => cells.map(({ text }) => text).join(' | ')) ?? [];
}

describe('the table of a group', () => {
  it('has the worst devices first, one line each', () => {
    const low = { rule: 'a', severity: 'low', confidence: 'certain', title: 'A' } as const;
    const { blocks, text } = renderGroup(
      view([
        row(0, 'healthy'),
        row(1, 'failed'),
        row(2, 'broken'),
        row(3, 'broken', { findings: [{ ...low, severity: 'critical' }, low] }),
        row(4, 'inconclusive'),
        row(5, 'skipped', { headline: 'In a maintenance window' }),
      ]),
    );
    expect(tableRows(blocks)).toEqual([
      'Device | Result | Cause',
      'fgt-3 | critical | Headline of 3 (+1)',
      'fgt-2 | high | Headline of 2',
      'fgt-1 | not read | Headline of 1',
      'fgt-4 | not clear | Headline of 4',
      'fgt-5 | skipped | In a maintenance window',
      'fgt-0 | in order | –',
    ]);
    expect(text.split('\n')).toEqual([
      '🔴 *A fault was found on 2 of 6 devices*',
      '`group:branches` · 6 devices: 2 broken, 1 not read, 1 not clear, 1 skipped, 1 in order · asked by Ana',
      '• `fgt-3` critical: Headline of 3 (+1)',
      '• `fgt-2` high: Headline of 2',
      '• `fgt-1` not read: Headline of 1',
      '• `fgt-4` not clear: Headline of 4',
      '• `fgt-5` skipped: In a maintenance window',
      '✓ 1 device in order',
    ]);
  });

  it.each<[string, readonly MemberRow['state'][], string]>([
    ['all fine', ['healthy', 'healthy'], '🔵 The configuration of 2 devices is in order'],
    ['one fine', ['healthy'], '🔵 The configuration of fgt-0 is in order'],
    ['one not read', ['failed'], '🟡 fgt-0 could not be read'],
    ['one not clear', ['inconclusive'], '🟡 fgt-0 is not clear yet'],
    ['one fine, one skipped', ['skipped', 'healthy'], '🔵 The configuration of fgt-1 is in order'],
    ['one broken', ['broken'], '🔴 A fault was found on fgt-0'],
    ['one of two not read', ['healthy', 'failed'], '🟡 1 of 2 devices could not be read'],
    ['one of two not clear', ['healthy', 'inconclusive'], '🟡 1 of 2 devices not clear yet'],
    ['all skipped', ['skipped'], '⚪ No device was read'],
    ['none', [], '⚪ No device was read'],
  ])('says in its headline: %s', (_, states, headline) => {
    const { blocks } = renderGroup(view(states.map((state, number) => row(number, state))));
    expect(blocks[0]).toMatchObject({ type: 'header', text: { text: headline } });
  });

  it('says how far it is, with a button to cancel', () => {
    const { blocks, text } = renderGroup(
      view([row(0, 'broken'), row(1, 'healthy')], { size: 9, state: 'running' }),
    );
    expect(text).toContain('⏳ *2 of 9 devices read, 1 broken*');
    expect(JSON.stringify(blocks.at(-1))).toContain('"Cancel"');
  });

  it('counts affected devices, not broken ones, where an upgrade is in question', () => {
    const rows = [row(0, 'broken'), row(1, 'healthy')].map((each) => ({ ...each, upgradeTo: '7.6.3' }));
    expect(renderGroup(view(rows, { size: 9, state: 'running' })).text).toContain(
      '⏳ *2 of 9 devices read, 1 affected*',
    );
    expect(renderGroup(view(rows)).text).toContain('🔴 *FortiOS 7.6.3 stops logins on 1 of 2 devices*');
  });

  it('offers every device that was read', () => {
    const few = renderGroup(view([row(0, 'broken'), row(1, 'skipped'), row(2, 'healthy')]));
    expect(few.blocks.at(-1)).toMatchObject({
      elements: [{ type: 'static_select', options: [{ value: '0:run-1' }, { value: '2:run-1' }] }],
    });
    const rows = Array.from({ length: 30 }, (_, number) => row(number, number === 29 ? 'broken' : 'healthy'));
    expect(renderGroup(view(rows)).blocks.at(-1)).toMatchObject({ elements: [{ type: 'external_select' }] });
    expect(listDeviceOptions(rows, '', 'run-1')[0]?.text.text).toBe('fgt-29: high');
    expect(listDeviceOptions(rows, 'T-2', 'run-1')).toHaveLength(11);
  });

  it('names the worst of 500 devices, and counts the others', () => {
    const rows = Array.from({ length: 500 }, (_, number) => row(number, number < 400 ? 'broken' : 'healthy'));
    const { text } = renderGroup(view(rows));
    expect(text.split('\n').slice(-3)).toEqual([
      '• `fgt-12` high: Headline of 12',
      'and 375 more',
      '✓ 100 devices in order',
    ]);
    expect(listDeviceOptions(rows, '', 'run-1')).toHaveLength(100);
  });

  it('fits into what Slack takes, for any number of devices', () => {
    const foreign = fc.string({ unit: 'grapheme', maxLength: 300 });
    const anyRow = fc.record({
      state: fc.constantFrom(...STATES),
      headline: foreign,
      severity: fc.constantFrom(...SEVERITIES),
      count: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 500, size: 'max' }),
        fc.constantFrom<GroupView['state']>('running', 'done'),
        fc.option(foreign, { nil: undefined }),
        (rows, state, cancelled) => {
          const members = rows.map(({ severity, count, headline, state: each }, number) =>
            row(number, each, {
              name: `fgt-${'x'.repeat(56)}-${number}`,
              headline,
              findings: Array.from({ length: count }, () => ({
                rule: 'a',
                severity,
                confidence: 'certain' as const,
                title: headline,
              })),
            }),
          );
          const message = renderGroup(view(members, { state, cancelled, size: 500 }));
          expect(checkMessage(message)).toEqual([]);
          expect(checkMessage({ text: message.text, blocks: message.plainBlocks })).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

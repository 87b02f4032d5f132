import { describe, expect, it } from 'vitest';
import type {
  DeviceChange,
  DeviceComparison,
} from '../../../../src/engine/diagnosis/changes/compare-devices.ts';
import {
  type ComparedStates,
  createComparisonDocument,
} from '../../../../src/report/documents/changes/comparison.ts';
import { renderMarkdownDocument } from '../../../../src/report/formats/markdown/render-markdown.ts';
import { PLAIN } from '../../../../src/report/formats/text/paint.ts';
import { renderTextDocument } from '../../../../src/report/formats/text/render-text.ts';
import { EVERYTHING_BROKEN, HEALTHY } from '../../fixtures.ts';

const STATES = {
  old: { name: 'old.conf', diagnosis: HEALTHY },
  new: { name: 'new.conf', diagnosis: EVERYTHING_BROKEN },
};
const EMPTY: DeviceComparison = {
  findings: { appeared: [], fixed: [], same: [], unseen: [] },
  changes: [],
  notCompared: [],
};

function change(more: Partial<DeviceChange>): DeviceChange {
  return {
    area: 'other',
    kind: 'changed',
    fact: 'dns',
    place: 'system dns',
    evidence: { old: [], new: [] },
    rules: [],
    ...more,
  };
}

const renderText = (comparison: DeviceComparison, states: ComparedStates) =>
  renderTextDocument(createComparisonDocument(comparison, states), { width: 120, paint: PLAIN });

/** Without the headline and the two states. */
const render = (more: Partial<DeviceComparison>) =>
  renderText({ ...EMPTY, ...more }, STATES)
    .split('\n')
    .slice(5);

describe('what changed', () => {
  it('is no more than the two states where nothing did', () => {
    expect(renderText(EMPTY, STATES).split('\n')).toEqual([
      'old.conf compared with new.conf: 0 new findings, 0 gone, 0 unchanged, 0 changes',
      '',
      `✓ Old  old.conf  ${HEALTHY.headline}`,
      expect.stringMatching(/^✗ New {2}new\.conf {2}\S/),
    ]);
  });

  it.each<[string, Partial<DeviceChange>, string]>([
    [
      'a value',
      { setting: { name: 'primary', before: '192.0.2.1', after: '192.0.2.2' } },
      'primary changed from 192.0.2.1 to 192.0.2.2 (config system dns)',
    ],
    [
      'a new value',
      { setting: { name: 'primary', before: '', after: '192.0.2.2' } },
      'primary was set to 192.0.2.2 (config system dns)',
    ],
    [
      'a value that is gone',
      { setting: { name: 'primary', before: '192.0.2.1', after: '' } },
      'primary was removed (it was 192.0.2.1) (config system dns)',
    ],
    [
      'what no configuration holds',
      { place: '', setting: { name: 'FortiOS', before: '7.4.8', after: '7.4.9' } },
      'FortiOS changed from 7.4.8 to 7.4.9',
    ],
    [
      'an entry',
      { kind: 'added', place: 'firewall vip mail', vdom: 'guests' },
      'config firewall vip mail, VDOM guests was added',
    ],
  ])('names %s', (_, more, text) => {
    expect(render({ changes: [change(more)] })).toEqual(['Changes', `- ${text}`]);
  });

  it('tells new, gone, unseen and unchanged findings apart, after the changes that new ones point to', () => {
    const [first, second, third, fourth] = EVERYTHING_BROKEN.findings;
    if (!first || !second || !third || !fourth) throw new Error('the fixture has four findings');
    const findings = { appeared: [first], fixed: [second], unseen: [third], same: [fourth] };
    const setting = { name: 'primary', before: '192.0.2.1', after: '192.0.2.2' };
    const changes = [change({ setting, rules: [first.rule] }), change({ setting })];
    const lines = render({ findings, changes, notCompared: [{ what: 'HA members', side: 'both' }] });
    expect(lines.filter((line) => line !== '' && !/^[- ] /.test(line))).toEqual([
      'Changes that new findings point to',
      'New findings',
      'Gone',
      'Found before, not visible now',
      'Unchanged findings',
      'Other changes',
      'Not compared',
    ]);
    expect(lines[1]).toBe(`- primary changed from 192.0.2.1 to 192.0.2.2 (config system dns): ${first.rule}`);
    expect(lines.at(-1)).toBe('- neither state shows HA members');
  });

  it('counts by area what is more than a screen', () => {
    const many = Array.from({ length: 24 }, () => change({}));
    const users = Array.from({ length: 3 }, () => change({ area: 'users' }));
    const lines = render({ changes: [...many, ...users, change({ area: 'ha' })] });
    expect(lines).toHaveLength(27);
    expect(lines.at(-1)).toBe('- 3 more changes: 2 of users and groups and 1 of HA');
  });

  it('lets nothing from outside act', () => {
    const setting = { name: 'primary', before: '\u001b[31m', after: '<b>@here | x\nsecond' };
    const comparison = { ...EMPTY, changes: [change({ setting })] };
    const states = { ...STATES, old: { ...STATES.old, name: 'old\u001b[2J.conf' } };
    const text = renderText(comparison, states);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n')).toHaveLength(7);
    const markdown = renderMarkdownDocument(createComparisonDocument(comparison, states));
    expect(markdown).not.toContain('\u001b');
    expect(markdown).not.toMatch(/<b>|@here/);
    expect(markdown.split('\n')).toHaveLength(10);
  });
});

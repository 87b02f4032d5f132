import { expect, it } from 'vitest';
import { diagnoseText } from '../../../support/diagnose-text.ts';

const OFF = [
  'fgt-3 # show full-configuration system ftm-push',
  'config system ftm-push',
  '    set status disable',
  'end',
];
const fixOf = (words: string) => {
  const { device, findings } = diagnoseText([words, '', ...OFF, ''].join('\n'));
  return { mode: device.vdomMode, note: findings[0]?.fix.note ?? '' };
};

it.each([
  'FGT-100F 7.2.9, single VDOM, push broken',
  'Push fails. No VDOMs.',
  'VDOMs: disabled',
  'Gerät ohne VDOMs, Push geht nicht',
])('a person says that there are no VDOMs: %s', (words) => {
  const { mode, note } = fixOf(words);
  expect(mode).toBe('single');
  expect(note).not.toContain('With VDOMs');
});

it.each(['push fails in one VDOM only', 'which VDOM?', 'there is no VDOM edge'])(
  'other words on VDOMs say nothing: %s',
  (words) => {
    expect(fixOf(words).mode).toBeUndefined();
    expect(fixOf(words).note).toContain('With VDOMs');
  },
);

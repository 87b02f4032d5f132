import { describe, expect, it } from 'vitest';
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

describe('the release that a person names beside the evidence', () => {
  const versionIn = (words: string) => diagnoseText([words, '', ...OFF, ''].join('\n')).device.version;

  it.each([
    'Push broken. FortiGate 60F en 7.0.15.',
    'FGT-200F 7.0.15, single VDOM',
    'our FortiGate 100F runs FortiOS 7.0.15 and no push arrives',
  ])('is that of the device: %s', (words) => {
    expect(versionIn(words)).toBe('7.0.15');
  });

  it.each([
    'FortiGate 60F 7.0.15 -> 7.2.8, since then no push',
    'FortiGate 60F on 7.0.15, FortiClient 7.2.4',
    'It is fixed in 7.0.15.',
    'FortiGate 60F on 7.0.15 or 7.2.8',
    '1: 2026-03-02 09:02:02 <00391> firmware FortiGate-100F v7.0.15,build2731b2731,250120 (GA.M)',
  ])('is left open: %s', (words) => {
    expect(versionIn(words)).toBeUndefined();
  });
});

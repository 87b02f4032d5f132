import { expect, it } from 'vitest';
import {
  atLeast,
  compareVersions,
  formatVersion,
  parseVersion,
} from '../../../src/engine/fortios/version.ts';

it.each([
  ['FortiGate-60F v7.4.8,build2795,250523 (GA.M)', { major: 7, minor: 4, patch: 8, build: 2795 }],
  ['v7.0.13,build0566,231024', { major: 7, minor: 0, patch: 13, build: 566 }],
  ['7.6.4', { major: 7, minor: 6, patch: 4 }],
  ['no version', undefined],
  ['7.4', undefined],
])('parseVersion(%j)', (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

it.each([
  ['6.4.9', '6.4.10', -1],
  ['6.4.10', '6.4.10', 0],
  ['7.0.0', '6.4.10', 1],
  ['7.10.0', '7.9.9', 1],
])('compares %s with %s by number', (a, b, sign) => {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  expect(left && right && Math.sign(compareVersions(left, right))).toBe(sign);
});

it('knows what a release brought', () => {
  const version = parseVersion('7.4.1');
  expect(version && atLeast(version, '7.4.1')).toBe(true);
  expect(version && atLeast(version, '7.4.2')).toBe(false);
  expect(version && formatVersion(version)).toBe('7.4.1');
});

it('refuses a bound that is no version', () => {
  expect(() => atLeast({ major: 7, minor: 0, patch: 0 }, '7.x')).toThrow('not a FortiOS version');
});

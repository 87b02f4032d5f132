import { expect, it } from 'vitest';
import { appendUnpacked, mentions, parseExported } from '../../../src/platform/store/stored-keys.ts';

it.each([
  ['fgt-1', 'fgt-1 is up', true],
  ['fgt-1', '"fgt-1"', true],
  ['fgt-1', 'about fgt-1.', true],
  ['fgt-1', 'a\\nfgt-1\\nb', true],
  ['fgt-1', 'fgt-10', false],
  ['fgt-1', 'fgt-1.example.com', false],
  ['fgt-1', 'old-fgt-1', false],
  ['fgt-1', 'fgt-1_b', false],
  ['a"b', JSON.stringify({ user: 'a"b' }), true],
  ['U0CARLA', 'run-7.U0CARLA.1700', true],
  ['U0CARLA', 'direct_U0CARLA-1', true],
  ['U0CARLA', 'U0CARLAX', false],
  ['U0CARLA', 'u0carla', false],
  ['FGT-1', 'alert-check:fgt-1', true],
  ['fgt-1', '{"alias":"FGT-1"}', true],
])('%j stands in %j: %s', (name, text, expected) => {
  expect(mentions(text, [name])).toBe(expected);
});

it('takes what is not packed as it is', () => {
  expect(parseExported('H4sI-not-packed')).toBe('H4sI-not-packed');
  expect(appendUnpacked('H4sIAAAAAAAAAAAAAAAAAAAAAAAAA')).toContain('H4sIAAAA');
});

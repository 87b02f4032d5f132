import { expect, it } from 'vitest';
import { coversEverything, parseIpv4Range, publicCount } from '../../../src/engine/fortios/ipv4-ranges.ts';

it.each([
  ['192.0.2.7', 1],
  ['192.0.2.7/24', 256],
  ['192.0.2.0 255.255.255.128', 128],
  ['192.0.2.0/255.255.255.0', 256],
  ['192.0.2.10-192.0.2.19', 10],
  ['10.0.0.0/8', 0],
  ['9.255.255.0-10.0.0.255', 256],
  ['0.0.0.0 0.0.0.0', 2 ** 32 - (2 ** 24 + 2 ** 20 + 2 ** 16 + 2 ** 22 + 2 ** 16 + 2 ** 24)],
])('%s holds %i public addresses', (text, count) => {
  const range = parseIpv4Range(text);
  expect(range && publicCount([range])).toBe(count);
});

it.each(['', 'all', '192.0.2.0/33', '192.0.2.9-192.0.2.1', '192.0.2.0 255.0.255.0', '1-2-3'])(
  '%j is no range',
  (text) => expect(parseIpv4Range(text)).toBeUndefined(),
);

it('counts what two ranges share once', () => {
  const texts = ['192.0.2.0/24', '192.0.2.128/25', '192.0.2.0-192.0.2.9'];
  const ranges = texts.map((text) => parseIpv4Range(text)).filter((range) => range !== undefined);
  expect(publicCount(ranges)).toBe(256);
});

it.each([
  [['0.0.0.0/1', '128.0.0.0/1'], true],
  [['0.0.0.0/1', '128.0.0.0/2'], false],
])('%j covers everything: %s', (texts, expected) => {
  const ranges = texts.map((text) => parseIpv4Range(text)).filter((range) => range !== undefined);
  expect(coversEverything(ranges)).toBe(expected);
});

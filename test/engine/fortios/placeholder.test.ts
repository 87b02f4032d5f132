import { expect, it } from 'vitest';
import { findPlaceholder, withoutPlaceholders } from '../../../src/engine/fortios/placeholder.ts';

it.each([
  ['<ddns-fqdn>', '<ddns-fqdn>'],
  ['<public IP or FQDN>', '<public IP or FQDN>'],
  ['https://<fqdn>:4433', '<fqdn>'],
  ['<wan-interface>', '<wan-interface>'],
  ['<enable | disable>', '<enable | disable>'],
])('%s holds a placeholder', (value, found) => {
  expect(findPlaceholder(value)).toBe(found);
});

it.each(['push.example.net', '<serial#1>', '<redacted>', '<IP removed>', 'a < b > c', '', '<>', '<10>'])(
  '%j holds none',
  (value) => {
    expect(findPlaceholder(value)).toBeUndefined();
  },
);

it.each([
  [
    ['ana', '<user>', 'ben'],
    ['ana', 'ben'],
  ],
  [['<public', 'ip>'], []],
  [
    ['198.51.100.10', '255.255.255.0'],
    ['198.51.100.10', '255.255.255.0'],
  ],
])('of %j stays %j', (values, kept) => {
  expect(withoutPlaceholders(values)).toEqual(kept);
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isIpAddress,
  isPrivateAddress,
  maskToPrefix,
  parseIpv4,
} from '../../../src/engine/fortios/address.ts';

describe('isPrivateAddress', () => {
  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.99',
    '100.64.0.1',
    '100.127.255.255',
    '169.254.1.1',
    '127.0.0.1',
    '::1',
    '0:0:0:0:0:0:0:1',
    'fc00::1',
    'fd12:3456::1',
    'FE80::1',
    'febf::1',
    '::ffff:10.1.2.3',
    '::ffff:0a01:0203',
  ])('takes %s for private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '198.51.100.10',
    '203.0.113.1',
    '192.0.2.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '11.0.0.1',
    '2001:db8::1',
    'fec0::1',
    'fb00::1',
    '::ffff:198.51.100.1',
    '::2',
    'vpn.example.com',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1/24',
    '',
    'fd12',
    '<serial#1>',
  ])('does not take %j for private', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe('isIpAddress', () => {
  it.each([
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '2001:db8::',
    '1:2:3:4:5:6:7:8',
    '::ffff:192.0.2.1',
    '[2001:db8::1]',
  ])('accepts %s', (text) => {
    expect(isIpAddress(text)).toBe(true);
  });

  it.each([
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.999',
    'a.b.c.d',
    '1::2::3',
    '1:2:3',
    '1:2:3:4:5:6:7:8:9',
    'fe80::1%eth0',
    ':',
    '::g',
    '[192.0.2.1]',
    '[2001:db8::1]:4433',
  ])('refuses %s', (text) => {
    expect(isIpAddress(text)).toBe(false);
  });
});

it('reads back every IPv4 address', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (bits) => {
      const text = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
      expect(parseIpv4(text)).toBe(bits);
    }),
  );
});

it.each([
  ['255.255.255.255', 32],
  ['255.255.255.240', 28],
  ['0.0.0.0', 0],
  ['255.0.255.0', undefined],
  ['24', undefined],
])('maskToPrefix(%s) is %s', (mask, expected) => {
  expect(maskToPrefix(mask)).toBe(expected);
});

it('reads only four decimal numbers up to 255', () => {
  const text = fc.string({
    unit: fc.constantFrom('0', '1', '2', '5', '6', '9', '.', ' ', '-', '٣'),
    maxLength: 17,
  });
  const nearly = fc.array(fc.nat(999), { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(fc.oneof(text, nearly), (each) => {
      const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(each)?.slice(1).map(Number);
      const expected = parts?.every((part) => part <= 255)
        ? parts.reduce((sum, part) => sum * 256 + part, 0)
        : undefined;
      expect(parseIpv4(each)).toBe(expected);
    }),
  );
});

import { isIPv4, isIPv6 } from 'node:net';
import type { TrustedHost } from './account-recipe.ts';

/** `192.0.2.0/24`, `2001:db8::/64`, or one address; `undefined` for anything else. */
export function parseTrustedHost(text: string): TrustedHost | undefined {
  const [, address = '', bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (isIPv4(address)) {
    const length = Number(bits ?? 32);
    if (length > 32) return undefined;
    const mask = maskOf(length);
    return { family: 4, address: dotted(numberOf(address) & mask), mask: dotted(mask) };
  }
  if (isIPv6(address) && Number(bits ?? 128) <= 128)
    return { family: 6, prefix: `${address}/${bits ?? 128}` };
  return undefined;
}

function maskOf(length: number): number {
  return length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

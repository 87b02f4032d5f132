import { maskToPrefix, PRIVATE_RANGES, parseIpv4 } from './address.ts';

/** First and last IPv4 address of a range, both included, as unsigned 32-bit numbers. */
export type Ipv4Range = readonly [first: number, last: number];

const TOP = 2 ** 32 - 1;

/** `192.0.2.1`, `192.0.2.0/24`, `192.0.2.0 255.255.255.0` or `192.0.2.1-192.0.2.9`; `undefined` for anything else. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  const [first = '', last, ...more] = text.split(/\s*-\s*/);
  if (more.length > 0) return undefined;
  if (last !== undefined) return between(parseIpv4(first), parseIpv4(last));
  const [base = '', mask, ...rest] = first.trim().split(/\s+|\//);
  const from = parseIpv4(base);
  if (from === undefined || rest.length > 0) return undefined;
  const prefix = mask === undefined ? 32 : prefixLength(mask);
  if (prefix === undefined) return undefined;
  const size = 2 ** (32 - prefix);
  const network = Math.floor(from / size) * size;
  return [network, network + size - 1];
}

/** `192.0.2.0-192.0.2.255`. */
export function formatIpv4Range([first, last]: Ipv4Range): string {
  const dotted = (address: number) => [24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join('.');
  return `${dotted(first)}-${dotted(last)}`;
}

export function contains(ranges: readonly Ipv4Range[], address: number): boolean {
  return ranges.some(([first, last]) => first <= address && address <= last);
}

export function coversEverything(ranges: readonly Ipv4Range[]): boolean {
  return countAddresses(ranges) > TOP;
}

/** Number of addresses in the ranges that the Internet routes, from which a phone may call. */
export function publicCount(ranges: readonly Ipv4Range[]): number {
  return countAddresses([...ranges, ...PRIVATE_RANGES]) - countAddresses(PRIVATE_RANGES);
}

/** Counts each address once, even if several ranges contain it. */
export function countAddresses(ranges: readonly Ipv4Range[]): number {
  let count = 0;
  let next = 0;
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (last < next) continue;
    count += last - Math.max(first, next) + 1;
    next = last + 1;
  }
  return count;
}

function between(first: number | undefined, last: number | undefined): Ipv4Range | undefined {
  return first === undefined || last === undefined || first > last ? undefined : [first, last];
}

function prefixLength(mask: string): number | undefined {
  if (mask.includes('.')) return maskToPrefix(mask);
  return /^\d{1,2}$/.test(mask) && Number(mask) <= 32 ? Number(mask) : undefined;
}

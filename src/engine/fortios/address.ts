/** How FortiOS prints an IPv4 address that is not set. */
export const UNSET_IPV4 = '0.0.0.0';

/** An IPv4 network: base address and prefix length. */
type Network = readonly [base: string, prefix: number];

/**
 * Addresses that a phone on the Internet cannot reach: RFC 1918, RFC 6598 (carrier NAT), RFC 3927 (link-local),
 * loopback. Documentation ranges (RFC 5737, RFC 3849) count as public addresses in this product.
 */
const PRIVATE_NETWORKS: readonly Network[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
];

/** Characters of `255.255.255.255`. */
const MAX_IPV4_LENGTH = 15;
const ZERO = 48;
const DOT = 46;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** Characters of `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const MAX_IPV6_LENGTH = 45;

/** The address as an unsigned 32-bit number; `undefined` for anything but four decimal parts up to 255. */
export function parseIpv4(text: string): number | undefined {
  if (text.length > MAX_IPV4_LENGTH) return undefined;
  let address = 0;
  let parts = 1;
  let part = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || parts === 4) return undefined;
      address = address * 256 + part;
      parts += 1;
      part = 0;
      digits = 0;
      continue;
    }
    if (code < ZERO || code > ZERO + 9) return undefined;
    part = part * 10 + code - ZERO;
    digits += 1;
    if (digits > 3 || part > 255) return undefined;
  }
  return parts === 4 && digits > 0 ? address * 256 + part : undefined;
}

/** The eight 16-bit groups; `undefined` for anything else, a mask or a zone included. */
function parseIpv6(text: string): readonly number[] | undefined {
  if (text.length > MAX_IPV6_LENGTH || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map(readGroups);
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (!tail || head.length + tail.length > 7) return undefined;
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** `fe80:0:1` or `ffff:192.0.2.1`; an empty text has no groups. */
function readGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const embedded = parseIpv4(parts.at(-1) ?? '');
  const words = embedded === undefined ? parts : parts.slice(0, -1);
  if (!words.every((word) => GROUP.test(word))) return undefined;
  const groups = words.map((word) => Number.parseInt(word, 16));
  return embedded === undefined ? groups : [...groups, Math.floor(embedded / 65_536), embedded % 65_536];
}

/** IPv4, or IPv6 with or without brackets; without mask, port or zone. */
export function isIpAddress(text: string): boolean {
  return parseIpv4(text) !== undefined || isIpv6Address(text);
}

/** Compares two spellings of an address; false if one of them is not an address. */
export function sameAddress(one: string, other: string): boolean {
  const spelt = (text: string) => parseIpv4(text) ?? parseIpv6(text.replace(/^\[(.*)\]$/, '$1'))?.join(':');
  return spelt(one) !== undefined && spelt(one) === spelt(other);
}

export function isIpv6Address(text: string): boolean {
  return parseIpv6(text.replace(/^\[(.*)\]$/, '$1')) !== undefined;
}

/** True for an IPv4 or IPv6 address that only private networks route; false for names and everything else. */
export function isPrivateAddress(text: string): boolean {
  const address = parseIpv4(text);
  if (address !== undefined)
    return PRIVATE_RANGES.some(([first, last]) => address >= first && address <= last);
  const groups = parseIpv6(text);
  return groups !== undefined && isPrivateIpv6(groups);
}

/** Unique local fc00::/7, link-local fe80::/10, loopback `::1`, and private IPv4 in its `::ffff:` form. */
function isPrivateIpv6(groups: readonly number[]): boolean {
  const [first = 0, , , , , sixth = 0, seventh = 0, eighth = 0] = groups;
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return true;
  if (groups.slice(0, 5).some((group) => group !== 0)) return false;
  if (sixth === 0xffff)
    return isPrivateAddress([seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.'));
  return sixth === 0 && seventh === 0 && eighth === 1;
}

/** First and last address of each private network. */
export const PRIVATE_RANGES: readonly (readonly [first: number, last: number])[] = PRIVATE_NETWORKS.map(
  ([base, prefix]) => {
    const first = parseIpv4(base) ?? 0;
    return [first, first + 2 ** (32 - prefix) - 1];
  },
);

/** `255.255.255.0` → 24; `undefined` for a mask with holes. */
export function maskToPrefix(mask: string): number | undefined {
  const bits = parseIpv4(mask);
  if (bits === undefined) return undefined;
  const prefix = 32 - Math.log2(2 ** 32 - bits);
  return Number.isInteger(prefix) ? prefix : undefined;
}

/** Where the traffic of an active route leaves. */
export interface RouteHop {
  readonly interface: string;
  /** Absent for a directly connected route. */
  readonly gateway?: string;
  /** The interface is an IPsec tunnel. */
  readonly isTunnel: boolean;
  /** 0-based line index. */
  readonly index: number;
}

export type RouteAnswer =
  | { readonly kind: 'none'; readonly index: number }
  /** `prefix`: `0.0.0.0/0`. */
  | { readonly kind: 'hops'; readonly prefix: string; readonly hops: readonly RouteHop[] };

const ENTRY = /^[ \t]*Routing entry for (\S{1,50})[ \t]*$/;
const KNOWN_VIA = /^[ \t]+Known via "[\w ]{1,20}", distance \d{1,3}, metric \d{1,10}(, best)?/;
const ABSENT = /^[ \t]*% ?(?:Network|Subnet) not in table[ \t]*$/;
const NAME = String.raw`([\w./-]{1,35}(?: [\w./-]{1,35}){0,3})`;
/**
 * `* 192.0.2.1, via wan1`; from 7.0 on `* vrf 0 192.0.2.1, via wan1`; `* directly connected, ppp1`;
 * `* via HUB1 tunnel 203.0.113.9 vrf 0`.
 */
const HOPS: readonly RegExp[] = [
  new RegExp(
    String.raw`^[ \t]+(?:\*[ \t]*)?(?:vrf \d{1,3} )?(?<gateway>\d{1,3}(?:\.\d{1,3}){3}), via (?<name>${NAME})(?:,.*| inactive)?[ \t]*$`,
  ),
  new RegExp(
    String.raw`^[ \t]+(?:\*[ \t]*)?(?:vrf \d{1,3} )?directly connected, (?<name>${NAME})(?:,.*| inactive)?[ \t]*$`,
  ),
  /^[ \t]+(?:\*[ \t]*)?(?:vrf \d{1,3} )?via (?<name>\S{1,35}) (?<tunnel>tunnel) \S{1,60}(?: vrf \d{1,3})?(?:,.*| inactive)?[ \t]*$/,
];
const INACTIVE = /\binactive\b/;

/**
 * Parses `get router info routing-table details <address>`: the route that is used for the address. Only the entry marked
 * `best` is in use; some builds print others too. `undefined`: not complete, or several prefixes.
 */
export function parseRoute(lines: readonly string[]): RouteAnswer | undefined {
  const hops: RouteHop[] = [];
  const prefixes = new Set<string>();
  let isBest = false;
  for (const [index, line] of lines.entries()) {
    if (ABSENT.test(line)) return hops.length === 0 ? { kind: 'none', index } : undefined;
    const entry = ENTRY.exec(line)?.[1];
    if (entry !== undefined) {
      prefixes.add(entry);
      isBest = false;
      continue;
    }
    const known = KNOWN_VIA.exec(line);
    if (known) isBest = known[1] !== undefined;
    else if (isBest && !INACTIVE.test(line)) hops.push(...parseHop(line, index));
  }
  const [prefix, another] = prefixes;
  return prefix !== undefined && another === undefined && hops.length > 0
    ? { kind: 'hops', prefix, hops }
    : undefined;
}

function parseHop(line: string, index: number): readonly RouteHop[] {
  for (const pattern of HOPS) {
    const { name, gateway, tunnel } = pattern.exec(line)?.groups ?? {};
    if (name === undefined) continue;
    return [{ interface: name, gateway, isTunnel: tunnel !== undefined, index }];
  }
  return [];
}

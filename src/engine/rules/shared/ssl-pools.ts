import type { Attempt } from '../../facts/attempt.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { type Fact, known, valueIfKnown } from '../../facts/fact.ts';
import type { Facts, FactValues } from '../../facts/facts.ts';
import type { VpnSession } from '../../facts/values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import {
  contains,
  countAddresses,
  formatIpv4Range,
  type Ipv4Range,
  parseIpv4Range,
} from '../../fortios/ipv4-ranges.ts';
import { type Pool, type PoolEnd, WHEN_READ } from './pool-use.ts';

/** The address objects from which the clients of one portal get their addresses. */
interface PortalPools {
  readonly vdom: string | undefined;
  readonly names: readonly string[];
}

type Named = Pick<Facts, 'sslVpn' | 'sslPortals'>;

/** Of the portals with tunnel mode that the authentication rules give, each combination once. */
export function listPools(facts: Named): readonly PortalPools[] {
  const all = (valueIfKnown(facts.sslVpn) ?? [])
    .filter(({ enabled }) => enabled.value)
    .flatMap((vpn) => poolsOfSettings(vpn, valueIfKnown(facts.sslPortals) ?? []));
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

function poolsOfSettings(vpn: SslVpnSettings, portals: FactValues['sslPortals']): readonly PortalPools[] {
  const { vdom, pools, assigned, rules } = vpn;
  const given = new Set(rules.map(({ portal }) => portal.value));
  return portals
    .filter((each) => each.vdom === vdom && given.has(each.name) && each.tunnelMode.value)
    .map((portal) => {
      const isOwn = portal.pools.value.length > 0 && assigned.value !== 'round-robin';
      return { vdom, names: isOwn ? portal.pools.value : pools.value };
    })
    .filter(({ names }) => names.length > 0);
}

type PoolFacts = Named & Pick<Facts, 'addresses'> & { readonly sslSessions: Fact<readonly VpnSession[]> };

/** How many addresses the sessions hold; pools of which an object is not known are left out. */
export function sslPools(facts: PoolFacts, seenAt = WHEN_READ): readonly Pool[] {
  const { addresses, sslSessions } = facts;
  if (sslSessions.state !== 'known') return [];
  const named = listPools(facts);
  return (named.length > 0 ? named : fullRanges(facts)).flatMap(({ vdom, names }): Pool[] => {
    const ranges = names.flatMap((name): readonly Ipv4Range[] => {
      const range = valueIfKnown(addresses)?.find((each) => each.name === name && each.vdom === vdom)?.range;
      return range ? [range] : [];
    });
    if (ranges.length < names.length) return [];
    const inUse = sslSessions.value.filter((each) => each.vdom === vdom && holds(ranges, each.name));
    return [
      {
        owner: 'SSL VPN',
        name: names.join(' and '),
        used: new Set(inUse.map((each) => each.name)).size,
        size: countAddresses(ranges),
        seenAt,
        ends: listEnds(names, vdom, addresses),
        // The last session is the one that uses the pool up.
        evidence: [
          ...inUse
            .map(({ quote }) => quote)
            .slice(-3)
            .toReversed(),
          ...(sslSessions.bounds ?? []).slice(0, 1),
        ],
      },
    ];
  });
}

/**
 * Pools of which the event log shows every address given out at its end: of a log that holds the ends of tunnels, too, or
 * a login after the last address that got none.
 */
export function loggedPools(facts: PoolFacts, logins: readonly Attempt[]): readonly Pool[] {
  if (facts.sslSessions.state === 'known') return [];
  const isOneVdom = valueIfKnown(facts.addresses)?.every(({ vdom }) => vdom === undefined) ?? false;
  const tunnels = logins.flatMap(({ vdom, trace: { signs } }) => {
    const up = signs['event-tunnel-up']?.at(-1);
    const name = up?.fields.tunnelip;
    if (up === undefined || name === undefined) return [];
    const isOver = signs['event-tunnel-down'] !== undefined;
    return [{ vdom: isOneVdom ? undefined : vdom, name, quote: up.quote, order: up.order, isOver }];
  });
  const last = Math.max(...tunnels.map(({ order }) => order));
  const isLeftOut = ({ 'event-login': login, 'event-tunnel-up': up }: Attempt['trace']['signs']) =>
    up === undefined && (login?.at(-1)?.order ?? 0) > last;
  if (!tunnels.some(({ isOver }) => isOver) && !logins.some(({ trace }) => isLeftOut(trace.signs))) return [];
  const open = tunnels.filter(({ isOver }) => !isOver).toSorted((a, b) => a.order - b.order);
  const sslSessions = known(open, []);
  const pools = sslPools({ ...facts, sslSessions }, 'At the end of the event log');
  return pools.filter(({ used, size }) => used >= size);
}

/** Where no portal was shown: the object is a pool of which sessions hold every address. */
function fullRanges({ addresses, sslSessions }: Parameters<typeof sslPools>[0]): readonly PortalPools[] {
  const sessions = valueIfKnown(sslSessions) ?? [];
  return (valueIfKnown(addresses) ?? []).flatMap(({ name, vdom, range }) => {
    if (!range) return [];
    const held = new Set(
      sessions.filter((each) => each.vdom === vdom && holds([range], each.name)).map((each) => each.name),
    );
    return held.size > 1 && held.size === countAddresses([range]) ? [{ vdom, names: [name] }] : [];
  });
}

/** Where each object is a range. */
function listEnds(
  names: readonly string[],
  vdom: string | undefined,
  addresses: PoolFacts['addresses'],
): readonly PoolEnd[] {
  return names.flatMap((name): readonly PoolEnd[] => {
    const object = valueIfKnown(addresses)?.find((each) => each.name === name && each.vdom === vdom);
    if (!object?.range) return [];
    const [, value = ''] = formatIpv4Range(object.range).split('-');
    const others = (valueIfKnown(addresses) ?? []).flatMap(({ range }) => (range ? [range] : []));
    const free = freeAfter(object.range[1], others);
    return [{ path: 'firewall address', name, value, vdom, free, size: countAddresses([object.range]) }];
  });
}

/** The hosts of 10.212.134.0/24, in which FortiOS gives addresses to clients of SSL VPN by default. */
const DEFAULT_HOSTS = parseIpv4Range('10.212.134.1-10.212.134.254');

/** The rest of the network that is set aside for clients, where no other object begins in it. */
function freeAfter(last: number, others: readonly Ipv4Range[]): PoolEnd['free'] {
  if (!DEFAULT_HOSTS || !contains([DEFAULT_HOSTS], last + 1)) return undefined;
  const rest: Ipv4Range = [last + 1, DEFAULT_HOSTS[1]];
  const isTaken = others.some(([from]) => contains([rest], from));
  const [first = '', end = ''] = formatIpv4Range(rest).split('-');
  return isTaken ? undefined : [first, end];
}

/** The ends of the pools of SSL VPN; beside no portal, of the only range that was pasted. */
export function poolEnds(facts: Named & Pick<Facts, 'addresses'>): readonly PoolEnd[] {
  const named = listPools(facts);
  if (named.length > 0) return named.flatMap(({ vdom, names }) => listEnds(names, vdom, facts.addresses));
  const [only, another] = (valueIfKnown(facts.addresses) ?? []).filter(({ range }) => range !== undefined);
  return only && !another && facts.sslVpn.state !== 'known'
    ? listEnds([only.name], only.vdom, facts.addresses)
    : [];
}

function holds(ranges: readonly Ipv4Range[], address: string): boolean {
  const number = parseIpv4(address);
  return number !== undefined && contains(ranges, number);
}

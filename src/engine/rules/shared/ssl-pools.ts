import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts, FactValues } from '../../facts/facts.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { contains, countAddresses, formatIpv4Range, type Ipv4Range } from '../../fortios/ipv4-ranges.ts';
import type { Pool } from './pool-use.ts';

/** The address objects from which the clients of one portal get their addresses. */
interface PortalPools {
  readonly vdom: string | undefined;
  readonly names: readonly string[];
}

type Named = Pick<Facts, 'sslVpn' | 'sslPortals'>;

/** Of the portals with tunnel mode that the authentication rules give, each combination once. */
export function poolsOf(facts: Named): readonly PortalPools[] {
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

/** How many addresses the sessions hold; pools of which an object is not known are left out. */
export function sslPools(
  facts: Named & { readonly [K in 'addresses' | 'sslSessions']: Fact<FactValues[K]> },
): readonly Pool[] {
  const { addresses, sslSessions } = facts;
  if (sslSessions.state !== 'known') return [];
  const named = poolsOf(facts);
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
        widen: ranges
          .map((range, index) => `\`end-ip\` of ${names[index]} (now ${endOf(range)})`)
          .join(' or '),
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

function endOf(range: Ipv4Range): string {
  return formatIpv4Range(range).split('-')[1] ?? '';
}

function holds(ranges: readonly Ipv4Range[], address: string): boolean {
  const number = parseIpv4(address);
  return number !== undefined && contains(ranges, number);
}

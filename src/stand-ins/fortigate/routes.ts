import { parseIpv4 } from '../../engine/fortios/address.ts';
import type { ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { contains, type Ipv4Range, parseIpv4Range } from '../../engine/fortios/ipv4-ranges.ts';
import { atLeast } from '../../engine/fortios/version.ts';
import type { DeviceState } from './device-state.ts';

const DETAILS = 'get router info routing-table details ';
const NO_ROUTE = '% Network not in table';
const DISTANCE = { connected: 0, static: 10, dynamic: 5, sdwan: 1 } as const;
const DEFAULT = '0.0.0.0/0';

export interface TableRoute {
  /** `10.20.0.0/16`. */
  readonly prefix: string;
  readonly via: 'connected' | 'static';
  readonly interface: string;
  readonly gateway: string | undefined;
  /** Address of the other end of an IPsec tunnel. */
  readonly tunnel?: string;
  readonly distance: number;
}

/**
 * `get router info routing-table details <address>`: the routes of the VDOM for it, from connected networks, static routes,
 * SD-WAN and interfaces with a dynamic address. `undefined`: another command.
 */
export function routeDetails(command: string, state: DeviceState, scope: ConfigScope): string[] | undefined {
  const address = command.startsWith(DETAILS) ? command.slice(DETAILS.length) : '';
  if (parseIpv4(address) === undefined) return undefined;
  const best = routesTo(address, state, scope);
  const [first] = best;
  if (!first) return [NO_ROUTE];
  const vrf = atLeast(state.version, '7.0.0') ? 'vrf 0 ' : '';
  return [
    ...(atLeast(state.version, '6.4.0') ? ['Routing table for VRF=0'] : []),
    `Routing entry for ${first.prefix}`,
    `  Known via "${first.via}", distance ${first.distance}, metric 0, best`,
    ...best.map((route) => `  * ${hopText(route, vrf)}`),
    '',
  ];
}

function hopText({ interface: name, gateway, tunnel }: TableRoute, vrf: string): string {
  if (tunnel !== undefined) return `via ${name} tunnel ${tunnel}${vrf && ' vrf 0'}`;
  return gateway === undefined ? `${vrf}directly connected, ${name}` : `${vrf}${gateway}, via ${name}`;
}

/** Those with the longest prefix, and of them those with the smallest distance. 0.0.0.0 matches the default route alone. */
export function routesTo(address: string, state: DeviceState, scope: ConfigScope): readonly TableRoute[] {
  const wanted = parseIpv4(address) ?? 0;
  const all = [
    ...connectedRoutes(state, scope),
    ...staticRoutes(state, scope),
    ...dynamicRoutes(state, scope),
  ].filter(({ prefix }) => contains([parseRange(prefix)], wanted));
  const longest = Math.max(...all.map(({ prefix }) => parseLength(prefix)));
  const ofPrefix = all.filter(({ prefix }) => parseLength(prefix) === longest);
  const distance = Math.min(...ofPrefix.map((route) => route.distance));
  return ofPrefix.filter((route) => route.distance === distance);
}

function parseRange(prefix: string): Ipv4Range {
  return parseIpv4Range(prefix) ?? [0, -1];
}

function parseLength(prefix: string): number {
  return Number(prefix.split('/')[1]);
}

/** `10.20.0.0/16` of `10.20.3.1 255.255.0.0`. */
function toPrefix(words: readonly string[]): string | undefined {
  const range = parseIpv4Range(words.join(' '));
  if (!range) return undefined;
  const [first, last] = range;
  const base = [24, 16, 8, 0].map((bits) => (first >>> bits) & 255).join('.');
  return `${base}/${32 - Math.log2(last - first + 1)}`;
}

function connectedRoutes(state: DeviceState, scope: ConfigScope): readonly TableRoute[] {
  return interfaces(state).flatMap((entry) => {
    const prefix = toPrefix(words(entry, 'ip'));
    const isHere = scope.kind !== 'vdom' || (word(entry, 'vdom') ?? 'root') === scope.name;
    if (prefix === undefined || parseLength(prefix) === 0 || !isHere || !isUp(state, entry.key)) return [];
    return [{ prefix, via: 'connected', interface: entry.key, gateway: undefined, distance: 0 }];
  });
}

function staticRoutes(state: DeviceState, scope: ConfigScope): readonly TableRoute[] {
  const routes = state.block(scope, 'router static')?.entries ?? [];
  return routes.flatMap((entry) => {
    const dst = words(entry, 'dst');
    const prefix = dst.length === 0 ? DEFAULT : toPrefix(dst);
    const isOff = word(entry, 'status') === 'disable' || word(entry, 'blackhole') === 'enable';
    if (prefix === undefined || isOff || word(entry, 'dstaddr')) return [];
    const gateway = word(entry, 'gateway');
    const device = word(entry, 'device');
    if (device !== undefined && isUp(state, device)) {
      const distance = Number(word(entry, 'distance') ?? DISTANCE.static);
      const tunnel = remoteGateway(state, scope, device);
      return [{ prefix, via: 'static', interface: device, gateway, tunnel, distance }];
    }
    return word(entry, 'sdwan-zone') === undefined && word(entry, 'sdwan') !== 'enable'
      ? []
      : sdwanRoutes(state, scope);
  });
}

function remoteGateway(state: DeviceState, scope: ConfigScope, device: string): string | undefined {
  const phase1 = state
    .block(scope, 'vpn ipsec phase1-interface')
    ?.entries.find((each) => each.key === device);
  return phase1 && word(phase1, 'remote-gw');
}

function sdwanRoutes(state: DeviceState, scope: ConfigScope): readonly TableRoute[] {
  const block = state.block(scope, 'system sdwan') ?? state.block(scope, 'system virtual-wan-link');
  const members = block?.blocks.find((each) => each.path === 'members')?.entries ?? [];
  return members.flatMap((entry) => {
    const name = word(entry, 'interface');
    if (name === undefined || !isUp(state, name)) return [];
    return [
      {
        prefix: DEFAULT,
        via: 'static',
        interface: name,
        gateway: word(entry, 'gateway'),
        distance: DISTANCE.sdwan,
      },
    ];
  });
}

/**
 * The provider assigns the gateway: the first address of the network from which the simulated provider assigns
 * addresses.
 */
function dynamicRoutes(state: DeviceState, scope: ConfigScope): readonly TableRoute[] {
  return interfaces(state)
    .filter((entry) => ['dhcp', 'pppoe'].includes(word(entry, 'mode') ?? '') && isUp(state, entry.key))
    .filter((entry) => scope.kind !== 'vdom' || (word(entry, 'vdom') ?? 'root') === scope.name)
    .filter((entry) => word(entry, 'defaultgw') !== 'disable')
    .map((entry) => ({
      prefix: DEFAULT,
      via: 'static',
      interface: entry.key,
      gateway: '192.0.2.1',
      distance: Number(word(entry, 'distance') ?? DISTANCE.dynamic),
    }));
}

function isUp(state: DeviceState, name: string): boolean {
  const entry = interfaces(state).find((each) => each.key === name);
  return entry !== undefined && word(entry, 'status') !== 'down';
}

function interfaces(state: DeviceState): readonly ConfigEntry[] {
  const scope: ConfigScope = state.multiVdom ? { kind: 'global' } : { kind: 'none' };
  return state.block(scope, 'system interface')?.entries ?? [];
}

function word(entry: ConfigEntry, name: string): string | undefined {
  return words(entry, name)[0];
}

function words(entry: ConfigEntry, name: string): readonly string[] {
  return entry.settings.findLast((each) => each.name === name)?.values ?? [];
}

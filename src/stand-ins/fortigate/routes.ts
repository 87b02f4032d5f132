import type { ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { atLeast } from '../../engine/fortios/version.ts';
import type { DeviceState } from './device-state.ts';

const DETAILS = 'get router info routing-table details';
const NO_ROUTE = '% Network not in table';
const DISTANCE = { static: 10, dynamic: 5, sdwan: 1 } as const;

interface Route {
  readonly interface: string;
  readonly gateway: string | undefined;
  readonly distance: number;
}

/**
 * `get router info routing-table details 0.0.0.0`: the default routes of the VDOM, from static routes, SD-WAN and
 * interfaces with a dynamic address. `undefined`: another command, or another address.
 */
export function defaultRoute(command: string, state: DeviceState, scope: ConfigScope): string[] | undefined {
  if (command !== `${DETAILS} 0.0.0.0`) return undefined;
  const all = [...staticRoutes(state, scope), ...dynamicRoutes(state, scope)];
  const distance = Math.min(...all.map((route) => route.distance));
  const best = all.filter((route) => route.distance === distance);
  if (best.length === 0) return [NO_ROUTE];
  const vrf = atLeast(state.version, '7.0.0') ? 'vrf 0 ' : '';
  return [
    ...(atLeast(state.version, '6.4.0') ? ['Routing table for VRF=0'] : []),
    'Routing entry for 0.0.0.0/0',
    `  Known via "static", distance ${distance}, metric 0, best`,
    ...best.map(({ gateway, interface: name }) =>
      gateway === undefined ? `  * ${vrf}directly connected, ${name}` : `  * ${vrf}${gateway}, via ${name}`,
    ),
    '',
  ];
}

function staticRoutes(state: DeviceState, scope: ConfigScope): readonly Route[] {
  const routes = state.block(scope, 'router static')?.entries ?? [];
  return routes.flatMap((entry) => {
    const isDefault = (word(entry, 'dst') ?? '0.0.0.0') === '0.0.0.0' && !word(entry, 'dstaddr');
    if (!isDefault || word(entry, 'status') === 'disable' || word(entry, 'blackhole') === 'enable') return [];
    const gateway = word(entry, 'gateway');
    const device = word(entry, 'device');
    if (device !== undefined && isUp(state, device)) {
      return [{ interface: device, gateway, distance: Number(word(entry, 'distance') ?? DISTANCE.static) }];
    }
    return word(entry, 'sdwan-zone') === undefined && word(entry, 'sdwan') !== 'enable'
      ? []
      : sdwanRoutes(state, scope);
  });
}

function sdwanRoutes(state: DeviceState, scope: ConfigScope): readonly Route[] {
  const block = state.block(scope, 'system sdwan') ?? state.block(scope, 'system virtual-wan-link');
  const members = block?.blocks.find((each) => each.path === 'members')?.entries ?? [];
  return members.flatMap((entry) => {
    const name = word(entry, 'interface');
    if (name === undefined || !isUp(state, name)) return [];
    return [{ interface: name, gateway: word(entry, 'gateway'), distance: DISTANCE.sdwan }];
  });
}

/**
 * The provider assigns the gateway: the first address of the network from which the simulated provider assigns
 * addresses.
 */
function dynamicRoutes(state: DeviceState, scope: ConfigScope): readonly Route[] {
  return interfaces(state)
    .filter((entry) => ['dhcp', 'pppoe'].includes(word(entry, 'mode') ?? '') && isUp(state, entry.key))
    .filter((entry) => scope.kind !== 'vdom' || (word(entry, 'vdom') ?? 'root') === scope.name)
    .filter((entry) => word(entry, 'defaultgw') !== 'disable')
    .map((entry) => ({
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
  return entry.settings.findLast((each) => each.name === name)?.values[0];
}

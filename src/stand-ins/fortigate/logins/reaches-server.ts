import { isPrivateAddress } from '../../../engine/fortios/address.ts';
import type { ConfigEntry, ConfigScope } from '../../../engine/fortios/config/types.ts';
import type { DeviceState } from '../device-state.ts';
import { routesTo } from '../routes.ts';

/**
 * Whether the answer to a request of this entry of `user ldap` or `user radius` would come back: a route leads to the
 * server, by the interface that the entry demands, the source is an address of the FortiGate that belongs where the request
 * goes, and the Internet is not asked for a private address.
 */
export function reachesServer(server: ConfigEntry, state: DeviceState, scope: ConfigScope): boolean {
  const address = word(server, 'server');
  const best = routesTo(address, state, scope);
  const only = word(server, 'interface-select-method') === 'specify' ? word(server, 'interface') : '';
  const route = only === '' ? best[0] : best.find((each) => each.interface === only);
  if (!route) return false;
  const interfaces =
    state.block(state.multiVdom ? { kind: 'global' } : scope, 'system interface')?.entries ?? [];
  const own = new Map(interfaces.map((entry) => [entry.key, word(entry, 'ip')]));
  const source = word(server, 'source-ip');
  if (source !== '') return [...own.values()].includes(source);
  const from = own.get(route.interface) ?? '';
  if (route.tunnel !== undefined) return from !== '';
  return !(isPrivateAddress(address) && route.prefix === '0.0.0.0/0' && !isPrivateAddress(from));
}

function word(entry: ConfigEntry, name: string): string {
  return entry.settings.findLast((each) => each.name === name)?.values[0] ?? '';
}

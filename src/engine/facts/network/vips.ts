import type { Section } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact } from '../fact.ts';
import type { VirtualIp } from './firewall-values.ts';

/** These types forward by `extport` without `portforward`. */
const BY_SERVER = new Set(['server-load-balance', 'access-proxy']);
const PORT_SETTINGS = ['portforward', 'extport', 'service', 'server-type'];
/** Port values with which a server load balancer for `ip` takes every port. */
const EVERY_PORT = new Set(['', '0', '0-65535', '1-65535']);

export function readVips(sections: readonly Section[], view: ConfigView): Fact<readonly VirtualIp[]> {
  return tableFact(view, 'firewall vip', vipOf, () => notSeen('vips', sections));
}

function vipOf(placed: PlacedEntry): VirtualIp {
  const { entry, vdom } = placed;
  const port = wordSetting(placed, entry, 'extport', '').value;
  const takes = takenBy(placed, port);
  return {
    name: entry.key,
    vdom,
    externalAddress: wordSetting(placed, entry, 'extip', ''),
    externalInterface: wordSetting(placed, entry, 'extintf', 'any').value,
    takes,
    externalPort: takes === 'ports' ? port : undefined,
    services: wordsSetting(placed, entry, 'service', []).value,
    portQuotes: PORT_SETTINGS.flatMap((name) => {
      const found = setting(entry, name);
      return found ? [placed.quote(found)] : [];
    }),
    sources: wordsSetting(placed, entry, 'src-filter', []),
    mappedAddress: wordSetting(placed, entry, 'mappedip', '').value,
    mappedPort: wordSetting(placed, entry, 'mappedport', '').value,
    sourceInterfaces: wordsSetting(placed, entry, 'srcintf-filter', []).value,
    enabled: flagSetting(placed, entry, 'status', true).value,
  };
}

function takenBy(placed: PlacedEntry, port: string): VirtualIp['takes'] {
  const { entry } = placed;
  const type = wordSetting(placed, entry, 'type', 'static-nat').value;
  if (type === 'dns-translation') return 'none';
  if (BY_SERVER.has(type)) {
    const server = wordSetting(
      placed,
      entry,
      'server-type',
      type === 'access-proxy' ? 'https' : 'http',
    ).value;
    if (server === 'udp') return 'none';
    return server === 'ip' || EVERY_PORT.has(port) ? 'all' : 'ports';
  }
  if (!flagSetting(placed, entry, 'portforward', false).value) return 'all';
  return wordSetting(placed, entry, 'protocol', 'tcp').value === 'tcp' && port !== '' ? 'ports' : 'none';
}

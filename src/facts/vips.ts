import type { Section } from '../evidence/types.ts';
import { setting } from '../fortios/config/find.ts';
import type { ConfigView, PlacedEntry } from './config-view.ts';
import type { Fact } from './fact.ts';
import type { VirtualIp } from './firewall-values.ts';
import { flag, notSeen, word, words } from './reading.ts';
import { tableFact } from './table.ts';

/** These forward by `extport` without the word `portforward`. */
const BY_SERVER = new Set(['server-load-balance', 'access-proxy']);
const PORT_SETTINGS = ['portforward', 'extport', 'service', 'server-type'];
/** A server load balancer for `ip` takes every port. */
const EVERY_PORT = new Set(['', '0', '0-65535', '1-65535']);

export function readVips(sections: readonly Section[], view: ConfigView): Fact<readonly VirtualIp[]> {
  return tableFact(view, 'firewall vip', vipOf, () => notSeen('vips', sections));
}

function vipOf(placed: PlacedEntry): VirtualIp {
  const { entry, vdom } = placed;
  const port = word(placed, entry, 'extport', '').value;
  const takes = takenBy(placed, port);
  return {
    name: entry.key,
    vdom,
    externalAddress: word(placed, entry, 'extip', ''),
    externalInterface: word(placed, entry, 'extintf', 'any').value,
    takes,
    ...(takes === 'ports' ? { externalPort: port } : {}),
    services: words(placed, entry, 'service', []).value,
    portQuotes: PORT_SETTINGS.flatMap((name) => {
      const found = setting(entry, name);
      return found ? [placed.quote(found)] : [];
    }),
    sources: words(placed, entry, 'src-filter', []),
    sourceInterfaces: words(placed, entry, 'srcintf-filter', []).value,
    enabled: flag(placed, entry, 'status', true).value,
  };
}

function takenBy(placed: PlacedEntry, port: string): VirtualIp['takes'] {
  const { entry } = placed;
  const type = word(placed, entry, 'type', 'static-nat').value;
  if (type === 'dns-translation') return 'none';
  if (BY_SERVER.has(type)) {
    const server = word(placed, entry, 'server-type', type === 'access-proxy' ? 'https' : 'http').value;
    if (server === 'udp') return 'none';
    return server === 'ip' || EVERY_PORT.has(port) ? 'all' : 'ports';
  }
  if (!flag(placed, entry, 'portforward', false).value) return 'all';
  return word(placed, entry, 'protocol', 'tcp').value === 'tcp' && port !== '' ? 'ports' : 'none';
}

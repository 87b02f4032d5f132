import type { Section } from '../evidence/types.ts';
import type { ConfigView, PlacedEntry } from './config-view.ts';
import type { Fact } from './fact.ts';
import { flag, notSeen, word } from './reading.ts';
import { tableFact } from './table.ts';
import type { VirtualIp } from './values.ts';

export function readVips(sections: readonly Section[], view: ConfigView): Fact<readonly VirtualIp[]> {
  return tableFact(view, 'firewall vip', vipOf, () => notSeen('vips', sections));
}

function vipOf(placed: PlacedEntry): VirtualIp {
  const { entry, vdom } = placed;
  const port = word(placed, entry, 'extport', '');
  return {
    name: entry.key,
    ...(vdom === undefined ? {} : { vdom }),
    externalAddress: word(placed, entry, 'extip', ''),
    externalInterface: word(placed, entry, 'extintf', 'any').value,
    portForward: flag(placed, entry, 'portforward', false).value,
    protocol: word(placed, entry, 'protocol', 'tcp').value,
    ...(port.value ? { externalPort: port.value } : {}),
    enabled: flag(placed, entry, 'status', true).value,
  };
}

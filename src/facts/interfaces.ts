import type { Section } from '../evidence/types.ts';
import { parseInterfacePhysical } from '../fortios/output/interface-physical.ts';
import type { ConfigView, PlacedEntry } from './config-view.ts';
import { type Fact, known, type Sourced } from './fact.ts';
import { notSeen, word, words } from './reading.ts';
import { tableFact } from './table.ts';
import type { Interface } from './values.ts';

const UNSET = '0.0.0.0';

export function readInterfaces(sections: readonly Section[], view: ConfigView): Fact<readonly Interface[]> {
  return tableFact(view, 'system interface', interfaceOf, () => notSeen('interfaces', sections));
}

function interfaceOf(placed: PlacedEntry): Interface {
  const { entry } = placed;
  const vdom = word(placed, entry, 'vdom', '');
  const [address] = words(placed, entry, 'ip', []).value;
  const role = word(placed, entry, 'role', '');
  return {
    name: entry.key,
    ...(vdom.value ? { vdom: vdom.value } : {}),
    ...(address && address !== UNSET ? { address: withoutMask(address) } : {}),
    secondary: secondaryAddresses(placed),
    mode: addressMode(word(placed, entry, 'mode', 'static').value),
    ...(role.value ? { role: role.value } : {}),
    allowaccess: words(placed, entry, 'allowaccess', []),
  };
}

function addressMode(value: string): Interface['mode'] {
  return value === 'dhcp' || value === 'pppoe' ? value : 'static';
}

function secondaryAddresses(placed: PlacedEntry): readonly string[] {
  const block = placed.entry.blocks.find((each) => each.path === 'secondaryip');
  if (!block) return [];
  return block.entries.flatMap((entry) => {
    const [address] = words(placed, entry, 'ip', []).value;
    return address ? [withoutMask(address)] : [];
  });
}

function withoutMask(address: string): string {
  return address.split('/')[0] ?? address;
}

/** Addresses held right now, by interface name, as `get system interface physical` prints them. */
export function readLiveAddresses(sections: readonly Section[]): Fact<ReadonlyMap<string, Sourced<string>>> {
  const section = sections.findLast(
    (each) => each.kind === 'output' && each.command === 'get system interface physical' && !each.failure,
  );
  if (!section) return notSeen('liveAddresses', sections);
  const addresses = new Map<string, Sourced<string>>();
  for (const row of parseInterfacePhysical(section.lines)) {
    if (row.address === undefined || row.address === UNSET) continue;
    const text = section.lines[row.index]?.trim() ?? '';
    const quote = { source: section.source, line: section.start + row.index, text };
    addresses.set(row.name, { value: row.address, explicit: true, quotes: [quote] });
  }
  return known(addresses, []);
}

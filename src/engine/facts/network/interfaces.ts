import type { Section } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import { parseHeldAddresses } from '../../fortios/output/interface-addresses.ts';
import { type PhysicalInterface, parseInterfacePhysical } from '../../fortios/output/interface-physical.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { pickedEntries, type ShownSettings } from '../config/shown-settings.ts';
import { tableFact } from '../config/table.ts';
import { type Fact, known, type Sourced, valueIfKnown } from '../fact.ts';
import type { Interface, SecondaryAccess } from '../values.ts';

const UNSET = '0.0.0.0';
const UNSET_6 = '::';
/** How `show full-configuration` prints an unset role, which `show` omits. */
const UNDEFINED_ROLE = 'undefined';

export function readInterfaces(
  sections: readonly Section[],
  view: ConfigView,
  shown: Fact<ShownSettings>,
): Fact<readonly Interface[]> {
  const fact = tableFact(view, 'system interface', interfaceOf, () => notSeen('interfaces', sections), [
    'allowaccess',
  ]);
  if (fact.state === 'unknown') return fromPicked(shown) ?? fact;
  if (fact.state !== 'known' || fact.partial === undefined) return fact;
  const value = fact.value.map((each) => ({ ...each, partial: true as const }));
  // Each of the commands shows it, and each interface's own line tells what it allows, if it can be read.
  return isUnreadable(view) ? { ...fact, value } : known(value, fact.quotes, fact.bounds);
}

/** Whether the access list of some interface was left out or holds other text. */
function isUnreadable(view: ConfigView): boolean {
  return view
    .blocks('system interface')
    .some(({ block }) => block.entries.some((entry) => entry.abridged && !setting(entry, 'allowaccess')));
}

/** `show system interface wan1 | grep allowaccess`: what one interface allows, and nothing else. */
function fromPicked(shown: Fact<ShownSettings>): Fact<readonly Interface[]> | undefined {
  const picked = pickedEntries(valueIfKnown(shown) ?? new Map(), 'system interface', 'allowaccess');
  if (picked.size === 0) return undefined;
  const interfaces = [...picked].map(
    ([name, list]): Interface => ({
      name,
      secondary: [],
      mode: 'static',
      partial: true,
      allowaccess: { ...list, value: list.value.split(' ') },
    }),
  );
  return known(
    interfaces,
    interfaces.flatMap((each) => each.allowaccess.quotes),
  );
}

function interfaceOf(placed: PlacedEntry): Interface {
  const { entry } = placed;
  const vdom = wordSetting(placed, entry, 'vdom', '');
  const ip = wordsSetting(placed, entry, 'ip', []);
  const [address] = ip.value;
  const role = wordSetting(placed, entry, 'role', UNDEFINED_ROLE);
  const secondaries = secondaryAddresses(placed);
  const address6 = ipv6Address(placed);
  return {
    name: entry.key,
    vdom: vdom.value || undefined,
    ...(address && address !== UNSET ? { address: withoutMask(address), quotes: ip.quotes } : {}),
    address6,
    secondary: secondaries.map((each) => each.address),
    secondaryAccess: secondaries.length > 0 ? secondaries : undefined,
    mode: addressMode(wordSetting(placed, entry, 'mode', 'static').value),
    role: role.value === UNDEFINED_ROLE ? undefined : role.value,
    down: wordSetting(placed, entry, 'status', 'up').value === 'down' ? true : undefined,
    partial: placed.entire ? undefined : true,
    allowaccess: wordsSetting(placed, entry, 'allowaccess', []),
    samlServer: wordSetting(placed, entry, 'ike-saml-server', ''),
  };
}

function addressMode(value: string): Interface['mode'] {
  return value === 'dhcp' || value === 'pppoe' ? value : 'static';
}

function secondaryAddresses(placed: PlacedEntry): readonly SecondaryAccess[] {
  const block = placed.entry.blocks.find((each) => each.path === 'secondaryip');
  if (!block) return [];
  return block.entries.flatMap((entry) => {
    const ip = wordsSetting(placed, entry, 'ip', []);
    const [address] = ip.value;
    if (!address) return [];
    const allowaccess = wordsSetting(placed, entry, 'allowaccess', []);
    return [{ key: entry.key, address: withoutMask(address), quotes: ip.quotes, allowaccess }];
  });
}

function ipv6Address(placed: PlacedEntry): string | undefined {
  const block = placed.entry.blocks.find((each) => each.path === 'ipv6');
  const address = block && withoutMask(wordSetting(placed, block, 'ip6-address', UNSET_6).value);
  return address === UNSET_6 ? undefined : address;
}

function withoutMask(address: string): string {
  return address.split('/')[0] ?? address;
}

const PHYSICAL = 'get system interface physical';
type AddressRow = Pick<PhysicalInterface, 'name' | 'address' | 'index'>;
const ADDRESS_COMMANDS = new Set([PHYSICAL, 'get system interface', 'diagnose ip address list']);

/** Current addresses by interface name, from any of three commands. */
export function readLiveAddresses(sections: readonly Section[]): Fact<ReadonlyMap<string, Sourced<string>>> {
  const answers = sections
    .filter((each) => each.kind === 'output' && ADDRESS_COMMANDS.has(each.command ?? '') && !each.failure)
    .map((section) => ({ section, rows: rowsOf(section) }));
  const latest = answers.findLast(({ rows }) => rows.length > 0);
  if (!latest) return notSeen('liveAddresses', sections);
  const { section, rows } = latest;
  const addresses = new Map<string, Sourced<string>>();
  for (const row of rows) {
    if (row.address === undefined || row.address === UNSET) continue;
    addresses.set(row.name, {
      value: row.address,
      explicit: true,
      quotes: [quoteAt(section, row.index)],
    });
  }
  return known(addresses, outputBounds(section));
}

function rowsOf({ command, lines }: Section): readonly AddressRow[] {
  return command === PHYSICAL ? parseInterfacePhysical(lines) : parseHeldAddresses(lines);
}

import type { Section } from '../../evidence/types.ts';
import { UNSET_IPV4 } from '../../fortios/address.ts';
import { setting } from '../../fortios/config/find.ts';
import {
  type HeldAddress,
  parseHeldAddresses,
  parseInterfacePhysical,
} from '../../fortios/output/interface-addresses.ts';
import type { ConfigView } from '../config/config-view.ts';
import { readEntry } from '../config/fields.ts';
import { outputBounds, quoteAt } from '../config/quote-output.ts';
import { notSeen } from '../config/reading.ts';
import { pickedEntries, type ShownSettings } from '../config/shown-settings.ts';
import { tableFact } from '../config/table.ts';
import { type Fact, known, valueIfKnown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import type { LiveAddress } from '../values.ts';
import { INTERFACES, type Interface } from './interface-values.ts';

export function readInterfaces(view: ConfigView, shown: Fact<ShownSettings>): Fact<readonly Interface[]> {
  const fact = tableFact(view, 'interfaces', INTERFACES, (placed) => readEntry(INTERFACES, placed));
  if (fact.state === 'unknown') return fromPicked(shown) ?? fact;
  if (fact.state !== 'known' || fact.partial === undefined) return fact;
  const value = fact.value.map((each) => ({ ...each, partial: true as const }));
  // Each of the commands shows it, and each interface's own line tells what it allows, if it can be read.
  return isUnreadable(view) ? { ...fact, value } : known(value, fact.quotes, fact.bounds);
}

/** Whether the access list of some interface was left out or holds other text. */
function isUnreadable(view: ConfigView): boolean {
  return view
    .blocks(INTERFACES.path)
    .some(({ block }) => block.entries.some((entry) => entry.abridged && !setting(entry, 'allowaccess')));
}

/** `show system interface wan1 | grep allowaccess`: what one interface allows, and nothing else. */
function fromPicked(shown: Fact<ShownSettings>): Fact<readonly Interface[]> | undefined {
  const picked = pickedEntries(valueIfKnown(shown) ?? new Map(), INTERFACES.path, 'allowaccess');
  if (picked.size === 0) return undefined;
  const interfaces = [...picked].map(
    ([name, list]): Interface => ({
      name,
      secondary: [],
      secondaryAccess: [],
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

const PHYSICAL = 'get system interface physical';
const ADDRESS_COMMANDS = new Set([PHYSICAL, 'get system interface', 'diagnose ip address list']);

/** Current addresses by interface name: of the last output that lists all, else of those of some interfaces. */
export function readLiveAddresses(sections: readonly Section[]): Facts['liveAddresses'] {
  const answers = sections
    .filter(({ kind, command = '', failure }) => kind === 'output' && showsAddresses(command) && !failure)
    .map((section) => ({ section, rows: parseRows(section) }))
    .filter(({ rows }) => rows.length > 0);
  const latest = answers.findLast(({ section }) => !isOfSome(section.command));
  const read = latest ? [latest] : answers;
  if (read.length === 0) return notSeen('liveAddresses', sections);
  const addresses = new Map<string, LiveAddress>();
  for (const { section, rows } of read) {
    for (const { name } of rows) addresses.delete(name);
    for (const { name, address, mode, network, index, downIndex } of rows) {
      if (address === UNSET_IPV4) continue;
      const ofAll = latest ? mode : undefined;
      const held = {
        value: address,
        explicit: true,
        quotes: [quoteAt(section, index)],
        network: latest && network,
      };
      const first = addresses.get(name);
      const further = first ? [...first.further, held] : [];
      const down = downIndex === undefined ? undefined : quoteAt(section, downIndex);
      addresses.set(name, { mode: ofAll, ...held, down, ...first, further });
    }
  }
  return known(
    addresses,
    read.flatMap(({ section }) => outputBounds(section)),
  );
}

function showsAddresses(command: string): boolean {
  const [whole = ''] = command.split(/ ?\|/);
  return ADDRESS_COMMANDS.has(whole) || whole.startsWith(`${PHYSICAL} `);
}

/** `get system interface physical wan1`, `get system interface | grep wan` */
function isOfSome(command = ''): boolean {
  return command.includes('|') || command.startsWith(`${PHYSICAL} `);
}

function parseRows({ command, lines }: Section): readonly HeldAddress[] {
  return command?.startsWith(PHYSICAL) ? parseInterfacePhysical(lines) : parseHeldAddresses(lines);
}

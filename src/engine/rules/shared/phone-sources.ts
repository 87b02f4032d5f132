import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { AddressGroup, AddressObject } from '../../facts/network/firewall-values.ts';
import type { CommandId } from '../../fortios/commands.ts';
import { coversEverything, type Ipv4Range, parseIpv4Range, publicCount } from '../../fortios/ipv4-ranges.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';

/**
 * Share of the phones on the Internet that a list of sources covers. `few`: a small number of networks, because a
 * phone calls from an address of its mobile network. `most`: everything except such a small number.
 */
export type Share = 'every' | 'most' | 'few' | 'none' | 'unsure';

export interface Doubt {
  readonly why: string;
  /** Commands that would decide it; empty if no configuration does. */
  readonly commands: readonly CommandId[];
}

/** The ranges of address names, or why they cannot be determined. */
export type ResolvedAddresses = { readonly ranges: readonly Ipv4Range[] } | { readonly doubt: Doubt };

export interface AddressBook {
  readonly resolve: (names: readonly string[], vdom: string | undefined) => ResolvedAddresses;
}

/** Number of addresses in a /16. */
const MAX_FEW_ADDRESSES = 65_536;
const EVERY_ADDRESS: Ipv4Range = [0, 2 ** 32 - 1];
/** Names that FortiOS reserves. */
const RESERVED: ReadonlyMap<string, readonly Ipv4Range[]> = new Map([
  ['all', [EVERY_ADDRESS]],
  ['none', []],
]);

/** The share of phones that these ranges cover; with `negated`, the share that they leave. */
export function measureShare(resolved: ResolvedAddresses, negated: boolean): Share {
  if ('doubt' in resolved) return 'unsure';
  const { ranges } = resolved;
  if (coversEverything(ranges)) return negated ? 'none' : 'every';
  const count = publicCount(ranges);
  if (count === 0) return negated ? 'every' : 'none';
  if (count > MAX_FEW_ADDRESSES) return 'unsure';
  return negated ? 'most' : 'few';
}

/** Share covered by the sources of a `src-filter`, which are addresses and ranges, not names. */
export function shareOfFilter(sources: readonly string[]): Share {
  if (sources.length === 0) return 'every';
  const ranges = sources.map(parseIpv4Range);
  return ranges.every((range) => range !== undefined) ? measureShare({ ranges }, false) : 'unsure';
}

/** Resolves names of addresses and groups, in one VDOM, to ranges. */
export function openAddressBook(facts: Pick<Facts, 'addresses' | 'addressGroups'>): AddressBook {
  const addresses = byName(facts.addresses);
  const groups = byName(facts.addressGroups);

  function resolve(names: readonly string[], vdom: string | undefined): ResolvedAddresses {
    const inScope = (each: AddressObject | AddressGroup) => sameVdom(each.vdom, vdom);
    if (names.length === 0) return doubt('which sources it is about');
    const ranges: Ipv4Range[] = [];
    const seen = new Set(names);
    for (const name of seen) {
      const reserved = RESERVED.get(name);
      const address = addresses.get(name)?.find(inScope);
      const group = groups.get(name)?.find(inScope);
      if (reserved) ranges.push(...reserved);
      else if (address?.range) ranges.push(address.range);
      else if (address) return doubt(`which addresses \`${name}\` (${address.type}) stands for`);
      else if (!group) return unread(name, facts);
      else if (group.excludes) return doubt(`which members of \`${name}\` are left after its exclusions`);
      // Iteration over a set includes members that are added meanwhile, and each only once.
      else for (const member of group.members) seen.add(member);
    }
    return { ranges };
  }

  return { resolve };
}

function byName<T extends { readonly name: string }>(fact: Fact<readonly T[]>): ReadonlyMap<string, T[]> {
  return Map.groupBy(valueIfKnown(fact) ?? [], ({ name }) => name);
}

function doubt(why: string, commands: readonly CommandId[] = []): ResolvedAddresses {
  return { doubt: { why, commands } };
}

function unread(name: string, { addresses, addressGroups }: Pick<Facts, 'addresses' | 'addressGroups'>) {
  const commands = [addresses, addressGroups].flatMap((fact) =>
    fact.state === 'unknown' ? fact.commands : [],
  );
  return doubt(`which addresses \`${name}\` stands for`, commands);
}

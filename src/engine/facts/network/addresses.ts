import type { Section } from '../../evidence/types.ts';
import { type Ipv4Range, parseIpv4Range } from '../../fortios/ipv4-ranges.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Facts } from '../facts.ts';
import type { AddressGroup, AddressObject } from './firewall-values.ts';

/** Reads the addresses and address groups that policies refer to. */
export function readAddresses(
  sections: readonly Section[],
  view: ConfigView,
): Pick<Facts, 'addresses' | 'addressGroups'> {
  return {
    addresses: tableFact(view, 'firewall address', addressOf, () => notSeen('addresses', sections)),
    addressGroups: tableFact(view, 'firewall addrgrp', groupOf, () => notSeen('addressGroups', sections)),
  };
}

function addressOf(placed: PlacedEntry): AddressObject {
  const { entry, vdom } = placed;
  const type = wordSetting(placed, entry, 'type', 'ipmask').value;
  const range = rangeOf(placed, type);
  return {
    name: entry.key,
    vdom,
    type,
    range,
  };
}

function rangeOf(placed: PlacedEntry, type: string): Ipv4Range | undefined {
  const { entry } = placed;
  if (type === 'ipmask' || type === 'interface-subnet') {
    return parseIpv4Range(wordSetting(placed, entry, 'subnet', '0.0.0.0 0.0.0.0').value);
  }
  if (type !== 'iprange') return undefined;
  const first = wordSetting(placed, entry, 'start-ip', '').value;
  return parseIpv4Range(`${first}-${wordSetting(placed, entry, 'end-ip', first).value}`);
}

function groupOf(placed: PlacedEntry): AddressGroup {
  const { entry, vdom } = placed;
  return {
    name: entry.key,
    vdom,
    members: wordsSetting(placed, entry, 'member', []).value,
    excludes: flagSetting(placed, entry, 'exclude', false).value,
  };
}

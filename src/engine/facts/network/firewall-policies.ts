import { type ConfigView, entriesOf, type PlacedEntry } from '../config/config-view.ts';
import { readEntry } from '../config/fields.ts';
import { notSeen } from '../config/reading.ts';
import { flagSetting, wordSetting, wordsSetting } from '../config/setting.ts';
import { tableFact } from '../config/table.ts';
import type { Fact } from '../fact.ts';
import { FIREWALL_POLICIES, type FirewallPolicy } from './firewall-values.ts';

/** Policies that admit users by name, and those of an interface of a VPN, with or without names. */
export function readFirewallPolicies(view: ConfigView): Fact<readonly FirewallPolicy[]> {
  return readPolicies(view, 'firewallPolicies');
}

/** Those that would admit users if they were enabled. */
export function readDisabledPolicies(view: ConfigView): Fact<readonly FirewallPolicy[]> {
  return readPolicies(view, 'disabledPolicies');
}

function readPolicies(
  view: ConfigView,
  key: 'firewallPolicies' | 'disabledPolicies',
): Fact<readonly FirewallPolicy[]> {
  const tunnels = new Set(
    VPN_TABLES.flatMap((path) => [...entriesOf(view, path)].map(({ entry }) => entry.key)),
  );
  const isVpn = (name: string) => OF_VPN.test(name) || tunnels.has(name);
  const isWanted = (placed: PlacedEntry) =>
    flagSetting(placed, placed.entry, 'status', true).value === (key === 'firewallPolicies');
  const fact = tableFact(view, key, FIREWALL_POLICIES, (placed) =>
    isWanted(placed) && admits(placed, isVpn) ? readEntry(FIREWALL_POLICIES, placed) : undefined,
  );
  if (fact.state !== 'known') return fact;
  const value = fact.value.flatMap((policy) => policy ?? []);
  if (value.length > 0 || !isPiece(view)) return { ...fact, value };
  return isBareTable(view) && fact.partial === undefined
    ? { ...fact, value, partial: MAY_LEAVE_OUT }
    : notSeen(key, view.sections);
}

/** Why a table of policies without a command above it shows no absence for certain. */
export const MAY_LEAVE_OUT = 'the text may leave firewall policies out';

/** A table of several policies that stands in a text alone: people copy it from a backup. */
function isBareTable(view: ConfigView): boolean {
  return view
    .blocks(FIREWALL_POLICIES.path)
    .every(
      ({ block, selected, section }) =>
        section.command === undefined &&
        block.closed &&
        !block.abridged &&
        !selected &&
        block.entries.length > 1,
    );
}

/** A zone may hold the interface of a VPN. */
const VPN_TABLES = ['vpn ipsec phase1-interface', 'system zone'];
const OF_VPN = /^(?:ssl\.|any$)/;

/** Selected policies say nothing about the others. */
function isPiece(view: ConfigView): boolean {
  const blocks = view.blocks(FIREWALL_POLICIES.path);
  return blocks.length > 0 && !blocks.some(({ entire }) => entire);
}

function admits(placed: PlacedEntry, isVpn: (name: string) => boolean): boolean {
  const { entry } = placed;
  if (wordSetting(placed, entry, 'action', 'deny').value !== 'accept') return false;
  const holds = (name: string, isWanted: (value: string) => boolean = () => true) =>
    wordsSetting(placed, entry, name, []).value.some(isWanted);
  return holds('groups') || holds('users') || holds('srcintf', isVpn) || holds('dstintf', isVpn);
}

import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { flagSetting, notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Fact } from '../fact.ts';
import type { FirewallPolicy } from './firewall-values.ts';

/** Policies that admit users by name through an SSL VPN or IPsec interface. */
export function readFirewallPolicies(
  sections: readonly Section[],
  view: ConfigView,
): Fact<readonly FirewallPolicy[]> {
  const fact = tableFact(view, 'firewall policy', policyOf, () => notSeen('firewallPolicies', sections));
  if (fact.state !== 'known') return fact;
  const value = fact.value.flatMap((policy) => policy ?? []);
  return value.length === 0 && isPiece(view) ? notSeen('firewallPolicies', sections) : { ...fact, value };
}

/** Selected policies say nothing about the others. */
function isPiece(view: ConfigView): boolean {
  const blocks = view.blocks('firewall policy');
  return blocks.length > 0 && !blocks.some(({ entire }) => entire);
}

function policyOf(placed: PlacedEntry): FirewallPolicy | undefined {
  const { entry, vdom } = placed;
  const groups = wordsSetting(placed, entry, 'groups', []);
  const users = wordsSetting(placed, entry, 'users', []);
  const accepts = wordSetting(placed, entry, 'action', 'deny').value === 'accept';
  if (groups.value.length + users.value.length === 0 || !accepts) return undefined;
  if (!flagSetting(placed, entry, 'status', true).value) return undefined;
  return {
    id: entry.key,
    vdom,
    from: wordsSetting(placed, entry, 'srcintf', []).value,
    groups,
    users,
    partial: placed.entire ? undefined : true,
  };
}

import type { Quote } from '../../evidence/types.ts';
import type { LocalUser, UserGroup } from '../../facts/accounts/account-values.ts';
import type { Phase1, SslVpnSettings } from '../../facts/device/settings.ts';
import type { Fact } from '../../facts/fact.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import { FACTS, type FactValues } from '../../facts/facts.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import type { CommandId } from '../../fortios/commands.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';

/** Facts that determine who can log in to the VPN, for the `wants` of a rule. */
export const VPN_ACCESS = [
  'sslVpn',
  'phase1s',
  'userGroups',
  'firewallPolicies',
  'radiusServers',
  'zones',
] as const;

type AccessFacts = { readonly [K in (typeof VPN_ACCESS)[number]]: Fact<FactValues[K]> };

/**
 * `may`: a VPN rule, policy or tunnel names the user or a group of the user. `by-server`: only as a user of the
 * directory, which does not use the local entry. `may-not`: every way into the VPN was read, and none admits the user.
 */
export type Access =
  | { readonly kind: 'may'; readonly evidence: readonly Quote[] }
  | { readonly kind: 'by-server'; readonly server: string; readonly evidence: readonly Quote[] }
  | { readonly kind: 'may-not'; readonly evidence: readonly Quote[] }
  | { readonly kind: 'cannot-tell'; readonly reason: string; readonly commands: readonly CommandId[] };

/** Users and groups admitted by one SSL VPN rule, firewall policy or IPsec tunnel. */
interface Way {
  readonly vdom: string | undefined;
  readonly groups: readonly string[];
  readonly users: readonly string[];
  readonly evidence: readonly Quote[];
}

/** Who can log in to the VPN: one definition for all rules. */
export interface VpnAccess {
  of(user: LocalUser): Access;
  /** Whether some way into the VPN names the group. */
  admits(group: UserGroup): boolean;
  /** Whether at least one way into the VPN was read. */
  readonly known: boolean;
  /** Whether all of them were read. */
  readonly complete: boolean;
  /** Whether some way names users directly, not only groups. */
  readonly namesUsers: boolean;
  /** Members of those groups that are not in `users`: servers, all of whose users may log in. */
  servers(users: readonly LocalUser[]): readonly string[];
}

/** Who can log in to the VPN, from SSL VPN rules, firewall policies and IPsec tunnels. */
export function vpnAccess(facts: AccessFacts): VpnAccess {
  const ways = listWays(facts);
  const groups = valueIfKnown(facts.userGroups) ?? [];
  const everywhere = (valueIfKnown(facts.radiusServers) ?? []).filter((each) => each.allUsergroup.value);
  const unread = notRead(facts, ways);
  const admitted = groups.filter((group) => ways.some((way) => names(way, group)));
  const membership = Map.groupBy(
    admitted.flatMap((group) => group.members.value.map((member) => ({ member, group }))),
    ({ member }) => member,
  );
  const byName = Map.groupBy(
    ways.flatMap((way) => way.users.map((name) => ({ name, way }))),
    ({ name }) => name,
  );
  const groupWith = (member: string, vdom: string | undefined) =>
    membership.get(member)?.find(({ group }) => sameVdom(group.vdom, vdom))?.group;
  const others: Access = unread
    ? { kind: 'cannot-tell', ...unread }
    : { kind: 'may-not', evidence: ways.flatMap((way) => way.evidence).slice(0, MAX_EVIDENCE) };

  function of(user: LocalUser): Access {
    const direct = byName.get(user.name)?.find(({ way }) => sameVdom(way.vdom, user.vdom));
    if (direct) return { kind: 'may', evidence: direct.way.evidence };
    const group = groupWith(user.name, user.vdom);
    if (group) return { kind: 'may', evidence: group.members.quotes };
    const server = user.remoteServer;
    const remote = server === undefined ? undefined : groupWith(server, user.vdom);
    if (server !== undefined && remote) {
      return { kind: 'by-server', server, evidence: remote.members.quotes };
    }
    const everybody = everywhere.find((each) => each.name === server && sameVdom(each.vdom, user.vdom));
    if (everybody && admitted.length > 0) {
      return { kind: 'by-server', server: everybody.name, evidence: everybody.allUsergroup.quotes };
    }
    return others;
  }

  return {
    of,
    admits: (group) => ways.some((way) => names(way, group)),
    known: ways.length > 0,
    complete: unread === undefined,
    namesUsers: byName.size > 0,
    servers(users) {
      const local = new Set(users.map((user) => user.name));
      const members = [...membership.keys()].filter((member) => !local.has(member));
      return [...new Set([...members, ...(admitted.length > 0 ? everywhere.map(({ name }) => name) : [])])];
    },
  };
}

/** Maximum lines quoted from ways that do not admit a user. */
const MAX_EVIDENCE = 4;

function names(way: Way, group: UserGroup): boolean {
  return way.groups.includes(group.name) && sameVdom(way.vdom, group.vdom);
}

function listWays(facts: AccessFacts): readonly Way[] {
  const vpns = valueIfKnown(facts.sslVpn);
  const tunnels = valueIfKnown(facts.phase1s) ?? [];
  const policies = valueIfKnown(facts.firewallPolicies) ?? [];
  return [
    ...(vpns ?? []).filter(({ enabled }) => enabled.value).flatMap(listRules),
    ...tunnels.flatMap(tunnelWays),
    ...policies.filter((policy) => namesUsers(policy) && fromVpn(policy, facts)).map(namingWay),
  ];
}

function listRules({ vdom, rules }: SslVpnSettings): readonly Way[] {
  return rules.map((rule) => namingWay({ vdom, ...rule }));
}

function tunnelWays({ vdom, userGroup, peerGroup, ikeVersion }: Phase1): readonly Way[] {
  const groups = [userGroup, peerGroup].flatMap((group) => group ?? []);
  return groups.length === 0 ? [] : [{ vdom, groups, users: [], evidence: ikeVersion.quotes }];
}

/** Whether the policy admits users by name; others let through who has already logged in. */
export function namesUsers({ groups, users }: FirewallPolicy): boolean {
  return groups.value.length + users.value.length > 0;
}

function namingWay({ vdom, groups, users }: Pick<FirewallPolicy, 'vdom' | 'groups' | 'users'>): Way {
  return {
    vdom,
    groups: groups.value,
    users: users.value,
    evidence: [...(groups.explicit ? groups.quotes : []), ...(users.explicit ? users.quotes : [])],
  };
}

const SSL_INTERFACE = /^ssl\./;

/** Whether the policy concerns users who connect through SSL VPN or a dial-up tunnel. */
function fromVpn(policy: FirewallPolicy, { sslVpn, phase1s, zones }: AccessFacts): boolean {
  const { vdom } = policy;
  const vpns = valueIfKnown(sslVpn);
  const ssl = !vpns || vpns.some((each) => each.enabled.value && sameVdom(each.vdom, vdom));
  const tunnels = (valueIfKnown(phase1s) ?? []).filter((each) => each.dialup && sameVdom(each.vdom, vdom));
  return sourceInterfaces(policy, zones).some(
    (name) =>
      (ssl && (SSL_INTERFACE.test(name) || name === 'any')) ||
      tunnels.some((tunnel) => tunnel.name === name || name === 'any'),
  );
}

/** `srcintf` of the policy, and the interfaces of the zones in it. */
function sourceInterfaces({ from, vdom }: FirewallPolicy, zones: AccessFacts['zones']): readonly string[] {
  const inZones = (valueIfKnown(zones) ?? [])
    .filter((zone) => from.includes(zone.name) && sameVdom(zone.vdom, vdom))
    .flatMap((zone) => zone.interfaces);
  return [...from, ...inZones];
}

/** Every enabled policy from SSL VPN in this VDOM; `undefined` where there may be others. */
export function policiesFromSslVpn(
  { firewallPolicies, zones }: Pick<AccessFacts, 'firewallPolicies' | 'zones'>,
  vdom: string | undefined,
): readonly FirewallPolicy[] | undefined {
  if (firewallPolicies.state !== 'known' || !isPolicyTableWhole(firewallPolicies)) return undefined;
  const found = shownFromSslVpn({ firewallPolicies, zones }, vdom);
  const others = firewallPolicies.value.filter(
    (policy) => sameVdom(policy.vdom, vdom) && namesUsers(policy) && !found.includes(policy),
  );
  return others.length > 0 && isZoneHidden(zones) ? undefined : found;
}

/** The policies from SSL VPN that were read; there may be others. */
export function shownFromSslVpn(
  { firewallPolicies, zones }: Pick<AccessFacts, 'firewallPolicies' | 'zones'>,
  vdom: string | undefined,
): readonly FirewallPolicy[] {
  return (valueIfKnown(firewallPolicies) ?? []).filter(
    (policy) =>
      sameVdom(policy.vdom, vdom) &&
      sourceInterfaces(policy, zones).some((name) => SSL_INTERFACE.test(name) || name === 'any'),
  );
}

/** The source of a policy may be a zone that holds an interface of the VPN, which a failed read hides. */
function isZoneHidden(zones: AccessFacts['zones']): boolean {
  return isPartial(zones) || (zones.state === 'unknown' && zones.failed === true);
}

/** The unread part of the ways into the VPN; `undefined` if all of them are known. */
function notRead(
  facts: AccessFacts,
  ways: readonly Way[],
): { readonly reason: string; readonly commands: readonly CommandId[] } | undefined {
  const groups = new Set((valueIfKnown(facts.userGroups) ?? []).map((group) => group.name));
  const allGroups = ways.every((way) => way.groups.every((name) => groups.has(name)));
  const somePolicies = (valueIfKnown(facts.firewallPolicies) ?? []).some((each) => each.partial);
  const vpns = valueIfKnown(facts.sslVpn);
  const tunnels = valueIfKnown(facts.phase1s);
  // A policy admits users only to an existing VPN, and only to a tunnel that takes its users from policies.
  const byPolicy =
    !vpns || !tunnels || vpns.some(({ enabled }) => enabled.value) || tunnels.some(takesUsersFromPolicies);
  const somewhereElse = (valueIfKnown(facts.firewallPolicies) ?? []).some(
    (each) => namesUsers(each) && !fromVpn(each, facts),
  );
  const needed = [
    ['sslVpn', 'the SSL VPN rules'],
    ['phase1s', 'the IPsec tunnels'],
    ['userGroups', 'the user groups'],
    ...(byPolicy ? [['firewallPolicies', 'the firewall policies'] as const] : []),
    ...(byPolicy && somewhereElse && isZoneHidden(facts.zones) ? [['zones', 'the zones'] as const] : []),
  ] as const;
  const open = needed.filter(
    ([key]) =>
      key === 'zones' ||
      facts[key].state !== 'known' ||
      isPartial(facts[key]) ||
      (key === 'userGroups' && !allGroups) ||
      (key === 'firewallPolicies' && somePolicies),
  );
  if (open.length === 0) return undefined;
  const what = open.map(([, name]) => name);
  const last = what.pop();
  return {
    reason: `${what.length === 0 ? last : `${what.join(', ')} and ${last}`} were not read`,
    commands: open.flatMap(([key]) => FACTS[key].commands),
  };
}

function takesUsersFromPolicies({ dialup, userGroup }: Phase1): boolean {
  return dialup && userGroup === undefined;
}

function isPartial(fact: Fact<unknown>): boolean {
  return fact.state === 'known' && fact.partial !== undefined;
}

/** A backup has the table also without policies: one that lacks it was shortened, and shows no absence. */
export function isPolicyTableWhole(policies: Fact<readonly FirewallPolicy[]>): boolean {
  if (policies.state !== 'known' || policies.partial !== undefined) return false;
  if (policies.value.some(({ partial }) => partial)) return false;
  return (
    policies.value.length > 0 || quoteAbsence(policies).some(({ text }) => text.includes('firewall policy'))
  );
}

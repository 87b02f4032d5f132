import type { Quote } from '../../evidence/types.ts';
import type { LocalUser, UserGroup } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { listClauses } from '../../facts/described/described.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { nameList } from '../shared/logins.ts';
import { namesUsers, policiesFromSslVpn, shownFromSslVpn } from '../shared/vpn-access.ts';

export type AdmissionFacts = Pick<Facts, 'userGroups' | 'firewallPolicies' | 'zones' | 'radiusServers'>;

export type AdmittedUser = Pick<LocalUser, 'name' | 'vdom' | 'remoteServer'>;

/** What the authentication rules and the firewall policies of SSL VPN name. */
export interface AdmissionParts {
  readonly user?: AdmittedUser;
  /** Groups of the user: those that a rule or a policy names, else all. */
  readonly groups: readonly Pick<UserGroup, 'name'>[];
  readonly vpn: SslVpnSettings;
  /** Policies from SSL VPN, as far as they were read. */
  readonly policies: readonly FirewallPolicy[];
  /** The names of the user or of these groups in rules and policies. */
  readonly evidence: readonly Quote[];
}

/** How far a local user comes on the way into SSL VPN: group, authentication rule, firewall policy. */
export interface SslVpnAdmission extends AdmissionParts {
  readonly user: AdmittedUser;
  readonly ends: 'no-group' | 'no-rule' | 'no-policy' | 'policies-unread' | 'complete';
}

/**
 * `undefined` where what was read of the VDOM does not tell. `isListEmpty`: sslvpn found no group of the user in a rule
 * together with a policy, so what was not read admits the user neither.
 */
export function readAdmission(
  user: AdmittedUser,
  vpns: readonly SslVpnSettings[],
  { userGroups, radiusServers, ...network }: AdmissionFacts,
  isListEmpty = false,
): SslVpnAdmission | undefined {
  const [vpn, ...others] = vpns.filter(({ enabled, vdom }) => enabled.value && sameVdom(vdom, user.vdom));
  const vdom = user.vdom ?? vpn?.vdom;
  const shown = isListEmpty ? shownFromSslVpn(network, vdom) : [];
  const whole = shown.length > 0 ? shown : policiesFromSslVpn(network, vdom);
  const policies = whole ?? shownFromSslVpn(network, vdom);
  if (!vpn || others.length > 0 || userGroups.state !== 'known') return undefined;
  if (admitsWithoutName(policies, radiusServers)) return undefined;
  const isMember = ({ members }: UserGroup) =>
    members.value.some((name) => name === user.name || name === user.remoteServer);
  const own = userGroups.value.filter((group) => sameVdom(group.vdom, user.vdom) && isMember(group));
  const isNamed = (lists: readonly NameLists[], name: string) => naming(lists, name).length > 0;
  const names = [user.name, ...own.map((group) => group.name)];
  const ofRule = names.filter((name) => isNamed(vpn.rules, name));
  const ofPolicy = names.filter((name) => isNamed(policies, name));
  const isComplete = ofRule.some((name) => ofPolicy.includes(name));
  // One group in a rule and another in a policy: either may be the one that was meant.
  if (!isComplete && ofRule.length > 0 && ofPolicy.length > 0) return undefined;
  // Whatever the policies name, the rules that were read name no group of the user.
  const isOutOfRules = isListEmpty && ofRule.length === 0 && own.length > 0 && vpn.rules.length > 0;
  const isOpen = whole
    ? shown.length === 0 && !areGroupsWhole(userGroups)
    : ofRule.length === 0 && !isOutOfRules;
  if (!isComplete && isOpen) return undefined;
  const named = [...ofRule, ...ofPolicy];
  const groups = named.length > 0 ? own.filter(({ name }) => named.includes(name)) : own;
  return {
    user,
    ends: isComplete
      ? 'complete'
      : findGap(ofRule.length > 0, ofPolicy.length > 0 || !whole, whole !== undefined),
    groups,
    vpn,
    policies,
    evidence: [
      ...groups.flatMap(({ members }) => members.quotes),
      ...named.flatMap((name) =>
        [...naming(vpn.rules, name), ...naming(policies, name)].flatMap(quotesOfNames),
      ),
    ],
  };
}

function findGap(hasRule: boolean, hasPolicy: boolean, arePoliciesRead: boolean): SslVpnAdmission['ends'] {
  if (hasRule) return arePoliciesRead ? 'no-policy' : 'policies-unread';
  return hasPolicy ? 'no-rule' : 'no-group';
}

/** Each of these may admit a user without a group that names the user. */
export function admitsWithoutName(
  policies: readonly FirewallPolicy[],
  radiusServers: AdmissionFacts['radiusServers'],
): boolean {
  return (
    policies.some((policy) => !namesUsers(policy)) ||
    (valueIfKnown(radiusServers) ?? []).some(({ allUsergroup }) => allUsergroup.value)
  );
}

/** Whether every group was read with all its members: an unread one may hold the user. */
export function areGroupsWhole(groups: Facts['userGroups']): boolean {
  return isComplete(groups) && groups.value.every(({ partial }) => !partial);
}

/** sslvpn found nothing to ask fnbamd about this user. Sample: `Groups sent to FNBAM:` without a name below. */
export function emptyList({ trace: { signs } }: Attempt): readonly SeenSign[] {
  const [said, sent] = [signs['nobody-to-ask']?.at(-1), signs['groups-sent']?.at(-1)];
  return signs['group-sent'] || !said || !sent ? [] : [said, sent];
}

/** The user whom a group lists by name: a local user, also where `user local` was not read. */
export function findMember(
  { user, vdom }: Pick<Attempt, 'user' | 'vdom'>,
  { userGroups }: Pick<Facts, 'userGroups'>,
): AdmittedUser | undefined {
  const lists = valueIfKnown(userGroups)?.filter((group) => sameVdom(group.vdom, vdom)) ?? [];
  const name = lists.flatMap(({ members }) => members.value).find((each) => sameUser(each, user));
  return name === undefined ? undefined : { name, vdom };
}

/** Parts of names of groups that tell nothing: `VPN-Marketing`, `grp_ssl_users` */
const PLAIN_PART = /^(?:ssl|vpn|sslvpn|users?|groups?|grp|fgt|forti\w*|remote|access|ad|ldap|.{0,1})$/i;

/** The group that a person names, or of which a part of its name fails: `marketing gets Permission denied, IT works`. */
export function toldGroup(
  names: readonly string[],
  { described }: Pick<Facts, 'described'>,
): string | undefined {
  const clauses = (valueIfKnown(described) ?? []).flatMap(listClauses);
  const partsOf = (text: string) => text.split(/[^\p{L}\d]+/u).filter((part) => !PLAIN_PART.test(part));
  const isSaid = (word: string, text: string) =>
    // In capitals as in the name: `IT` is no pronoun.
    partsOf(text).some(
      (each) => each === word || (word.length > 3 && each.toLowerCase() === word.toLowerCase()),
    );
  const own = names.filter((name) => {
    const others = names.filter((other) => other !== name).flatMap(partsOf);
    const words = partsOf(name).filter((part) => !others.includes(part));
    return clauses.some(({ text, meanings }) => {
      const isTrouble = meanings.includes('not') || meanings.includes('fails');
      if (text.includes(name)) return isTrouble || !meanings.includes('works');
      return isTrouble && words.some((word) => isSaid(word, text));
    });
  });
  return own.length === 1 ? own[0] : undefined;
}

export type NameLists = Pick<FirewallPolicy, 'groups' | 'users' | 'id'>;

/** Rules or policies that name the user or group. */
export function naming<T extends NameLists>(lists: readonly T[], name: string): readonly T[] {
  return lists.filter(({ groups, users }) => groups.value.includes(name) || users.value.includes(name));
}

export function quotesOfNames({ groups, users }: NameLists): readonly Quote[] {
  return [groups, users].flatMap(({ explicit, quotes }) => (explicit ? quotes : []));
}

/** `rule 2 and policy 12`: what admits the user, where nothing is missing. */
export function waysThrough({ user, groups, vpn, policies }: SslVpnAdmission): string {
  const names = [user.name, ...groups.map(({ name }) => name)].filter(
    (name) => naming(vpn.rules, name).length > 0 && naming(policies, name).length > 0,
  );
  const ids = (word: string, plural: string, lists: readonly NameLists[]) => {
    const own = new Set(names.flatMap((name) => naming(lists, name).map(({ id }) => id)));
    return `${own.size > 1 ? plural : word} ${nameList([...own])}`;
  };
  return `${ids('rule', 'rules', vpn.rules)} and ${ids('policy', 'policies', policies)}`;
}

/** Whether a finding names what is missing; the group that was meant is unclear where the user is in none. */
export function isReported({ ends, groups, vpn, policies }: SslVpnAdmission): boolean {
  if (ends === 'no-group') return groups.length > 0 && vpn.rules.length > 0 && policies.length > 0;
  return ends === 'no-policy' || ends === 'no-rule';
}

import type { LocalUser } from '../../facts/accounts/account-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { appendMembers, configBlock, quoteValue, vdomFix } from '../shared/fix.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { policiesFromSslVpn, shownFromSslVpn } from '../shared/vpn-access.ts';
import { firstQuotes, lastSign, whoseLogins } from '../shared/vpn-logins.ts';
import { admitsWithoutName, areGroupsWhole, emptyList, findMember } from './ssl-vpn-admission.ts';

type Read = Pick<
  Facts,
  | 'localUsers'
  | 'userGroups'
  | 'firewallPolicies'
  | 'zones'
  | 'radiusServers'
  | 'explainedLines'
  | 'userNotices'
>;

/** Where the rules of SSL VPN were not read, its policies alone may shut a user out: sslvpn needs both. */
export function shutOutByPolicies(read: Read, context: RuleContext): Broken | undefined {
  const user = userInQuestion(read, context);
  const policies = user && policiesFromSslVpn(read, user.vdom);
  if (!user || !policies || policies.length === 0 || !areGroupsWhole(read.userGroups)) return undefined;
  if (admitsWithoutName(policies, read.radiusServers)) return undefined;
  const groups = (valueIfKnown(read.userGroups) ?? []).filter((group) => sameVdom(group.vdom, user.vdom));
  const own = groups.filter(({ members }) =>
    members.value.some((name) => name === user.name || name === user.remoteServer),
  );
  const named = new Set(policies.flatMap((policy) => [...policy.groups.value, ...policy.users.value]));
  if ([user.name, ...own.map(({ name }) => name)].some((name) => named.has(name))) return undefined;
  const [ids, from] = [
    nameList(policies.map(({ id }) => id)),
    nameList(policies.flatMap((each) => each.from)),
  ];
  const names = nameList(own.map(({ name }) => name));
  const [only, another] = named;
  const target = another === undefined ? groups.find(({ name }) => name === only) : undefined;
  return broken('likely', {
    title: `Policy ${ids} from ${from} names ${nameList([...named])}, and ${user.name} is ${names === '' ? 'in no group' : `in ${names}`}`,
    summary: `SSL VPN lets in whom both an authentication rule and a firewall policy from it name. No policy names ${user.name}${names === '' ? '' : ` or ${names}`}, so whatever the rules say, which were not read, the login is refused.`,
    evidence: firstQuotes([
      ...own.flatMap(({ members }) => members.quotes),
      ...policies.flatMap((policy) => [...policy.groups.quotes, ...policy.users.quotes]),
    ]),
    fix: target
      ? vdomFix(
          context,
          user.vdom ?? target.vdom,
          appendMembers(target.name, [user.name], {
            note: `${user.name} then gets what ${target.name} may reach.${names === '' ? '' : ` If ${names} is meant to have a VPN of its own, name it in the policy and in an authentication rule instead.`}`,
          }),
        )
      : `Put ${user.name} into the group whose access is meant (${nameList([...named])}), or name a group of ${user.name} in a policy from ${from} and in an authentication rule.`,
    explains: ['two-factor-not-assigned', 'source-ip-blocked'],
  });
}

/**
 * Logins for which sslvpn found no group to ask, and the group of the user is shown beside policies that do not name it. The
 * rules were not read; sslvpn counts the groups of all policies, so those that were read are all where the count is theirs.
 */
export function refusedByPolicies(
  logins: readonly Attempt[],
  read: Omit<Read, 'localUsers'> & Pick<Facts, 'sslVpn'>,
  context: RuleContext,
): Broken | undefined {
  if (valueIfKnown(read.sslVpn)?.some(({ rules }) => rules.length > 0)) return undefined;
  const refused = logins.flatMap((login) => {
    const user = emptyList(login).length > 0 ? findMember(login, read) : undefined;
    if (!user) return [];
    const policies = shownFromSslVpn(read, user.vdom);
    const groups = (valueIfKnown(read.userGroups) ?? []).filter(
      ({ vdom, members }) => sameVdom(vdom, user.vdom) && members.value.includes(user.name),
    );
    const named = new Set(policies.flatMap((policy) => [...policy.groups.value, ...policy.users.value]));
    const isNamed = [user.name, ...groups.map(({ name }) => name)].some((name) => named.has(name));
    return policies.length === 0 || isNamed || admitsWithoutName(policies, read.radiusServers)
      ? []
      : [{ login, user, policies, groups, named: [...named] }];
  });
  const [first] = refused;
  if (!first) return undefined;
  const { policies, named, user } = first;
  const names = nameList(first.groups.map(({ name }) => name));
  const alike = refused.filter(({ groups }) => nameList(groups.map(({ name }) => name)) === names);
  const users = whoseLogins(alike.map(({ login }) => login));
  const several = new Set(alike.map(({ user: { name } }) => name)).size > 1;
  const counted = lastSign(first.login, 'policy-candidates')?.fields.groups ?? '';
  const inPolicies = new Set(policies.flatMap(({ groups }) => groups.value));
  const isAll =
    Number.parseInt(counted, 10) === inPolicies.size || policiesFromSslVpn(read, user.vdom) !== undefined;
  const [ids, from] = [policies.map(({ id }) => id), [...new Set(policies.flatMap((each) => each.from))]];
  const [policy = '', otherPolicy] = ids;
  const [group, otherGroup] = first.groups;
  const [id, value] = [
    otherPolicy === undefined ? policy : '<policy-id>',
    group && otherGroup === undefined ? quoteValue(group.name) : '"<group>"',
  ];
  const change = (verb: string) =>
    configBlock('firewall policy', [`edit ${id}`, `    ${verb} groups ${value}`, 'next']);
  return broken(isAll ? 'certain' : 'likely', {
    title: `Policy ${nameList(ids)} from ${nameList(from)} names only ${nameList(named)}, and ${users} ${several ? 'are' : 'is'} in ${names}`,
    summary: `SSL VPN lets in whom both an authentication rule and a firewall policy from it name. No policy${isAll ? '' : ' that was read'} names ${names}, so sslvpn found no group to ask about ${users} and refused the login.`,
    evidence: firstQuotes([
      ...alike.flatMap(({ login }) => [
        ...(login.milestones.loginFailed ? [login.milestones.loginFailed.quote] : []),
        ...emptyList(login).map(({ quote }) => quote),
      ]),
      ...first.groups.flatMap(({ members }) => members.quotes),
      ...policies.flatMap((each) => [...each.groups.quotes, ...each.users.quotes]),
    ]),
    fix: vdomFix(context, user.vdom, {
      apply: change('append'),
      undo: change('unselect'),
      verify: [`show firewall policy ${id} | grep groups`, 'show vpn ssl settings | grep groups'],
      note: `Every member of ${names} then gets the access of policy ${nameList(ids)}, that of ${nameList(named)}. If the login still ends there, name the group in an authentication rule too (\`config vpn ssl settings\`): the rules were not read.`,
    }),
    explains: ['two-factor-not-assigned', 'source-ip-blocked'],
  });
}

/** Accounts may be called so, and every complaint says the word. */
const ANY_COMPLAINT = /^(?:ssl|vpn|ipsec|users?|clients?|login|forticlient)$/i;

/** The user asked about, or the only one whom a complaint names. */
function userInQuestion(
  { localUsers, explainedLines, userNotices }: Pick<Read, 'localUsers' | 'explainedLines' | 'userNotices'>,
  context: RuleContext,
): LocalUser | undefined {
  const users = valueIfKnown(localUsers) ?? [];
  if (context.user !== undefined) return users.find(({ name }) => isAskedAbout(name, context));
  const said = [...(valueIfKnown(explainedLines) ?? []), ...(valueIfKnown(userNotices) ?? [])]
    .filter(({ kind }) => kind === 'complaint' || kind === 'not-in')
    .flatMap(({ quote }) => quote.text.toLowerCase().split(/[^\p{L}\p{N}._@-]+/u));
  const [user, another] = users.filter(
    ({ name }) => !ANY_COMPLAINT.test(name) && said.includes(name.toLowerCase()),
  );
  return another === undefined ? user : undefined;
}

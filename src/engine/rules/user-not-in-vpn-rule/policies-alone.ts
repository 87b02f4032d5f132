import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { appendMembers, vdomFix } from '../shared/fix.ts';
import { isAskedAbout, nameList } from '../shared/logins.ts';
import { policiesFromSslVpn } from '../shared/vpn-access.ts';
import { firstQuotes } from '../shared/vpn-logins.ts';
import { admitsWithoutName, areGroupsWhole } from './ssl-vpn-admission.ts';

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

import type { UserGroup } from '../../facts/accounts/account-values.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import { broken } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { ALL_POLICIES } from '../shared/described-symptoms.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { namesUsers } from '../shared/vpn-access.ts';
import { firstQuotes } from '../shared/vpn-logins.ts';

type Read = Pick<Facts, 'phase1s' | 'firewallPolicies' | 'userGroups' | 'described'>;

/** A tunnel and the policies from it that ask for groups of other users. */
interface TwoPlaces {
  readonly tunnel: Phase1;
  readonly asked: UserGroup;
  readonly policies: readonly FirewallPolicy[];
  readonly others: readonly UserGroup[];
}

/** Where no login was watched: nobody is in the group of the tunnel and in one of its policies. */
export function judgeTwoPlaces(facts: Read, context: RuleContext): Judgement | undefined {
  const groups = valueIfKnown(facts.userGroups) ?? [];
  const policies = valueIfKnown(facts.firewallPolicies) ?? [];
  const isTold = statedQuote('fails|not', facts.described) !== undefined;
  const [found] = (valueIfKnown(facts.phase1s) ?? []).flatMap((tunnel): readonly TwoPlaces[] => {
    const own = policies.filter(({ from, vdom }) => from.includes(tunnel.name) && vdom === tunnel.vdom);
    const find = (name: string | undefined) =>
      groups.find((group) => group.name === name && group.vdom === tunnel.vdom);
    const asked = find(tunnel.userGroup);
    const named = [...new Set(own.flatMap((policy) => policy.groups.value))];
    const others = named.flatMap((name) => find(name) ?? []);
    // A policy without names lets everybody of the tunnel through.
    const isOpen =
      own.length === 0 || !own.every((policy) => namesUsers(policy) && policy.users.value.length === 0);
    if (!tunnel.dialup || !asked || isOpen || others.length < named.length) return [];
    const isApart = others.every((other) => shareNobody(asked, other, isTold));
    return isApart ? [{ tunnel, asked, policies: own, others }] : [];
  });
  return found && showTwoPlaces(found, facts, context);
}

/** Users of one server are told apart by their groups there, which nested groups may join: that counts where a login fails. */
function shareNobody(one: UserGroup, other: UserGroup, isTold: boolean): boolean {
  if (one.name === other.name || one.members.value.length === 0 || other.members.value.length === 0)
    return false;
  const shared = one.members.value.filter((member) => other.members.value.includes(member));
  const ofServer = ({ matches }: UserGroup, server: string) =>
    matches.filter((match) => match.server === server).map(({ group }) => group.toLowerCase());
  return shared.every((member) => {
    const [here, there] = [ofServer(one, member), ofServer(other, member)];
    return isTold && here.length > 0 && there.length > 0 && !here.some((group) => there.includes(group));
  });
}

function showTwoPlaces(
  { tunnel, asked, policies, others }: TwoPlaces,
  facts: Read,
  context: RuleContext,
): Judgement {
  const names = nameList(others.map(({ name }) => name));
  const ids = nameList(policies.map(({ id }) => id));
  const policy = `${policies.length === 1 ? 'policy' : 'policies'} ${ids}`;
  const said = statedQuote(ALL_POLICIES, facts.described);
  const isSure = others.every((other) => shareNobody(asked, other, false));
  return broken(isSure ? 'likely' : 'possible', {
    title: `${tunnel.name} asks for the group ${asked.name}, its ${policy} for ${names}: nobody passes both`,
    summary: `\`authusrgrp\` of ${tunnel.name} lets only ${asked.name} in, so members of ${names} fail at the login. Members of ${asked.name} get in, and ${policy} does not name them${said ? '' : ' (other policies from the tunnel were not read)'}: they reach nothing.`,
    evidence: firstQuotes([
      ...tunnel.eap.quotes,
      ...policies.flatMap(({ groups }) => groups.quotes),
      ...[asked, ...others].flatMap(({ members }) => members.quotes),
      ...(said ? [said] : []),
    ]),
    fix: said
      ? vdomFix(context, tunnel.vdom, inPolicies(tunnel, asked, policy), 'the tunnel')
      : `Keep the groups in one place. For groups with rights of their own these are the policies: first see that every policy from ${tunnel.name} names a group (without one it lets everybody through), then take \`authusrgrp\` out of ${tunnel.name}, and create a policy from it for ${asked.name}. If only ${asked.name} is to get in, take ${names} out of ${policy} and name ${asked.name} there.`,
    explains: ['ike-no-policy'],
  });
}

function inPolicies(tunnel: Phase1, asked: UserGroup, policy: string): Fix {
  const path = 'vpn ipsec phase1-interface';
  return {
    apply: configEntry(path, tunnel.name, ['unset authusrgrp']),
    undo: configEntry(path, tunnel.name, [`set authusrgrp ${quoteValue(asked.name)}`]),
    verify: [`show full-configuration ${path} ${quoteValue(tunnel.name)} | grep authusrgrp`],
    before: 'The lines may end sessions of this tunnel, so choose a quiet time.',
    note: `The groups then stand in the policies alone, and ${policy} decides who gets in. Create one more policy from ${tunnel.name} for ${asked.name}, with what its members may reach: without it they are refused. Every policy from the tunnel needs a group; one without lets everybody through.`,
  };
}

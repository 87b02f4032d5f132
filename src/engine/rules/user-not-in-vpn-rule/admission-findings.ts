import type { Quote } from '../../evidence/types.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { findLoginFailure, saidYes } from '../../facts/attempts/login-failure.ts';
import { wasAsked } from '../../facts/attempts/login-state.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import type { Facts } from '../../facts/facts.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken, undecided } from '../define-rule.ts';
import type { Broken, RuleContext, Undecided } from '../rule.ts';
import { configBlock, quoteValue, vdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { policiesFromSslVpn, shownFromSslVpn } from '../shared/vpn-access.ts';
import { firstQuotes, lastSign, whoseLogins } from '../shared/vpn-logins.ts';
import {
  type AdmissionFacts,
  type AdmissionParts,
  admitsWithoutName,
  areGroupsWhole,
  emptyList,
  naming,
  quotesOfNames,
  type SslVpnAdmission,
  toldGroup,
} from './ssl-vpn-admission.ts';

/** Groups of authentication rules none of whose members any policy from SSL VPN names; nothing where there may be others. */
export function groupsWithoutPolicy(
  vpn: SslVpnSettings,
  { userGroups, radiusServers, ...network }: AdmissionFacts,
  context: RuleContext,
): Broken | undefined {
  const policies = policiesFromSslVpn(network, vpn.vdom) ?? [];
  if (policies.length === 0 || userGroups.state !== 'known' || !areGroupsWhole(userGroups)) return undefined;
  if (admitsWithoutName(policies, radiusServers)) return undefined;
  const own = userGroups.value.filter((group) => sameVdom(group.vdom, vpn.vdom));
  const admitted = new Set(
    own.flatMap((group) => (naming(policies, group.name).length > 0 ? group.members.value : [])),
  );
  const isOut = (member: string) => !admitted.has(member) && naming(policies, member).length === 0;
  const groups = own.filter(
    ({ name, members }) =>
      naming(vpn.rules, name).length > 0 &&
      naming(policies, name).length === 0 &&
      members.value.length > 0 &&
      members.value.every(isOut),
  );
  if (groups.length === 0) return undefined;
  const evidence = groups.flatMap((group) => naming(vpn.rules, group.name).flatMap(quotesOfNames));
  const who = nameList(groups.flatMap(({ members }) => members.value));
  const finding = noPolicy({ groups, vpn, policies, evidence }, who, [], context);
  return { ...finding, confidence: 'likely', concerns: 'some-users', explains: [] };
}

/**
 * Groups of authentication rules that no policy names, for logins without another reason: sslvpn counts the groups of all
 * policies, so those that were read are all where the count is theirs.
 */
export function groupsOutsidePolicies(
  vpn: SslVpnSettings,
  { radiusServers, described, ...network }: AdmissionFacts & Pick<Facts, 'described'>,
  logins: readonly Attempt[],
  context: RuleContext,
): Broken | undefined {
  const policies = shownFromSslVpn(network, vpn.vdom);
  if (!vpn.enabled.value || policies.length === 0 || admitsWithoutName(policies, radiusServers))
    return undefined;
  const isWhole = policiesFromSslVpn(network, vpn.vdom) !== undefined;
  const inPolicies = new Set(policies.flatMap(({ groups }) => groups.value));
  const inRules = new Set(vpn.rules.flatMap(({ groups }) => groups.value));
  const [outOfPolicies, outOfRules] = [
    [...inRules].filter((name) => !inPolicies.has(name)),
    [...inPolicies].filter((name) => !inRules.has(name)),
  ];
  const told = toldGroup([...new Set([...inPolicies, ...inRules])], { described });
  const lacksRule = told !== undefined && outOfRules.includes(told);
  const refused = logins.flatMap((login) => {
    const counted = lastSign(login, 'policy-candidates');
    const isAll = counted && Number.parseInt(counted.fields.groups ?? '', 10) === inPolicies.size;
    const unasked = isAll || isWhole || lacksRule ? emptyList(login).map(({ quote }) => quote) : [];
    if (unasked.length > 0) return [{ login, shown: unasked }];
    return isAll && isRefusedWithoutReason(login) ? [{ login, shown: [counted.quote] }] : [];
  });
  const names = told === undefined ? outOfPolicies : outOfPolicies.filter((name) => name === told);
  if (refused.length === 0 || (names.length === 0 && !lacksRule)) return undefined;
  const users = whoseLogins(refused.map(({ login }) => login));
  const seen = refused.slice(0, 2).flatMap(({ shown, login: { milestones } }) => {
    const end = milestones.loginFailed ?? milestones.passwordRefused;
    return [...shown, ...(end ? [end.quote] : [])];
  });
  const of = (own: readonly string[]): AdmissionParts => ({
    groups: own.map((name) => ({ name })),
    vpn,
    policies,
    evidence: own.flatMap((name) =>
      [...naming(vpn.rules, name), ...naming(policies, name)].flatMap(quotesOfNames),
    ),
  });
  const finding = lacksRule
    ? noRule(of([told]), users, seen, context)
    : told === undefined && outOfRules.length > 0
      ? eitherGroup(of([...outOfRules, ...outOfPolicies]), { outOfRules, outOfPolicies }, users, seen)
      : noPolicy(of(names), `${users}, if in no other group,`, seen, context);
  return { ...finding, confidence: 'likely', explains: ['password-rejected', 'source-ip-blocked'] };
}

/** Nothing tells which of the groups the refused user is in: those of policies lack a rule, those of rules a policy. */
function eitherGroup(
  { vpn, policies, evidence }: AdmissionParts,
  { outOfRules, outOfPolicies }: Readonly<Record<'outOfRules' | 'outOfPolicies', readonly string[]>>,
  users: string,
  seen: readonly Quote[],
): Broken {
  const [rules, ids] = [vpn.rules, policies].map((lists) => nameList(lists.map(({ id }) => id)));
  const [rule, policy] = [nameList(outOfPolicies), nameList(outOfRules)];
  return broken('likely', {
    title: `No authentication rule names ${policy}, and no firewall policy from SSL VPN names ${rule}`,
    summary: `SSL VPN lets in only groups that both name. The authentication rules (${rules}) name ${rule} without a policy, the policies (${ids}) name ${policy} without a rule, so the login of ${users}, if in no other group, is refused.`,
    evidence: firstQuotes([...evidence, ...seen]),
    fix: `Look which group ${users} is in. For ${policy}: in \`config vpn ssl settings\`, \`config authentication-rule\`, add an entry with \`set groups ${outOfRules.map(quoteValue).join(' ')}\` and the portal that is meant. For ${rule}: type \`append groups ${outOfPolicies.map(quoteValue).join(' ')}\` in the firewall policy from SSL VPN whose access is meant (read: ${ids}).`,
  });
}

/** Nothing but result 1, or what sslvpn made of it: no line of a server, a local password or a second factor. */
function isRefusedWithoutReason({ trace: { signs, vpn }, milestones, outcome }: Attempt): boolean {
  if (outcome !== 'failed' || vpn === 'ike' || wasAsked(milestones)) return false;
  const isChecked =
    saidYes(signs) ?? signs['local-result'] ?? signs['server-loaded'] ?? milestones.groupMismatch;
  return !isChecked && (findLoginFailure(signs)?.sign ?? 'event-login-failed') === 'event-login-failed';
}

/** The finding where a rule or a policy is missing. */
export function reportRefusal(
  admission: SslVpnAdmission,
  who: string,
  seen: readonly Quote[],
  context: RuleContext,
): Broken | undefined {
  if (admission.ends === 'no-policy') return noPolicy(admission, who, seen, context);
  if (admission.ends === 'no-group') return neither(admission, who, seen, context);
  return admission.ends === 'no-rule' ? noRule(admission, who, seen, context) : undefined;
}

/** The user is in groups that no rule together with a policy names. */
function neither(
  { vpn, policies, user, ...admission }: SslVpnAdmission,
  who: string,
  seen: readonly Quote[],
  context: RuleContext,
): Broken {
  const { names, words } = subjectText({ vpn, policies, ...admission });
  const [rules, ids] = [vpn.rules, policies].map((lists) => nameList(lists.map(({ id }) => id)));
  const named = nameList([
    ...new Set([...vpn.rules, ...policies].flatMap((each) => [...each.groups.value, ...each.users.value])),
  ]);
  const both = vpn.groups.filter((name) => naming(policies, name).length > 0);
  const instead =
    both.length > 0 ? ` Or add ${user.name} to ${nameList(both)}, if that access is meant.` : '';
  const change = (verb: string) => {
    const lines = [`${verb} groups ${names.map(quoteValue).join(' ')}`];
    return [
      ...configBlock('vpn ssl settings', configBlock('authentication-rule', editing(rules ?? '', lines))),
      ...configBlock('firewall policy', editing(ids ?? '', lines)),
    ];
  };
  return broken('certain', {
    title: `No VPN rule together with a policy names the ${words} of ${user.name}`,
    summary: `${user.name} is in ${nameList(names)}. The rules (${rules}) and policies (${ids}) of SSL VPN name ${named}, so the login of ${who} is refused.`,
    evidence: firstQuotes([
      ...admission.evidence,
      ...[...vpn.rules.slice(0, 2), ...policies.slice(0, 2)].flatMap(quotesOfNames),
      ...seen,
    ]),
    fix:
      names.length === 1 && vpn.rules.length === 1 && policies.length === 1
        ? vdomFix(context, user.vdom ?? vpn.vdom, {
            apply: change('append'),
            undo: change('unselect'),
            verify: ['show vpn ssl settings | grep groups', `show firewall policy ${ids} | grep groups`],
            note: `${nameList(names)} then gets the portal of rule ${rules} and the access of policy ${ids}.${instead}`,
          })
        : `Name ${names.length > 1 ? 'one of ' : ''}${nameList(names)} in an authentication rule of SSL VPN (read: ${rules}) and in the firewall policy from ${nameList([...new Set(policies.flatMap((each) => each.from))])} whose access is meant (read: ${ids}).${instead}`,
    explains: ['source-ip-blocked'],
  });
}

function noPolicy(
  admission: AdmissionParts,
  who: string,
  seen: readonly Quote[],
  context: RuleContext,
): Broken {
  const { policies, vpn } = admission;
  const { list, names, words, member } = subjectText(admission);
  const from = policies.length === 0 ? 'SSL VPN' : nameList(policies.flatMap((each) => each.from));
  const ids = nameList(policies.map(({ id }) => id));
  const ruleIds = nameList(names.flatMap((name) => naming(vpn.rules, name).map(({ id }) => id)));
  const named = nameList(policies.flatMap(({ groups, users }) => [...groups.value, ...users.value]));
  return broken('certain', {
    title: `No firewall policy from ${from} names the ${words}`,
    summary: `${member}Authentication rule ${ruleIds} names ${nameList(names)}, and ${policies.length === 0 ? 'no firewall policy comes from SSL VPN' : `the firewall policy from ${from} (${ids}) names only ${named}`}. SSL VPN takes users and groups from these policies, so the login of ${who} is refused.`,
    evidence: firstQuotes([...policies.flatMap(quotesOfNames).slice(0, 2), ...admission.evidence, ...seen]),
    fix:
      policies.length === 0
        ? `Create a firewall policy from the SSL VPN interface to the network that ${nameList(names)} needs, with ${nameList(names)} in \`${list}\`.`
        : vdomFix(context, admission.user?.vdom ?? vpn.vdom, toPolicy(admission)),
    explains: ['source-ip-blocked'],
  });
}

/** A policy of its own where the rule gives another portal than those of the policy’s groups: other access is meant. */
function toPolicy(admission: AdmissionParts) {
  const { policies, vpn } = admission;
  const { list, names } = subjectText(admission);
  const [only] = policies.length === 1 ? policies : [];
  const values = names.map(quoteValue).join(' ');
  const theirs = [...(only?.groups.value ?? []), ...(only?.users.value ?? [])];
  const [own = [], others = []] = [names, theirs].map((each) =>
    each.flatMap((name) => naming(vpn.rules, name).map(({ portal }) => portal.value)),
  );
  if (only && others.length > 0 && !own.some((portal) => others.includes(portal))) {
    const id = '<new-policy-id>';
    return {
      apply: configBlock(
        'firewall policy',
        editing(id, [
          'set name "<policy-name>"',
          `set srcintf ${only.from.map(quoteValue).join(' ')}`,
          `set dstintf ${only.to.map(quoteValue).join(' ')}`,
          'set action accept',
          'set srcaddr "all"',
          'set dstaddr "<addresses>"',
          'set schedule "always"',
          'set service "<services>"',
          `set ${list} ${values}`,
        ]),
      ),
      undo: configBlock('firewall policy', [`delete ${id}`]),
      verify: [`show firewall policy ${id} | grep ${list}`],
      note: `Name only what ${nameList(names)} may reach. The portal ${nameList(own)} is not that of ${nameList(theirs)} (${nameList(others)}); with \`append ${list} ${values}\` in policy ${only.id} instead, ${nameList(names)} would get the access of ${nameList(theirs)}.`,
    };
  }
  const id = only?.id ?? '<policy-id>';
  return {
    apply: configBlock('firewall policy', editing(id, [`append ${list} ${values}`])),
    undo: configBlock('firewall policy', editing(id, [`unselect ${list} ${values}`])),
    verify: [`show firewall policy ${id} | grep ${list}`],
    note: only
      ? `${nameList(names)} then gets the access of policy ${id}, that of ${nameList(theirs)}. If that is too much, create a policy of its own instead.`
      : `Policies ${nameList(policies.map((each) => each.id))} come from SSL VPN: choose the one whose access is meant.`,
  };
}

function noRule(
  admission: AdmissionParts,
  who: string,
  seen: readonly Quote[],
  context: RuleContext,
): Broken {
  const { vpn, policies } = admission;
  const { list, names, words, member } = subjectText(admission);
  const ids = nameList(names.flatMap((name) => naming(policies, name).map((policy) => policy.id)));
  const portals = new Set(vpn.rules.map(({ portal }) => portal.value));
  const [only = ''] = portals;
  // Whose access is meant, a policy that names the group shows.
  const isClear =
    ids !== '' && portals.size === 1 && only !== '' && vpn.rules.every(({ realm }) => realm.value === '');
  const theirs = vpn.rules.map(
    (rule) => `${rule.portal.value} (${nameList([...rule.groups.value, ...rule.users.value])})`,
  );
  const inPolicy = `\`append ${list} ${names.map(quoteValue).join(' ')}\``;
  const id = `${Math.max(0, ...vpn.rules.map((rule) => Number(rule.id) || 0)) + 1}`;
  const inRules = (lines: readonly string[]) =>
    configBlock('vpn ssl settings', configBlock('authentication-rule', lines));
  return broken(ids === '' ? 'certain' : 'likely', {
    title: `No authentication rule of SSL VPN names the ${words}`,
    summary: `${member}${ids === '' ? 'The' : `Firewall policy ${ids} names ${nameList(names)}; the`} authentication rules name only ${nameList([...vpn.groups, ...vpn.users])}. The login of ${who} is refused.`,
    evidence: firstQuotes([...vpn.rules.flatMap(quotesOfNames).slice(0, 2), ...admission.evidence, ...seen]),
    fix: vdomFix(context, admission.user?.vdom ?? vpn.vdom, {
      apply: inRules(
        editing(id, [
          `set ${list} ${names.map(quoteValue).join(' ')}`,
          `set portal ${quoteValue(isClear ? only : '<portal>')}`,
        ]),
      ),
      undo: inRules([`delete ${id}`]),
      verify: ['show vpn ssl settings | grep groups'],
      note: isClear
        ? `${nameList(names)} gets the portal ${only}, as the other rules give it.`
        : `${theirs.length === 0 ? 'Choose the portal that is meant.' : `The rules give these portals: ${nameList(theirs)}; choose the one that ${nameList(names)} may have.`}${ids === '' ? ` The firewall policy from the SSL VPN interface has to name ${nameList(names)} as well: look with \`show firewall policy\`, and if none does, type ${inPolicy} in the one whose access is meant.` : ''}`,
    }),
    explains: ['source-ip-blocked'],
  });
}

/** `edit 12` … `next` around the lines: keys of these tables are numbers. */
function editing(id: string, lines: readonly string[]): readonly string[] {
  return [`edit ${id}`, ...lines.map((line) => `    ${line}`), 'next'];
}

/** What the rules and policies are to name: the groups of the user, or the user where one names the user directly. */
function subjectText({ user, groups }: AdmissionParts) {
  const names = groups.map(({ name }) => name);
  if (user && names.length === 0) {
    return { list: 'users', names: [user.name], words: `user ${user.name}`, member: '' };
  }
  const words = `group${names.length > 1 ? 's' : ''} ${nameList(names)}`;
  return { list: 'groups', names, words, member: user ? `${user.name} is in the ${words}. ` : '' };
}

/** Not all policies were read; if one named the user, the log would not call a user of the FortiGate’s own unknown. */
export function policiesUnread(
  admission: SslVpnAdmission,
  logins: readonly Attempt[],
  context: RuleContext,
): Broken | Undecided {
  const { policies, user } = admission;
  const { names, words, member } = subjectText(admission);
  if (policies.length > 0 && user.remoteServer === undefined && logins.length > 0) {
    const own = logins.filter((login) => sameUser(login.user, user.name));
    const seen = own.flatMap(({ milestones }) => milestones.loginFailed?.quote ?? []);
    return { ...noPolicy(admission, user.name, seen, context), confidence: 'likely' };
  }
  const rules = nameList(names.flatMap((name) => naming(admission.vpn.rules, name).map(({ id }) => id)));
  return undecided({
    reason: `${member}Rule ${rules} names the ${words}; whether a firewall policy does too was not read`,
    need: `the firewall policies that name the ${words}`,
    commands: ['policies'],
    isHeadline: true,
  });
}

import type { Quote } from '../../evidence/types.ts';
import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { byLines } from '../shared/disturbed.ts';
import { isAskedAbout, loginsInQuestion, nameList, upperFirst } from '../shared/logins.ts';
import { VPN_ACCESS, vpnAccess } from '../shared/vpn-access.ts';
import { groupsAsked, isClientId, whoseLogins } from '../shared/vpn-logins.ts';
import {
  groupsOutsidePolicies,
  groupsWithoutPolicy,
  policiesUnread,
  reportRefusal,
} from './admission-findings.ts';
import { ANSWERS } from './answers.ts';
import {
  addToGroup,
  compareAll,
  createAndJoin,
  FIND_GROUP,
  guessing,
  isSaidLocal,
  joinAsked,
  letIn,
  type ReadAccounts,
} from './membership-fix.ts';
import { refusedByPolicies, shutOutByPolicies } from './policies-alone.ts';
import {
  areGroupsWhole,
  emptyList,
  findMember,
  isReported,
  readAdmission,
  type SslVpnAdmission,
  waysThrough,
} from './ssl-vpn-admission.ts';

/** fnbamd's result where the user was not decided about: no group, but also no answer from a server. */
const ERROR = 5;
const UNKNOWN_USER = 'sslvpn_login_unknown_user';
/** The second is seen in a title of a public wiki only. */
const REASONS: ReadonlySet<string> = new Set([UNKNOWN_USER, 'sslvpn_login_no_matching_policy']);
export const rule = defineRule({
  id: 'user-not-in-vpn-rule',
  title: 'The user is in no group that the VPN rules name',
  severity: 'high',
  hop: 'login',
  number: 49,
  aliases: ['V13', 'V37'],
  forCustomer: 'the account is not allowed to use this connection',
  disturbs: byLines('nobody: only new logins'),
  place: 'on the FortiGate, whose VPN rules have no group with this user',
  stops: 'one account',
  answers: ANSWERS,
  loginReasons: { 'nobody-to-ask': 'in no group that the VPN allows' },
  descriptions: [
    {
      all: ['noGroup', 'fails'],
      or: [
        ['moved', 'rule|group', 'fails immediately / fails'],
        ['newUser', 'noGroup|notElsewhere / group joins not', 'fails|immediately'],
        ['moved', 'noGroup', 'fails|immediately'],
        ['group rule not', 'fails'],
        ['newUser', 'notElsewhere|noGroup', 'rule not / works group'],
      ],
      also: ['fails immediately', 'newUser', 'code|request not', 'rule'],
      not: ['radius', 'ldap', 'ipsec', 'ikev2', 'saml'],
      title: 'The user is in no group that the VPN rules name',
      fix: 'Compare the groups of the user with the groups that the VPN names: `show user group`, and `show vpn ssl settings` (authentication rules) or the policies of the tunnel. Put the user into a group that is named in both, or add the user’s group to the authentication rule and to the policy. A new password or token changes nothing here.',
    },
  ],
  needs: [],
  wants: [
    'attempts',
    'localUsers',
    'missingUsers',
    'explainedLines',
    'userNotices',
    'described',
    ...VPN_ACCESS,
  ],
  versions: 'all with SSL VPN',
  references: ['KB232277'],
  check({ attempts, localUsers, ...facts }, context) {
    const { sslVpn } = facts;
    const logins = valueIfKnown(attempts) ?? [];
    const unknown = loginsInQuestion(logins, context).filter(isUnknownUser);
    if (unknown.length > 0) {
      const users = valueIfKnown(localUsers);
      const admissions = unknown.map((login) => {
        if (!isRefusedBySslVpn(login)) return undefined;
        const isListEmpty = emptyList(login).length > 0;
        const entry = users?.find(({ name }) => sameUser(name, login.user));
        const user = entry ?? (users || !isListEmpty ? undefined : findMember(login, facts));
        return user && readAdmission(user, valueIfKnown(sslVpn) ?? [], facts, isListEmpty);
      });
      const absent = notOnDevice(unknown, { attempts: logins, ...facts }, context);
      if (absent) return absent;
      const open = unknown.filter((_, index) => !isAdmitted(admissions[index]));
      const isOfDirectory = valueIfKnown(facts.userGroups)?.some(({ matches }) => matches.length > 0);
      const unjudged =
        areGroupsWhole(facts.userGroups) && !isOfDirectory
          ? []
          : unknown.filter((login, index) => !admissions[index] && emptyList(login).length > 0);
      const [outside] = (valueIfKnown(sslVpn) ?? []).flatMap(
        (vpn) => groupsOutsidePolicies(vpn, facts, unjudged, context) ?? [],
      );
      return (
        shownByAdmission(unknown, admissions, context) ??
        outside ??
        refusedByPolicies(
          unknown.filter((_, index) => !admissions[index]),
          facts,
          context,
        ) ??
        shownByLogin(
          open,
          admissions.filter((admission) => !isAdmitted(admission)),
          {
            users,
            vpns: valueIfKnown(sslVpn) ?? [],
            isLocal: isSaidLocal(facts),
            doubt: guessing(open, facts),
            ...facts,
          },
          context,
        )
      );
    }
    const leaveOpen = loginsInQuestion(logins, context).find(
      ({ milestones }) => !milestones.passwordAccepted && milestones.passwordRefused?.code === ERROR,
    );
    if (leaveOpen) {
      return undecided({
        reason: `no server decided about ${leaveOpen.user} (result 5): none answered, or no group of the VPN knows the user`,
        need: 'what the server and the VPN’s groups say about the user',
        commands: ['ssl-vpn', 'user-groups'],
      });
    }
    const [shut] = (valueIfKnown(sslVpn) ?? []).flatMap(
      (vpn) => groupsOutsidePolicies(vpn, facts, loginsInQuestion(logins, context), context) ?? [],
    );
    if (shut) return shut;
    const accepted = logins.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.passwordAccepted,
    );
    if (accepted?.milestones.passwordAccepted) {
      return healthy(
        `${accepted.user} was found and the password accepted`,
        [accepted.milestones.passwordAccepted.quote],
        ['attempts'],
      );
    }
    const vpns = valueIfKnown(sslVpn);
    if (!vpns) {
      const shutOut = logins.length === 0 ? shutOutByPolicies({ localUsers, ...facts }, context) : undefined;
      if (shutOut) return shutOut;
      const reason = sslVpn.state === 'known' ? '' : sslVpn.reason;
      const need = 'the VPN’s authentication rules';
      return undecided({ reason, need, commands: ['ssl-vpn', 'user-groups'] });
    }
    const active = vpns.filter((vpn) => vpn.enabled.value);
    if (active.length === 0) return notApplicable('SSL VPN is not in use', ['sslVpn']);
    const user = (valueIfKnown(localUsers) ?? []).find(
      (each) => context.user !== undefined && isAskedAbout(each.name, context),
    );
    // A user of an IPsec tunnel needs no rule of SSL VPN.
    const isByTunnel = valueIfKnown(facts.phase1s)?.some(({ dialup }) => dialup);
    if (user) {
      const admission = isByTunnel ? undefined : readAdmission(user, vpns, facts);
      const refusal =
        admission?.ends === 'no-policy' ? reportRefusal(admission, user.name, [], context) : undefined;
      if (refusal) return isByTunnel === undefined ? { ...refusal, confidence: 'likely' } : refusal;
      if (admission?.ends === 'policies-unread' && admission.policies.length > 0)
        return policiesUnread(admission, [], context);
      return judgeUser(user, facts, active, context);
    }
    const isShown = isComplete(sslVpn);
    const [unnamed] =
      context.user === undefined && logins.length === 0 && isShown && !isByTunnel
        ? active.flatMap((vpn) => groupsWithoutPolicy(vpn, facts, context) ?? [])
        : [];
    if (unnamed) return unnamed;
    const rules = active.flatMap((vpn) => [...vpn.groups, ...vpn.users]);
    return rules.length > 0
      ? healthy(
          `the VPN rules name ${nameList(rules)}`,
          active.flatMap((vpn) => vpn.interfaces.quotes),
        )
      : undecided({
          reason:
            'SSL VPN has no authentication rule in the evidence, so policies alone decide who may log in',
          need: 'a failed login of the user',
          commands: 'debug-recipe',
        });
  },
});

/** Result 5 alone does not say it: a server that does not answer, or whose certificate is refused, causes it too. */
function isUnknownUser(login: Attempt): boolean {
  const { milestones } = login;
  if (milestones.passwordAccepted !== undefined) return false;
  return REASONS.has(milestones.loginFailed?.why ?? '') || nobodyToAsk(login) !== undefined;
}

/** fnbamd knows no such local user, and no server belongs to the groups that it was asked about. */
function nobodyToAsk({ trace, outcome, user }: Attempt): SeenSign | undefined {
  const { signs } = trace;
  // The identifier of a SAML client is not the name of a user: the answer of the identity provider is missing.
  if (isClientId(user)) return undefined;
  if (outcome === 'incomplete' || !signs['no-local-user'] || signs['server-loaded']) return undefined;
  return signs['no-server-to-ask']?.at(-1);
}

/** sslvpn compares users with rules and policies; an fnbamd log alone may be of another VPN. */
function isRefusedBySslVpn({ trace, milestones }: Attempt): boolean {
  return trace.vpn !== 'ike' && REASONS.has(milestones.loginFailed?.why ?? '');
}

function judgeUser(
  user: LocalUser,
  facts: Parameters<typeof vpnAccess>[0],
  vpns: readonly SslVpnSettings[],
  context: RuleContext,
): Judgement {
  const found = vpnAccess(facts).of(user);
  if (found.kind === 'may-not')
    return shownByConfiguration(user, found.evidence, { ...facts, vpns, doubt: '' }, context);
  if (found.kind === 'cannot-tell') {
    return undecided({
      reason: `whether ${user.name} can log in to the VPN is not shown: ${found.reason}`,
      need: `what lets ${user.name} in to the VPN`,
      commands: found.commands,
    });
  }
  return healthy(`a VPN rule, policy or tunnel lets ${user.name} in`, found.evidence);
}

/** The device was asked to show each of these users, and has none. */
function notOnDevice(
  unknown: readonly Attempt[],
  {
    attempts,
    missingUsers,
    userGroups,
    sslVpn,
  }: Pick<Facts, 'missingUsers' | 'userGroups' | 'sslVpn'> & { readonly attempts: readonly Attempt[] },
  context: RuleContext,
): Judgement | undefined {
  const missing = valueIfKnown(missingUsers) ?? [];
  const shown = unknown.map(({ user }) => missing.find(({ name }) => sameUser(name, user)));
  if (shown.some((each) => each === undefined)) return undefined;
  const users = whoseLogins(unknown);
  const several = new Set(unknown.map(({ user }) => user)).size > 1;
  const others = attempts.filter(({ hops }) =>
    hops.some(({ id, status }) => id === 'authorisation' && status === 'ok'),
  );
  const theirs = groupsAsked(others);
  return broken('certain', {
    title: `${users} ${several ? 'do' : 'does'} not exist on this FortiGate`,
    summary: `\`user local\` has no such entry, and the log shows no server that was asked. The login ends there, before a second factor is asked.${others.length > 0 && theirs.length === 1 ? ` ${nameList(others.map(({ user }) => user))} got in through ${nameList(theirs)}.` : ''}`,
    evidence: [
      ...shown.flatMap((each) => each?.quotes ?? []),
      ...unknown.flatMap(({ milestones }) => (milestones.loginFailed ? [milestones.loginFailed.quote] : [])),
    ],
    fix: createAndJoin(
      unknown,
      [
        (valueIfKnown(sslVpn) ?? []).flatMap(({ groups }) => groups),
        theirs,
        (valueIfKnown(userGroups) ?? []).map(({ name }) => name),
      ],
      context,
    ),
    explains: ['source-ip-blocked'],
  });
}

/** What the configuration decides about the failed logins, as far as they were read. */
function shownByAdmission(
  unknown: readonly Attempt[],
  admissions: readonly (SslVpnAdmission | undefined)[],
  context: RuleContext,
): Judgement | undefined {
  const report = admissions.find((admission) => admission && isReported(admission));
  if (report) {
    const alike = unknown.filter((_, index) => isSameRefusal(admissions[index], report));
    const seen = alike.flatMap((login) => [
      ...emptyList(login).map(({ quote }) => quote),
      ...(login.milestones.loginFailed ? [login.milestones.loginFailed.quote] : []),
    ]);
    return reportRefusal(report, whoseLogins(alike), seen, context);
  }
  const [first] = admissions;
  if (!first || !admissions.every(isAdmitted)) return undefined;
  const unread = admissions.find((admission) => admission?.ends === 'policies-unread');
  if (unread) return policiesUnread(unread, unknown, context);
  return undecided({
    reason: upperFirst(`${waysThrough(first)} let ${whoseLogins(unknown)} in, but the log refuses the login`),
    need: 'a login with the configuration that was read, with debug on',
    commands: 'debug-recipe',
    isHeadline: true,
  });
}

/** Nothing that was read stops the user. */
function isAdmitted(admission: SslVpnAdmission | undefined): boolean {
  return admission?.ends === 'complete' || admission?.ends === 'policies-unread';
}

function isSameRefusal(one: SslVpnAdmission | undefined, other: SslVpnAdmission): boolean {
  return (
    one !== undefined &&
    one.ends === other.ends &&
    one.vpn === other.vpn &&
    nameList(one.groups.map(({ name }) => name)) === nameList(other.groups.map(({ name }) => name)) &&
    (one.groups.length > 0 || one.user === other.user)
  );
}

function shownByLogin(
  unknown: readonly Attempt[],
  admissions: readonly (SslVpnAdmission | undefined)[],
  read: ReadAccounts & Pick<Facts, 'firewallPolicies'> & { readonly isLocal: boolean },
  context: RuleContext,
): Judgement {
  const users = whoseLogins(unknown);
  const several = new Set(unknown.map((each) => each.user)).size > 1;
  const asked = groupsAsked(unknown);
  const notFound = asked.length > 0 && unknown.every(nobodyToAsk);
  const isAnswered = unknown.some((login) => login.milestones.passwordRefused ?? nobodyToAsk(login));
  const isListEmpty = asked.length === 0 && unknown.every((login) => emptyList(login).length > 0);
  const isInNoGroup = admissions.every((admission) => admission?.ends === 'no-group');
  const groups = nameList(admissions.flatMap((admission) => admission?.groups.map(({ name }) => name) ?? []));
  // A login that timed out ends with the same line; only fnbamd's answer concerns the password.
  const confidence =
    isInNoGroup || unknown.some(({ milestones }) => milestones.passwordRefused?.code === ERROR)
      ? 'certain'
      : 'possible';
  return broken(confidence, {
    title: notFound
      ? `${users} ${several ? 'are' : 'is'} not in ${nameList(asked)}, the only group${asked.length === 1 ? '' : 's'} that the FortiGate asked`
      : `${users} ${several ? 'are' : 'is'} in no group that the VPN allows`,
    summary: `${
      isInNoGroup
        ? `${users} ${several ? 'are' : 'is'} ${groups === '' ? 'in no user group' : `only in ${groups}`}; the rules and policies of SSL VPN name ${nameList(read.vpns.flatMap((vpn) => [...vpn.groups, ...vpn.users]))}.`
        : isListEmpty
          ? `sslvpn sent fnbamd no group: no VPN rule together with a policy names a group that could hold ${users}.`
          : isAnswered
            ? `fnbamd was asked about ${asked.length === 0 ? 'the groups of the VPN rules' : nameList(asked)} and did not find ${users} there${notFound ? `; no server belongs to ${nameList(asked)}` : ''} (result 5).`
            : `FortiOS gives the reason \`${unknown[0]?.milestones.loginFailed?.why ?? UNKNOWN_USER}\`: ${users} is not known, or only a group that is not in both an authentication rule and a firewall policy of SSL VPN holds ${users}.`
    } The login ends there.`,
    evidence: unknown.flatMap((login) =>
      [
        nobodyToAsk(login),
        ...emptyList(login),
        login.milestones.loginFailed,
        login.milestones.passwordRefused,
      ].flatMap((mark) => (mark ? [mark.quote] : [])),
    ),
    fix:
      isListEmpty && read.users === undefined && read.vpns.length === 0
        ? read.isLocal
          ? letIn(unknown, { ...read, doubt: FIND_GROUP }, context)
          : compareAll(users, read)
        : unknown.every(nobodyToAsk)
          ? joinAsked(unknown, asked, read, context)
          : letIn(unknown, read, context),
    explains: ['source-ip-blocked'],
  });
}

function shownByConfiguration(
  { name: user, vdom }: LocalUser,
  evidence: readonly Quote[],
  read: Omit<ReadAccounts, 'users'>,
  context: RuleContext,
): Judgement {
  const { vpns } = read;
  const groups = vpns.flatMap((vpn) => vpn.groups);
  return broken('certain', {
    title: `${user} is in no group that the VPN rules name`,
    summary: `${groups.length === 0 ? 'No SSL VPN rule' : `The SSL VPN rules name ${nameList(groups)}; neither they nor a firewall policy`} or IPsec tunnel names ${user} or a group of ${user}. The login is refused, whatever the password.`,
    evidence: evidence.length > 0 ? evidence : vpns.flatMap((vpn) => vpn.interfaces.quotes),
    fix: addToGroup([{ user, vdom: vdom ?? vpns[0]?.vdom }], read, context),
  });
}

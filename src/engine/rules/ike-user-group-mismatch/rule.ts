import type { UserGroup } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt, Moment, SeenSign } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { byLines } from '../shared/disturbed.ts';
import { appendMembers, vdomFix } from '../shared/fix.ts';
import { findPhase1, tunnelNames } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  firstQuotes,
  groupsAsked,
  listQuotes,
  REFUSAL_RULES,
  type ShownLogin,
  shownBy,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';
import { judgeTwoPlaces } from './two-places.ts';

/** fnbamd’s `Concluded: 0`: the local user’s password is right. */
const ACCEPTED = '0';

export const rule = defineRule({
  id: 'ike-user-group-mismatch',
  title: 'The tunnel and its firewall policies ask for different groups',
  severity: 'high',
  hop: 'authorisation',
  number: 150,
  forCustomer: 'the account belongs to another group than this connection asks for',
  disturbs: byLines('nobody: only new logins'),
  place: 'in the groups of tunnel, policies and user, which do not fit together',
  answers: [
    // `is it right to have it in both?`
    [
      /(?<!\p{L})(?:both|twice|double|doppelt|beide\p{L}?|deux|ambos|ambas|entrambi|dubbel)(?!\p{L})/iu,
      'The group belongs in one place, `authusrgrp` of the tunnel or the firewall policies; the other stays empty.',
    ],
    // `Which place is the right one for the group?`, `Wo gehört die Gruppe hin?`
    [
      /\b(?:which|right|correct|welche[rn]?|richtige[rn]?|quel|qué) (?:\w+ ){0,2}(?:place|spot|Stelle|Ort|endroit|sitio)\b|\b(?:where|wo)\b.{0,40}\b(?:group|Gruppe)/iu,
      'The policies are the right place where groups have rights of their own: `authusrgrp` takes only one group.',
    ],
    [
      /authusrgrp/i,
      'The group belongs in one place: without `authusrgrp`, a policy without a group lets everybody through who can log in.',
    ],
    [
      'change',
      'The FortiGate has to be changed in one place, `authusrgrp` or the policies, unless the user joins the group that is asked.',
    ],
    ['who', 'Every user outside of the groups that tunnel and policies ask for is concerned.'],
    [
      'risk',
      'A changed tunnel may end its sessions, so a quiet time is better; a changed policy or group ends none.',
    ],
    [
      'which-group',
      'The user needs the group that `authusrgrp` of the tunnel or its firewall policies name.',
    ],
    [
      ['choice', 'where'],
      'The group belongs in one place, `authusrgrp` of the tunnel or the firewall policies.',
    ],
    ['elsewhere', 'Colleagues who get in are in the group that is asked for; this user is not.'],
    ['verify', 'A login shows it: the debug of ike names the group that was matched.'],
    ['own-change', 'A group that was changed in the tunnel or in a policy has to fit the other place.'],
    ['prevent', 'One place for the group, tunnel or policy, keeps the two from differing.'],
  ],
  descriptions: [
    {
      all: ['authGroup', 'rule group|not|missing'],
      or: [
        ['authGroup rule', 'fails|not|works'],
        ['authGroup', 'group', 'fails|not'],
      ],
      also: ['radiusAccepted|saml', 'rule group', 'works', 'fails'],
      not: ['approval !not !saml', 'request phone'],
      title: 'The tunnel and its firewall policies ask for different groups',
      fix: 'Compare the group of the tunnel (`show vpn ipsec phase1-interface`, `authusrgrp`) with the groups in the policies from the tunnel. Keep the group in one place: either `authusrgrp` in phase 1 and none in the policies, or “Inherit from policy” and the groups in the policies. Then put the user into that group.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'firewallPolicies', 'localUsers', 'userGroups', 'described'],
  references: ['KB334453', 'KB418199'],
  checkPartial: (facts, context) =>
    facts.attempts.state === 'unknown' ? judgeTwoPlaces(facts, context) : undefined,
  check({ attempts, phase1s, firewallPolicies, ...accounts }, context) {
    const outside = outsideGroup(attempts.value, firewallPolicies, { phase1s, ...accounts }, context);
    if (outside) return outside;
    const mismatched = failedWith(attempts.value, context, 'group-mismatch', (seen, { trace }) => {
      const matched = trace.signs['group-matched']?.at(-1);
      return trace.vpn === 'ike' && (matched === undefined || matched.order < seen.order);
    });
    if (mismatched.length === 0) {
      const matched = shownBy(
        attempts.value.filter(({ trace }) => trace.vpn === 'ike'),
        'group-matched',
      );
      return matched
        ? healthy('a group of the tunnel matched', [matched.seen.quote])
        : notApplicable('no login over IPsec in the evidence ended for its group');
    }
    const policies = valueIfKnown(firewallPolicies) ?? [];
    const shown = mismatched.flatMap((each) => {
      const phase1 = findPhase1(each.login, phase1s);
      if (phase1?.userGroup === undefined) return [];
      const { name, userGroup, vdom } = phase1;
      const others = policies.filter(
        ({ from, groups, vdom: own }) =>
          own === vdom && from.includes(name) && groups.value.some((group) => group !== userGroup),
      );
      return others.length > 0 ? [{ ...each, name, userGroup, others }] : [];
    });
    const [first] = shown;
    const alone = mismatched.filter(
      ({ login: { trace } }) => trace.signs['local-result']?.at(-1)?.fields.code === ACCEPTED,
    );
    if (!first && alone.length > 0) return passwordOnly(alone, attempts.value);
    if (!first) {
      const isRead =
        firewallPolicies.state === 'known' && mismatched.every(({ login }) => findPhase1(login, phase1s));
      return isRead
        ? notApplicable('the tunnel and its firewall policies do not ask for different groups')
        : undecided({
            reason:
              'no group matched in a login over IPsec; which groups the tunnel and its policies ask for is not shown',
            need: '`authusrgrp` of the tunnel and the groups of its firewall policies',
            commands: ['phase1-interfaces', 'policies'],
          });
    }
    const logins = shown.map(({ login }) => login);
    const others = nameList(
      first.others.flatMap(({ groups }) => groups.value.filter((group) => group !== first.userGroup)),
    );
    const ids = nameList(first.others.map(({ id }) => id));
    return broken('likely', {
      title: `${first.name} asks for the group ${first.userGroup}, its policy ${ids} for ${others}: ${whoseLogins(logins)} matched none`,
      summary: `The server accepted the login and then no group matched; ${countOfLogins(logins, attempts.value)} ended this way. The tunnel ${first.name} lets only ${first.userGroup} in (\`authusrgrp\`), while policy ${ids} names ${others}. Groups belong in one of the two places: with both, only members of ${first.userGroup} get in.`,
      evidence: firstQuotes([...listQuotes(shown), ...first.others.flatMap(({ groups }) => groups.quotes)]),
      fix: `Decide whom ${first.name} is meant for. For several groups take \`authusrgrp\` out of the tunnel (note its value, to be able to go back) and name the groups in every policy from ${first.name}; a policy without a group then lets every user through who can log in. For one group, set that group as \`authusrgrp\` and take the groups out of the policies. Otherwise put the user into ${first.userGroup}.`,
      explains: [
        'ldap-group-mismatch',
        'radius-group-attribute-missing',
        'saml-attribute-or-group-mismatch',
        'password-rejected',
        'user-not-in-vpn-rule',
        'source-ip-blocked',
      ],
    });
  },
});

/** A local user of another group than the one that the tunnel asks for: fnbamd looks for the user in that one only. */
function outsideGroup(
  attempts: readonly Attempt[],
  firewallPolicies: Facts['firewallPolicies'],
  { phase1s, localUsers, userGroups }: Pick<Facts, 'phase1s' | 'localUsers' | 'userGroups'>,
  context: RuleContext,
): Judgement | undefined {
  const users = valueIfKnown(localUsers) ?? [];
  const groups = valueIfKnown(userGroups) ?? [];
  const isLocal = (name: string) => users.some((user) => sameUser(user.name, name));
  const [first] = vpnLoginsInQuestion(attempts, context).flatMap((login) => {
    const seen = nobodyAsked(login) ?? deniedByEap(login);
    if (!seen) return [];
    const user = users.find(({ name, enabled }) => enabled.value && sameUser(name, login.user));
    const [asked = findPhase1(login, phase1s)?.userGroup, another] = groupsAsked([login]);
    const group = another === undefined ? groups.find(({ name }) => name === asked) : undefined;
    const holds = ({ members }: UserGroup) => members.value.some((name) => sameUser(name, login.user));
    if (!user || !group || holds(group)) return [];
    const isSure = nobodyAsked(login) !== undefined;
    // A server in the group may know a user of this name.
    const isWhole = group.members.explicit && group.members.value.every(isLocal);
    return isSure || isWhole ? [{ login, seen, user, group, isSure, own: groups.filter(holds) }] : [];
  });
  if (!first) return undefined;
  const { login, seen, user, group, isSure, own } = first;
  const tunnel = login.trace.gateway ?? 'The tunnel';
  const names = nameList(own.map(({ name }) => name));
  const policies = (valueIfKnown(firewallPolicies) ?? []).filter(
    ({ from, groups: { value } }) => from.includes(tunnel) && own.some(({ name }) => value.includes(name)),
  );
  const ids = nameList(policies.map(({ id }) => id));
  return broken(isSure ? 'certain' : 'likely', {
    title: `${tunnel} asks only the group ${group.name}, and ${user.name} is ${names === '' ? 'not in it' : `in ${names}`}`,
    summary: isSure
      ? `fnbamd looked for ${user.name} in ${group.name} alone and had no server to ask (result 5). The password was not checked.`
      : `The FortiGate refused the login. It looks for users of this tunnel in ${group.name} alone, whose members are ${nameList(group.members.value)}.`,
    evidence: firstQuotes([
      seen.quote,
      ...group.members.quotes,
      ...own.flatMap(({ members }) => members.quotes),
      ...policies.flatMap(({ groups: { quotes } }) => quotes),
    ]),
    fix: vdomFix(
      context,
      group.vdom,
      appendMembers(group.name, [user.name], {
        before: `First check that this is your user and may use what ${group.name} opens.`,
        ...(ids !== '' && {
          note: `Policy ${ids} from ${tunnel} names ${names}: if the policies are to decide who gets in, take \`authusrgrp\` out of ${tunnel} instead; every policy from ${tunnel} then needs a group.`,
        }),
      }),
    ),
    explains: ['user-not-in-vpn-rule', 'password-rejected', 'source-ip-blocked'],
  });
}

/** fnbamd knew no such user in the group, and no server to ask. */
function nobodyAsked({ outcome, trace: { vpn, signs } }: Attempt): SeenSign | undefined {
  const isAlone = vpn === 'ike' && signs['no-local-user'] !== undefined && !signs['server-loaded'];
  return isAlone && outcome !== 'incomplete' ? signs['no-server-to-ask']?.at(-1) : undefined;
}

/** The FortiGate ended EAP itself, and no server was asked. */
function deniedByEap({ outcome, milestones, trace: { vpn, signs } }: Attempt): Moment | undefined {
  const isAlone = vpn === 'ike' && signs['eap-asked'] !== undefined && !signs['server-loaded'];
  const asked = milestones.secondFactorAsked ?? signs['eap-password-wrong'] ?? signs['saml-cached'];
  return isAlone && outcome === 'failed' && !asked ? milestones.refused : undefined;
}

/** A local user, of whom no server’s groups are asked. */
function passwordOnly(shown: readonly ShownLogin[], attempts: readonly Attempt[]): Judgement {
  const logins = shown.map(({ login }) => login);
  const users = whoseLogins(logins);
  const asked = nameList(groupsAsked(logins));
  return broken('likely', {
    title: `${users}: the password is right, but no group of ${tunnelNames(shown)} matches`,
    summary: `The FortiGate accepted the password of its local user, and then no group matched${asked === '' ? '' : ` (asked: ${asked})`}; ${countOfLogins(logins, attempts)} ended this way. The tunnel’s \`authusrgrp\`, or a firewall policy from it, names a group that ${users} is not in.`,
    evidence: firstQuotes([
      ...listQuotes(shown),
      ...logins.flatMap(({ trace }) => trace.signs['local-result']?.at(-1)?.quote ?? []),
    ]),
    fix: `Add ${users} to ${asked === '' ? 'the group in `authusrgrp` of the tunnel' : asked} (\`append member\` in \`config user group\`), or name a group of ${users} in one of two places, not in both: \`authusrgrp\` of ${tunnelNames(shown)}, or the firewall policies from it.`,
    explains: REFUSAL_RULES,
  });
}

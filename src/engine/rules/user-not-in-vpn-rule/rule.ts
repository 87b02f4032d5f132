import type { Quote } from '../../evidence/types.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { type Attempt, type SeenSign, UNNAMED_USER } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { LocalUser, SslVpnSettings } from '../../facts/values.ts';
import { defineRule, healthy } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { configEntry, noCliFix, perVdomFix, quoted } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList } from '../shared/logins.ts';
import { VPN_ACCESS, type VpnAccess, vpnAccess } from '../shared/vpn-access.ts';
import { isClientId, whoseLogins } from '../shared/vpn-logins.ts';

/** fnbamd's result where nobody could decide about the user: no group, but also no answer from a server. */
const ERROR = 5;
const UNKNOWN_USER = 'sslvpn_login_unknown_user';
const PLACEHOLDER = '<vpn-group>';
/** If the evidence does not name the user, or names too many. */
const USER = '<user>';
/** More names than this are probably guesses, not users. */
const MAX_LISTED = 3;

const CREATE_FIRST = noCliFix(
  'The FortiGate has no local user of that name: put the user into the directory’s group that a user group of the VPN rules matches, or create the user first. First check that this is your user: unknown names are often password guessing.',
);

export const rule = defineRule({
  id: 'user-not-in-vpn-rule',
  title: 'The user is in no group that the VPN rules name',
  severity: 'high',
  hop: 'login',
  number: 49,
  aliases: ['V13', 'V37'],
  forCustomer: 'the account is not allowed to use this connection',
  needs: [],
  wants: ['attempts', 'localUsers', ...VPN_ACCESS],
  versions: 'all with SSL VPN',
  references: ['KB232277'],
  check({ attempts, localUsers, ...facts }, context) {
    const { sslVpn } = facts;
    const logins = valueIfKnown(attempts) ?? [];
    const unknown = loginsInQuestion(logins, context).filter(isUnknownUser);
    if (unknown.length > 0) {
      return shownByLogin(unknown, valueIfKnown(localUsers), valueIfKnown(sslVpn) ?? [], context);
    }
    const undecided = loginsInQuestion(logins, context).find(isUndecided);
    if (undecided) {
      return {
        verdict: 'unknown',
        reason: `nobody could decide about ${undecided.user} (result 5): no server answered, or no group of the VPN knows the user`,
        need: 'what the server and the VPN’s groups say about the user',
        commands: ['ssl-vpn', 'user-groups'],
      };
    }
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
      const reason = sslVpn.state === 'known' ? '' : sslVpn.reason;
      return {
        verdict: 'unknown',
        reason,
        need: 'the VPN’s authentication rules',
        commands: ['ssl-vpn', 'user-groups'],
      };
    }
    const active = vpns.filter((vpn) => vpn.enabled.value);
    if (active.length === 0) {
      return { verdict: 'not-applicable', reason: 'SSL VPN is not in use', decidedBy: ['sslVpn'] };
    }
    const user = (valueIfKnown(localUsers) ?? []).find(
      (each) => context.user !== undefined && isAskedAbout(each.name, context),
    );
    if (user) return judgeUser(user, vpnAccess(facts), active, context);
    const rules = active.flatMap((vpn) => [...vpn.groups, ...vpn.users]);
    return rules.length > 0
      ? healthy(
          `the VPN rules name ${nameList(rules)}`,
          active.flatMap((vpn) => vpn.interfaces.quotes),
        )
      : {
          verdict: 'unknown',
          reason:
            'SSL VPN has no authentication rule in the evidence, so policies alone decide who may log in',
          need: 'a failed login of the user',
          commands: 'debug-recipe',
        };
  },
});

/** Result 5 alone does not say it: a server that does not answer, or whose certificate is refused, causes it too. */
function isUnknownUser(login: Attempt): boolean {
  const { milestones } = login;
  if (milestones.passwordAccepted !== undefined) return false;
  return milestones.loginFailed?.why === UNKNOWN_USER || nobodyToAsk(login) !== undefined;
}

/** fnbamd knows no such local user, and no server belongs to the groups that it was asked about. */
function nobodyToAsk({ trace, outcome }: Attempt): SeenSign | undefined {
  const { signs } = trace;
  if (outcome === 'incomplete' || !signs['no-local-user'] || signs['server-loaded']) return undefined;
  return signs['no-server-to-ask']?.at(-1);
}

function isUndecided({ milestones }: Attempt): boolean {
  return milestones.passwordAccepted === undefined && milestones.passwordRefused?.code === ERROR;
}

function judgeUser(
  user: LocalUser,
  access: VpnAccess,
  vpns: readonly SslVpnSettings[],
  context: RuleContext,
): Judgement {
  const found = access.of(user);
  if (found.kind === 'may-not') return shownByConfiguration(user, found.evidence, vpns, context);
  if (found.kind === 'cannot-tell') {
    return {
      verdict: 'unknown',
      reason: `whether ${user.name} can log in to the VPN is not shown: ${found.reason}`,
      need: `what lets ${user.name} in to the VPN`,
      commands: found.commands,
    };
  }
  return healthy(`a VPN rule, policy or tunnel lets ${user.name} in`, found.evidence);
}

function shownByLogin(
  unknown: readonly Attempt[],
  localUsers: readonly LocalUser[] | undefined,
  vpns: readonly SslVpnSettings[],
  context: RuleContext,
): Judgement {
  const users = whoseLogins(unknown);
  const several = new Set(unknown.map((each) => each.user)).size > 1;
  return {
    verdict: 'broken',
    // A login that timed out ends with the same line; only fnbamd's answer concerns the password.
    confidence: unknown.some(({ milestones }) => milestones.passwordRefused?.code === ERROR)
      ? 'certain'
      : 'possible',
    title: `${users} ${several ? 'are' : 'is'} in no group that the VPN allows`,
    summary: `fnbamd was asked about the groups of the VPN rules and found ${users} in none of them (result 5). The login ends there, before a second factor is asked.`,
    evidence: unknown.flatMap((login) =>
      [nobodyToAsk(login), login.milestones.passwordRefused, login.milestones.loginFailed].flatMap((mark) =>
        mark ? [mark.quote] : [],
      ),
    ),
    fix: unknown.every(nobodyToAsk) ? CREATE_FIRST : letIn(unknown, localUsers, vpns, context),
    explains: ['source-ip-blocked'],
  };
}

function shownByConfiguration(
  { name: user, vdom }: LocalUser,
  evidence: readonly Quote[],
  vpns: readonly SslVpnSettings[],
  context: RuleContext,
): Judgement {
  const groups = vpns.flatMap((vpn) => vpn.groups);
  return {
    verdict: 'broken',
    confidence: 'certain',
    title: `${user} is in no group that the VPN rules name`,
    summary: `${groups.length === 0 ? 'No SSL VPN rule' : `The SSL VPN rules name ${nameList(groups)}; neither they nor a firewall policy`} or IPsec tunnel names ${user} or a group of ${user}. The login is refused, whatever the password.`,
    evidence: evidence.length > 0 ? evidence : vpns.flatMap((vpn) => vpn.interfaces.quotes),
    fix: addToGroup([{ user, vdom: vdom ?? vpns[0]?.vdom }], vpns, context),
  };
}

function isName(user: string): boolean {
  return user !== UNNAMED_USER && !isClientId(user);
}

interface Member {
  readonly user: string;
  readonly vdom: string | undefined;
}

/** A group admits only names that have an entry of their own. */
function letIn(
  unknown: readonly Attempt[],
  users: readonly LocalUser[] | undefined,
  vpns: readonly SslVpnSettings[],
  context: RuleContext,
): Fix {
  const isRead = unknown.some(({ user }) => isName(user));
  const known: readonly Member[] =
    users && isRead
      ? unknown.flatMap(({ user, vdom }) => {
          const entry = users.find((each) => sameUser(each.name, user));
          return entry ? [{ user: entry.name, vdom: entry.vdom ?? vdom }] : [];
        })
      : unknown.map(({ user, vdom }) => ({ user: isName(user) ? user : USER, vdom }));
  if (known.length === 0) {
    return CREATE_FIRST;
  }
  const few = new Set(known.map((each) => each.user)).size <= MAX_LISTED;
  return addToGroup(few ? known : known.slice(0, 1).map((each) => ({ ...each, user: USER })), vpns, context);
}

/** Only a person knows which of several groups is right: each may open something else. */
function addToGroup(logins: readonly Member[], vpns: readonly SslVpnSettings[], context: RuleContext): Fix {
  return perVdomFix(context, logins, (own) => {
    const [first] = own;
    const named = new Set(
      vpns.filter(({ vdom }) => vdom === undefined || vdom === first?.vdom).flatMap((vpn) => vpn.groups),
    );
    const [group = PLACEHOLDER] = named.size === 1 ? named : [];
    const members = [...new Set(own.map((each) => quoted(each.user)))].join(' ');
    return {
      apply: configEntry('user group', group, [`append member ${members}`]),
      undo: configEntry('user group', group, [`unselect member ${members}`]),
      verify: [`show user group ${quoted(group)}`, 'show vpn ssl settings | grep groups'],
      note: `${named.size > 1 ? `The VPN rules name ${nameList([...named])}: choose the group whose access is meant. ` : ''}First check that this is your user: unknown names are often password guessing. The firewall policy from the SSL VPN interface has to name the same group.`,
    };
  });
}

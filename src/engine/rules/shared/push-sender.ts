import type { LocalUser } from '../../facts/accounts/account-values.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, isComplete, valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { RuleContext } from '../rule.ts';
import { FAC_CODE, FAC_PUSH } from './fortiauthenticator.ts';
import { isAskedAbout, loginsInQuestion, nameList, usersInQuestion } from './logins.ts';
import { isAskedByServer, vpnUsers } from './second-factor.ts';
import { namesUsers, policiesFromSslVpn, VPN_ACCESS, type VpnAccess, vpnAccess } from './vpn-access.ts';

/** Facts that determine who sends the pushes, for the `wants` of a rule. */
export const PUSH_SENDER = [
  ...VPN_ACCESS,
  'localUsers',
  'administrators',
  'adminProfiles',
  'pushService',
  'wholeBackup',
  'vdomCoverage',
  'attempts',
  'ikeLogins',
  'debugLog',
  'pushEvents',
] as const;

type SenderFacts = { readonly [K in (typeof PUSH_SENDER)[number]]: Fact<FactValues[K]> };

/**
 * `elsewhere`: every user in question has the second factor in FortiToken Cloud or at a RADIUS server, which sends the
 * push itself. Otherwise, or if unknown, `fortigate`. A user who was named, or whose login failed, is a user of push.
 */
export type PushSender =
  | { readonly kind: 'fortigate' }
  | {
      readonly kind: 'elsewhere';
      readonly cloud: readonly LocalUser[];
      /** `Pushes to marlow come from FortiToken Cloud, not from this FortiGate`. */
      readonly statement: string;
    }
  /** The logins of the evidence need no second factor of this FortiGate, and nothing in it is about one. */
  | { readonly kind: 'unasked'; readonly statement: string }
  /** Push is switched off, and `why` it is not in use: `nobody has a mobile token`. */
  | { readonly kind: 'nobody'; readonly why: string; readonly statement: string };

const FORTIGATE: PushSender = { kind: 'fortigate' };

/** Whether this FortiGate or another system sends the pushes of the users in question. */
export function pushSender(facts: SenderFacts, context: RuleContext): PushSender {
  const users = valueIfKnown(facts.localUsers);
  if (sendsItself(facts)) return FORTIGATE;
  const asked = loginsInQuestion(valueIfKnown(facts.attempts) ?? [], context);
  if (asked.length > 0 && asked.every(isAskedByFac)) {
    const who = nameList(asked.map(({ user }) => user));
    return {
      kind: 'elsewhere',
      cloud: [],
      statement: `A FortiAuthenticator asks ${who} for the second factor, so it sends the push`,
    };
  }
  const access = vpnAccess(facts);
  const why = whyUnused(facts, access, context);
  if (why !== undefined) {
    return { kind: 'nobody', why, statement: `Push is not in use: it is switched off, and ${why}` };
  }
  if (!users) return senderWithoutUsers(facts, access);
  const able = vpnUsers(users, access);
  const named = usersInQuestion(able, valueIfKnown(facts.attempts), context);
  const inQuestion = named.length > 0 ? named : able;
  if (inQuestion.some((user) => user.twoFactor.value === 'fortitoken')) return FORTIGATE;
  const cloud = inQuestion.filter((user) => user.twoFactor.value === 'fortitoken-cloud');
  const remote = inQuestion.filter(isAskedByServer);
  const servers = named.length > 0 ? [] : listRadiusServers(facts, users, access);
  if (cloud.length + remote.length + servers.length === 0) return FORTIGATE;
  // Other users in question could receive a push from this FortiGate.
  if (named.length > cloud.length + remote.length) return FORTIGATE;
  return { kind: 'elsewhere', cloud, statement: senderStatement(cloud, remote, servers) };
}

/**
 * The local users were not read, but none of them can log in if every way into the VPN accepts only users of RADIUS
 * servers.
 */
function senderWithoutUsers(facts: SenderFacts, access: VpnAccess): PushSender {
  const servers = listRadiusServers(facts, [], access);
  const isAll = servers.length === access.servers([]).length;
  if (!access.complete || access.namesUsers || !isAll || servers.length === 0) return FORTIGATE;
  return { kind: 'elsewhere', cloud: [], statement: senderStatement([], [], servers) };
}

/**
 * What shows that no account uses a token of this FortiGate. An empty table of users shows it only in a whole backup, or if
 * the account's profile was read and allows reading.
 */
function whyUnused(facts: SenderFacts, access: VpnAccess, context: RuleContext): string | undefined {
  const { localUsers, administrators, radiusServers, pushService } = facts;
  if ((valueIfKnown(facts.vdomCoverage)?.unread ?? []).length > 0) return undefined;
  if (!isComplete(localUsers) || !isComplete(administrators) || !isComplete(pushService)) return undefined;
  if (pushService.value.status.value !== 'disable') return undefined;
  // A RADIUS server, FortiAuthenticator among them, may send pushes that nothing here shows.
  if (!isComplete(radiusServers) || radiusServers.value.length > 0) return undefined;
  const logins = [...(valueIfKnown(facts.attempts) ?? []), ...(valueIfKnown(facts.ikeLogins) ?? [])];
  if (logins.length > 0) return undefined;
  const users = localUsers.value;
  // For a user in question push may be wanted, unless no VPN lets that user in at all.
  const asked = users.filter((user) => context.user !== undefined && isAskedAbout(user.name, context));
  if (context.user !== undefined && !asked.some((user) => isLeftOut(user, facts))) return undefined;
  if ([...users, ...administrators.value].some((each) => each.partial)) return undefined;
  const mayRead = valueIfKnown(facts.adminProfiles)?.some((profile) => profile.grants) ?? false;
  if (users.length === 0 && facts.wholeBackup.state !== 'known' && !mayRead) return undefined;
  if (administrators.value.some(hasFactor)) return undefined;
  const holders = users.filter(hasFactor);
  if (holders.length === 0) return 'nobody has a mobile token';
  // A policy may ask its users for a token without a VPN.
  const policies = facts.firewallPolicies;
  if (!isComplete(policies) || policies.value.some(namesUsers) || !access.complete) return undefined;
  // Only SSL VPN that is shown to be off is no way in: a text without its settings may be part of a backup.
  const sslVpns = valueIfKnown(facts.sslVpn) ?? [];
  if (sslVpns.length === 0 || sslVpns.some(({ enabled }) => enabled.value || !enabled.explicit))
    return undefined;
  if (holders.some((user) => access.of(user).kind !== 'may-not')) return undefined;
  return `no VPN lets in ${nameList(holders.map(({ name }) => name))}, who ${holders.length === 1 ? 'has a token' : 'have tokens'}`;
}

/** SSL VPN takes its candidates from the policies (KB232277), and none of them names the user or a group of the user. */
function isLeftOut({ name, vdom }: LocalUser, facts: SenderFacts): boolean {
  const policies = policiesFromSslVpn(facts, vdom) ?? [];
  const { userGroups, phase1s } = facts;
  if (policies.length === 0 || !isComplete(userGroups) || !isComplete(phase1s)) return false;
  const own = userGroups.value
    .filter(({ members }) => members.value.includes(name))
    .map((group) => group.name);
  const isNamed = policies.some(
    ({ users, groups }) => users.value.includes(name) || groups.value.some((group) => own.includes(group)),
  );
  return !isNamed && !phase1s.value.some(({ dialup }) => dialup);
}

function hasFactor({ twoFactor, token }: Pick<LocalUser, 'twoFactor' | 'token'>): boolean {
  return twoFactor.value !== 'disable' || token !== undefined;
}

/** SSL VPN names the kind of second factor. */
function isAskedByFac({ milestones: { tokenType } }: Attempt): boolean {
  return tokenType?.type === FAC_CODE || tokenType?.type === FAC_PUSH;
}

/** Whether a log shows a push from this FortiGate. */
function sendsItself({ attempts, debugLog, pushEvents }: SenderFacts): boolean {
  const pushed = (valueIfKnown(attempts) ?? []).some(
    ({ milestones }) => milestones.pushConnect ?? milestones.pushSent ?? milestones.pushAlreadySent,
  );
  return (
    pushed ||
    (valueIfKnown(debugLog)?.unclaimedPushes ?? []).length > 0 ||
    (valueIfKnown(pushEvents) ?? []).length > 0
  );
}

/** RADIUS servers in a VPN group: their users need no local entry. */
function listRadiusServers(
  { radiusServers }: SenderFacts,
  users: readonly LocalUser[],
  access: VpnAccess,
): readonly string[] {
  const known = new Set((valueIfKnown(radiusServers) ?? []).map((server) => server.name));
  return access.servers(users).filter((name) => known.has(name));
}

function senderStatement(
  cloud: readonly LocalUser[],
  remote: readonly LocalUser[],
  servers: readonly string[],
): string {
  const names = (users: readonly LocalUser[]) => nameList(users.map((user) => user.name));
  if (cloud.length > 0) {
    return `Pushes to ${names(cloud)} come from FortiToken Cloud, not from this FortiGate`;
  }
  const all = [...new Set([...remote.flatMap((user) => user.remoteServer ?? []), ...servers])];
  const server = all.length === 0 ? 'A remote server' : `RADIUS server ${nameList(all)}`;
  const asked = remote.length === 0 ? 'its users' : names(remote);
  return `${server} asks ${asked} for the second factor, so that server sends the push`;
}

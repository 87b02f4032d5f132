import type { LocalUser } from '../facts/accounts/account-values.ts';
import { isUnknownTo } from '../facts/accounts/of-user.ts';
import { sameUser } from '../facts/accounts/same-user.ts';
import { UNNAMED_USER } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { nearNames } from '../fortios/near-names.ts';
import { vpnAccess } from '../rules/shared/vpn-access.ts';

/**
 * `known`: the evidence shows the user. `unknown-user`: all users who can log in were read, and this one is not among
 * them. `cannot-tell`: the user may be on a remote server, whose users a FortiGate does not list, or in something not
 * read.
 */
export type UserKnown = 'known' | 'unknown-user' | 'cannot-tell';

/** What is known about the user named in the request. */
export interface AskedUser {
  readonly name: string;
  readonly known: UserKnown;
  /** Similar user names in the evidence, best first. */
  readonly suggestions: readonly string[];
  /** Users of the logins in the log; empty if the user is known, or if a login may be of a user not known here. */
  readonly others: readonly string[];
  /** Empty if the user is known. */
  readonly reason: string;
}

export function askedUser(name: string | undefined, facts: Facts): AskedUser | undefined {
  if (name === undefined) return undefined;
  const users = valueIfKnown(facts.localUsers);
  const logins = valueIfKnown(facts.attempts) ?? [];
  const names = [...(users ?? []).map((user) => user.name), ...namedByRules(facts)];
  const seen = [
    ...logins.filter((login) => !isUnknownTo(login)).map(({ user }) => user),
    ...(valueIfKnown(facts.ikeLogins) ?? []).flatMap(({ user }) => user ?? []),
  ];
  const spelled = inOtherCase(name, users ?? []);
  if (spelled !== undefined && !seen.includes(name)) {
    return {
      name,
      known: 'cannot-tell',
      suggestions: [],
      others: [],
      reason: `the device knows \`${spelled}\`, and tells upper and lower case apart (\`username-sensitivity\`)`,
    };
  }
  if ([...names, ...seen].some((each) => sameUser(each, name))) {
    return { name, known: 'known', suggestions: [], others: [], reason: '' };
  }
  const suggestions = nearNames([...names, ...seen], name);
  return { name, suggestions, others: listUsers(facts), ...whoElse(name, facts) };
}

/** Empty if a login of the log may be of a user whose name is not known here. */
function listUsers({ attempts, debugLog }: Facts): readonly string[] {
  const users = new Set((valueIfKnown(attempts) ?? []).map(({ user }) => user));
  const more = valueIfKnown(debugLog)?.moreAttempts ?? 0;
  return more > 0 || users.has(UNNAMED_USER) ? [] : [...users];
}

/** The local user whose name differs in case only, if FortiOS takes the two for different users. */
function inOtherCase(name: string, users: readonly LocalUser[]): string | undefined {
  const alike = users.filter((user) => sameUser(user.name, name));
  return alike.some((user) => user.name === name || !user.caseSensitive.value) ? undefined : alike[0]?.name;
}

function whoElse(name: string, facts: Facts): Pick<AskedUser, 'known' | 'reason'> {
  const { localUsers, userGroups } = facts;
  if (localUsers.state !== 'known') return { known: 'cannot-tell', reason: 'the local users were not read' };
  if (localUsers.partial !== undefined || localUsers.value.some((user) => user.partial)) {
    return { known: 'cannot-tell', reason: `the evidence may show only some of the local users` };
  }
  if (userGroups.state !== 'known' || userGroups.partial !== undefined) {
    return {
      known: 'cannot-tell',
      reason: 'the user groups, which may contain a remote server, were not read',
    };
  }
  const servers = remoteServers(facts);
  return servers.length === 0
    ? { known: 'unknown-user', reason: 'no VPN group has a remote server' }
    : {
        known: 'cannot-tell',
        reason: `a FortiGate does not list the users of ${servers[0]}, so ${name} may be one of them`,
      };
}

/**
 * Group members that are not local users: a directory, a RADIUS or another server, any of whose users may be meant.
 * If every way into the VPN was read, only the groups named there count.
 */
function remoteServers(facts: Facts): readonly string[] {
  const { localUsers, userGroups, radiusServers } = facts;
  const access = vpnAccess(facts);
  if (access.complete) return access.servers(valueIfKnown(localUsers) ?? []);
  const local = new Set((valueIfKnown(localUsers) ?? []).map((user) => user.name));
  const members = (valueIfKnown(userGroups) ?? []).flatMap((group) => group.members.value);
  const everywhere = (valueIfKnown(radiusServers) ?? []).filter((server) => server.allUsergroup.value);
  return [...members.filter((member) => !local.has(member)), ...everywhere.map((server) => server.name)];
}

function namedByRules({ sslVpn }: Facts): readonly string[] {
  return (valueIfKnown(sslVpn) ?? []).flatMap((vpn) => vpn.users);
}

/**
 * Whether the answer must mention the doubt about the name: without a cause always, with one only if the name is
 * certainly wrong.
 */
interface AnswerContext {
  readonly findings: boolean;
  /** Everything that push depends on was read. */
  readonly whole: boolean;
}

/**
 * The headline if the question may be wrong: `` No local user `marlwo` on fgt-branch-07. Did you mean `marlow`? ``
 */
export function askedUserLine(
  { name, known, suggestions, reason }: AskedUser,
  place: string | undefined,
  users: Facts['localUsers']['state'],
  { findings, whole }: AnswerContext,
): string | undefined {
  if (known === 'known') return undefined;
  const here = place === undefined ? 'in this evidence' : `on ${place}`;
  const nobody = `No ${users === 'known' ? 'local user' : 'login of'} \`${name}\` ${here}`;
  const meant = suggestions.map((each) => `\`${each}\``).join(' or ');
  if (meant !== '') return `${nobody}. Did you mean ${meant}?`;
  if (known === 'unknown-user') return `${nobody}, and ${reason}`;
  if (findings) return undefined;
  if (users === 'known') return `${nobody}: ${reason}`;
  return whole ? `No information about \`${name}\` ${here}: ${reason}` : undefined;
}

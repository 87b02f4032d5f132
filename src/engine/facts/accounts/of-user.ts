import type { CommandId } from '../../fortios/commands.ts';
import { type Attempt, CLIENT_ID, UNNAMED_USER } from '../attempt.ts';
import { findLoginFailure } from '../attempts/login-failure.ts';
import { type Fact, unknown } from '../fact.ts';
import { FACTS, type Facts } from '../facts.ts';
import { isSignInName, sameUser } from './same-user.ts';

/**
 * Limits the facts to one user. Logins, events and entries of other users are removed, so that no rule uses them to
 * answer a question about this one.
 */
export function factsOfUser(facts: Facts, user: string): Facts {
  const isTheirs = (each: { readonly user?: string }) => each.user === undefined || sameUser(each.user, user);
  return {
    ...facts,
    attempts: filterLogins(facts.attempts, user),
    ikeLogins: own(facts.ikeLogins, isTheirs, `the log contains no IPsec login of ${user}`),
    tokenEvents: own(facts.tokenEvents, isTheirs, `the evidence contains no token event of ${user}`),
    facTokenEvents: own(facts.facTokenEvents, isTheirs, `FortiAuthenticator’s log does not name ${user}`),
    pushdEvents: own(
      facts.pushdEvents,
      (each) => !('user' in each) || isTheirs(each),
      `FortiAuthenticator’s log does not name ${user}`,
    ),
    providerRefusals: own(
      facts.providerRefusals,
      (each) => each.user === undefined || isSignInName(each.user, user),
      `no message of an identity provider names ${user}`,
    ),
    localUsers: own(
      facts.localUsers,
      ({ name }) => sameUser(name, user),
      `no local user here is called ${user}: the name may be of a directory or another VDOM, or misspelt`,
      [...FACTS.localUsers.commands, ...FACTS.userGroups.commands],
    ),
  };
}

/**
 * Logins of the user, and those that failed before a name was known and may be theirs: IKE before the password, and an
 * answer of an identity provider that was refused. Beside a login of theirs, only those from the same address.
 */
function filterLogins(attempts: Facts['attempts'], user: string): Facts['attempts'] {
  const without = `the log contains no login of ${user}`;
  const theirs = own(attempts, ({ user: name }) => sameUser(name, user), without);
  if (theirs.state !== 'known') return own(attempts, failedNameless, without);
  const clients = new Set(theirs.value.flatMap(({ trace }) => trace.client ?? []));
  return own(
    attempts,
    (each) => sameUser(each.user, user) || (failedNameless(each) && clients.has(each.trace.client ?? '')),
    without,
  );
}

function failedNameless({ user, trace }: Attempt): boolean {
  return (user === UNNAMED_USER || CLIENT_ID.test(user)) && findLoginFailure(trace.signs) !== undefined;
}

/** Logins that report the user as unknown to the FortiGate do not identify the user. */
export function isUnknownTo({ milestones }: Attempt): boolean {
  return (
    milestones.passwordAccepted === undefined && milestones.loginFailed?.why === 'sslvpn_login_unknown_user'
  );
}

function own<T>(
  fact: Fact<readonly T[]>,
  isTheirs: (each: T) => boolean,
  without: string,
  commands: readonly CommandId[] = [],
): Fact<readonly T[]> {
  if (fact.state !== 'known') return fact;
  const value = fact.value.filter(isTheirs);
  return value.length === 0 ? unknown(without, commands) : { ...fact, value };
}

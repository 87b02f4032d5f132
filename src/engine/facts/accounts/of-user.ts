import type { CommandId } from '../../fortios/commands.ts';
import type { Attempt } from '../attempt.ts';
import { type Fact, unknown } from '../fact.ts';
import { FACTS } from '../fact-list.ts';
import type { Facts } from '../facts.ts';
import { sameUser } from './same-user.ts';

/**
 * Limits the facts to one user. Logins, events and entries of other users are removed, so that no rule uses them to
 * answer a question about this one.
 */
export function factsOfUser(facts: Facts, user: string): Facts {
  const isTheirs = (each: { readonly user?: string }) => each.user === undefined || sameUser(each.user, user);
  return {
    ...facts,
    attempts: own(
      facts.attempts,
      ({ user: name }) => sameUser(name, user),
      `the log contains no login of ${user}`,
    ),
    ikeLogins: own(facts.ikeLogins, isTheirs, `the log contains no IPsec login of ${user}`),
    tokenEvents: own(facts.tokenEvents, isTheirs, `the evidence contains no token event of ${user}`),
    pushdEvents: own(
      facts.pushdEvents,
      (each) => each.kind !== 'sent' || isTheirs(each),
      `FortiAuthenticator’s log does not name ${user}`,
    ),
    localUsers: own(
      facts.localUsers,
      ({ name }) => sameUser(name, user),
      `no local user here is called ${user}: the name may be of a directory or another VDOM, or misspelt`,
      [...FACTS.localUsers.commands, ...FACTS.userGroups.commands],
    ),
  };
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

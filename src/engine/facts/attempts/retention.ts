import { type Attempt, type AttemptOutcome, UNNAMED_USER } from '../attempt.ts';
import { tallyUsers } from './tally-users.ts';

interface Kept {
  readonly attempt: Attempt;
  readonly order: number;
}

const FIRST = 40;
const LAST = 40;
/** Users whose latest logins are kept; their latest success at least until their earlier failures were processed. */
const MAX_USERS = 1_000;
/** Logins up to this number are all kept to the end. */
const MAX_REST = 1_000;
const LATEST_OF_USER = 10;

/**
 * For a log with very many logins: keeps the first and last of each outcome. Rules look at every login that is kept:
 * `npm run bench -- dull 1 logins` measures what they take.
 */
export function retainAttempts() {
  const retained = new Map<AttemptOutcome, Kept[]>();
  /** By user, least recently seen first. */
  const gotIn = new Map<string, Kept>();
  const users = tallyUsers();
  let added = 0;

  function failures(): readonly Kept[] {
    return [...retained].flatMap(([outcome, list]) => (outcome === 'succeeded' ? [] : list));
  }

  function remember(success: Kept): void {
    const { user } = success.attempt;
    gotIn.delete(user);
    gotIn.set(user, success);
    if (gotIn.size <= MAX_USERS) return;
    const needed = new Set(failures().map(({ attempt }) => attempt.user));
    for (const name of gotIn.keys()) {
      if (gotIn.size <= MAX_USERS / 2) return;
      if (!needed.has(name)) gotIn.delete(name);
    }
  }

  function count({ attempt }: Kept): void {
    added += 1;
    users.add(attempt);
  }

  function add(one: Kept): void {
    const { attempt } = one;
    count(one);
    if (attempt.outcome === 'succeeded') remember(one);
    const alike = retained.get(attempt.outcome) ?? [];
    retained.set(attempt.outcome, alike);
    alike.push(one);
    if (alike.length > FIRST + LAST) alike.splice(FIRST, 1);
  }

  return {
    /**
     * Returns the kept ones and `rest`, or of a very long one the latest of each user, in the order in which they began;
     * every failure comes with the user's latest successful login, which resolves it. `dropped` were added and are not in
     * the list; `users` covers all logins.
     */
    finish(rest: readonly Kept[]) {
      const isLong = rest.length > MAX_REST;
      for (const one of rest) (isLong ? add : count)(one);
      const all = new Set([...[...retained.values()].flat(), ...(isLong ? latestOfUsers(rest) : rest)]);
      for (const { attempt, order } of all) {
        const later = attempt.outcome === 'succeeded' ? undefined : gotIn.get(attempt.user);
        if (later && later.order > order) all.add(later);
      }
      const list = [...all].toSorted((a, b) => a.order - b.order).map((each) => each.attempt);
      return { list, dropped: added - list.length, users: users.value() };
    },

    add,
  };
}

function latestOfUsers(logins: readonly Kept[]): readonly Kept[] {
  const latest = new Map<string, Kept[]>();
  for (const login of logins.toReversed()) {
    const { user, trace } = login.attempt;
    const who = user === UNNAMED_USER ? (trace.client ?? user) : user;
    const own = latest.get(who);
    if (own === undefined && latest.size < MAX_USERS) latest.set(who, [login]);
    else if (own && own.length < LATEST_OF_USER) own.push(login);
  }
  return [...latest.values()].flat();
}

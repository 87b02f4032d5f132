import type { Attempt, AttemptOutcome } from '../attempt.ts';
import { tallyUsers } from './tally-users.ts';

interface Kept {
  readonly attempt: Attempt;
  readonly order: number;
}

const FIRST = 40;
const LAST = 40;
/** Users whose latest success is kept until their earlier failures were processed. */
const MAX_USERS = 1_000;

/** For a log with very many logins: keeps the first and last of each outcome. */
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

  return {
    /**
     * Returns the kept ones and `rest` in the order in which they began; every failure comes with the user's latest
     * successful login, which resolves it. `dropped` were added and are not in the list; `users` covers all logins.
     */
    finish(rest: readonly Kept[]) {
      const all = new Set([...[...retained.values()].flat(), ...rest]);
      for (const { attempt, order } of all) {
        const later = attempt.outcome === 'succeeded' ? undefined : gotIn.get(attempt.user);
        if (later && later.order > order) all.add(later);
      }
      const list = [...all].toSorted((a, b) => a.order - b.order).map((each) => each.attempt);
      for (const { attempt } of rest) users.add(attempt);
      return { list, dropped: added + rest.length - list.length, users: users.value() };
    },

    add(attempt: Attempt, order: number): void {
      const one: Kept = { attempt, order };
      added += 1;
      users.add(attempt);
      if (attempt.outcome === 'succeeded') remember(one);
      const alike = retained.get(attempt.outcome) ?? [];
      retained.set(attempt.outcome, alike);
      alike.push(one);
      if (alike.length > FIRST + LAST) alike.splice(FIRST, 1);
    },
  };
}

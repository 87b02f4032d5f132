import type { Attempt, AttemptOutcome, UserTallies } from '../attempt.ts';
import { tallyUsers } from './tally-users.ts';

interface Kept {
  readonly attempt: Attempt;
  readonly order: number;
}

/** Of a log with more logins than anybody reads: the first and the last of each outcome. */
export interface RetainedAttempts {
  add(attempt: Attempt, order: number): void;
  /**
   * The kept ones and `rest`, in the order in which they began; with every failure the user's latest login that got in,
   * which takes its weight away. `dropped` were added and are not in the list; `users` are those of all logins.
   */
  finish(rest: readonly Kept[]): {
    readonly list: readonly Attempt[];
    readonly dropped: number;
    readonly users: UserTallies;
  };
}

const FIRST = 40;
const LAST = 40;
/** Users whose latest success is remembered until a failure before it has been settled too. */
const MAX_USERS = 1_000;

export function retainAttempts(): RetainedAttempts {
  const kept = new Map<AttemptOutcome, Kept[]>();
  /** By user, the one heard of longest ago first. */
  const gotIn = new Map<string, Kept>();
  const users = tallyUsers();
  let added = 0;

  function failures(): readonly Kept[] {
    return [...kept].flatMap(([outcome, list]) => (outcome === 'succeeded' ? [] : list));
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
    finish(rest) {
      const all = new Set([...[...kept.values()].flat(), ...rest]);
      for (const { attempt, order } of all) {
        const later = attempt.outcome === 'succeeded' ? undefined : gotIn.get(attempt.user);
        if (later && later.order > order) all.add(later);
      }
      const list = [...all].toSorted((a, b) => a.order - b.order).map((each) => each.attempt);
      for (const { attempt } of rest) users.add(attempt);
      return { list, dropped: added + rest.length - list.length, users: users.value() };
    },

    add(attempt, order) {
      const one: Kept = { attempt, order };
      added += 1;
      users.add(attempt);
      if (attempt.outcome === 'succeeded') remember(one);
      const alike = kept.get(attempt.outcome) ?? [];
      kept.set(attempt.outcome, alike);
      alike.push(one);
      if (alike.length > FIRST + LAST) alike.splice(FIRST, 1);
    },
  };
}

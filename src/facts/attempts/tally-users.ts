import type { Attempt, UserTallies, UserTally } from '../attempt.ts';
import { gotInByPush } from '../unresolved.ts';

/** Far more users than a FortiGate has tunnels for; a log with more is no log of one. */
const MAX_USERS = 200_000;
const MAX_NAMES = 2;

interface Sight {
  in: boolean;
  byPush: boolean;
  failed: boolean;
}

export interface TallyOfUsers {
  add(attempt: Attempt): void;
  value(): UserTallies;
}

/** Who got in, over all logins of a log that has too many to keep each: by a few names and a number. */
export function tallyUsers(): TallyOfUsers {
  const users = new Map<string, Sight>();

  function tally(fits: (sight: Sight) => boolean): UserTally {
    const names = [...users].flatMap(([user, sight]) => (fits(sight) ? [user] : []));
    return { names: names.slice(0, MAX_NAMES), count: names.length };
  }

  return {
    add(attempt) {
      const { user, outcome } = attempt;
      const sight = users.get(user) ?? { in: false, byPush: false, failed: false };
      sight.in ||= outcome === 'succeeded';
      sight.failed ||= outcome !== 'succeeded';
      sight.byPush ||= gotInByPush(attempt);
      if (users.size < MAX_USERS) users.set(user, sight);
    },

    value: () => ({
      in: tally((each) => each.in),
      byPush: tally((each) => each.byPush),
      withoutTrouble: tally((each) => each.in && !each.failed),
    }),
  };
}

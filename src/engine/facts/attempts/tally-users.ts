import type { Attempt, UserTallies, UserTally } from '../attempt.ts';
import { gotInByPush } from './got-in.ts';

/** Far more users than a FortiGate has tunnels for. */
const MAX_USERS = 200_000;
const MAX_NAMES = 2;

interface UserRecord {
  in: boolean;
  byPush: boolean;
  failed: boolean;
}

/** Counts successful users over all logins of a long log, with a few names. */
export function tallyUsers() {
  const users = new Map<string, UserRecord>();

  function tally(fits: (record: UserRecord) => boolean): UserTally {
    const names = [...users].flatMap(([user, record]) => (fits(record) ? [user] : []));
    return { names: names.slice(0, MAX_NAMES), count: names.length };
  }

  return {
    add(attempt: Attempt): void {
      const { user, outcome } = attempt;
      const record = users.get(user) ?? { in: false, byPush: false, failed: false };
      record.in ||= outcome === 'succeeded';
      record.failed ||= outcome !== 'succeeded';
      record.byPush ||= gotInByPush(attempt);
      if (users.size < MAX_USERS) users.set(user, record);
    },

    value: (): UserTallies => ({
      in: tally((each) => each.in),
      byPush: tally((each) => each.byPush),
      withoutTrouble: tally((each) => each.in && !each.failed),
    }),
  };
}

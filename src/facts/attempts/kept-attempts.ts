import type { Attempt, AttemptOutcome } from '../attempt.ts';

/** Of a log with more logins than anybody reads: the first and the last of each outcome. */
export interface KeptAttempts {
  add(attempt: Attempt, order: number): void;
  readonly list: () => readonly { readonly attempt: Attempt; readonly order: number }[];
  /** How many were added and are not in the list. */
  readonly dropped: () => number;
}

const FIRST = 40;
const LAST = 40;

export function keepAttempts(): KeptAttempts {
  const kept = new Map<AttemptOutcome, { attempt: Attempt; order: number }[]>();
  let dropped = 0;
  return {
    dropped: () => dropped,
    list: () => [...kept.values()].flat(),
    add(attempt, order) {
      const alike = kept.get(attempt.outcome) ?? [];
      kept.set(attempt.outcome, alike);
      alike.push({ attempt, order });
      if (alike.length <= FIRST + LAST) return;
      alike.splice(FIRST, 1);
      dropped += 1;
    },
  };
}

import type { Attempt } from './attempt.ts';

/** Failed logins of users who did not get in later: a retry that worked takes the failure's weight away. */
export function unresolved(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(
    (attempt, index) =>
      attempt.outcome !== 'succeeded' &&
      !attempts
        .slice(index + 1)
        .some((later) => later.user === attempt.user && later.outcome === 'succeeded'),
  );
}

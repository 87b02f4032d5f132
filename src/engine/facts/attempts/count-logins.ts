import { valueIfKnown } from '../fact.ts';
import { readDebug } from './read-debug.ts';

/**
 * Counts the logins in debug output; `ended` are those that are complete, only this user's, if one is named. Only numbers
 * are returned, because the lines are not redacted. Pure.
 */
export function countLogins(lines: readonly string[], user?: string) {
  const facts = readDebug([{ kind: 'debug', source: 'debug', start: 1, lines }]);
  const attempts = valueIfKnown(facts.attempts) ?? [];
  const { moreAttempts = 0 } = valueIfKnown(facts.debugLog) ?? {};
  const ended = attempts.filter(
    (attempt) =>
      attempt.outcome !== 'incomplete' &&
      // Same user match as in the diagnosis; otherwise the session could end before the user's login.
      (user === undefined || attempt.user === user),
  );
  return { logins: attempts.length + moreAttempts, ended: ended.length };
}

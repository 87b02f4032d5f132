import { readDebug } from '../facts/attempts/read-debug.ts';
import { valueIfKnown } from '../facts/fact.ts';

export interface LoginCount {
  readonly logins: number;
  /** Of them, those whose end was seen; only this user's, where one is named. */
  readonly ended: number;
}

/** How many logins a piece of debug output holds. Only numbers leave: the lines may be as the device printed them. Pure. */
export function countLogins(lines: readonly string[], user?: string): LoginCount {
  const facts = readDebug([{ kind: 'debug', source: 'debug', start: 1, lines }]);
  const attempts = valueIfKnown(facts.attempts) ?? [];
  const { moreAttempts = 0 } = valueIfKnown(facts.debugLog) ?? {};
  const ended = attempts.filter(
    (attempt) =>
      attempt.outcome !== 'incomplete' &&
      // As the diagnosis has it: an answer about nobody would be a poor end.
      (user === undefined || attempt.user === user),
  );
  return { logins: attempts.length + moreAttempts, ended: ended.length };
}

import type { Quote } from '../../evidence/types.ts';
import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { gotInByPush, gotInWithoutFactor, unresolved } from '../../facts/attempts/got-in.ts';
import { hopIndex } from '../../facts/hop.ts';
import { undecided } from '../define-rule.ts';
import type { RuleContext, Undecided } from '../rule.ts';

/** Logins without an explanation yet, of the user named in the request or of all users. */
export function loginsInQuestion(attempts: readonly Attempt[], context: RuleContext): readonly Attempt[] {
  return unresolved(attempts).filter((attempt) => isAskedAbout(attempt.user, context));
}

/** Whether the request names this user, or no user. */
export function isAskedAbout(user: string, context: RuleContext): boolean {
  return context.user === undefined || sameUser(user, context.user);
}

/**
 * Names of the users whose login is in question: the one asked about, and those with a failed login in the log; if
 * push worked for no user, also those who logged in without a second factor.
 */
export function usersInQuestion(
  users: readonly LocalUser[],
  attempts: readonly Attempt[] | undefined,
  context: RuleContext,
): readonly LocalUser[] {
  if (context.user !== undefined) return users.filter((user) => isAskedAbout(user.name, context));
  const logins = attempts ?? [];
  const failing = new Set(
    [...unresolved(logins), ...(logins.some(gotInByPush) ? [] : logins.filter(gotInWithoutFactor))].map(
      (attempt) => attempt.user.toLowerCase(),
    ),
  );
  return users.filter((user) => failing.has(user.name.toLowerCase()));
}

/** Lines that prove that the second factor of this login was accepted. */
export function approvalEvidence({ hops }: Attempt): readonly Quote[] {
  const approval = hops[hopIndex('approval')];
  return approval?.status === 'ok' ? approval.evidence : [];
}

/** Verdict of rules that need a recorded login. */
export function needsLogin(reason: string): Undecided {
  return undecided({ reason, need: 'the debug output of one login', commands: 'debug-recipe' });
}

/** As a whole name, wherever it stands: `wren` is not named by `wren.jr`. */
export function isNamedIn(title: string, user: string): boolean {
  return title
    .split(user)
    .some(
      (behind, at, pieces) =>
        at > 0 && !/[\w.@-]$/.test(pieces[at - 1] ?? '') && !/^(?:[\w@-]|\.\w)/.test(behind),
    );
}

/** As the first word of a sentence. */
export function upperFirst(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Values as FortiOS spells them, each as code. */
export function codeList(values: readonly string[]): string {
  return nameList(values.map((value) => `\`${value}\``));
}

/** `marlow`, `marlow and wren`, `marlow, wren and 3 more`. */
export function nameList(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  if (distinct.length <= 2) return distinct.join(' and ');
  if (distinct.length === 3) return `${distinct[0]}, ${distinct[1]} and ${distinct[2]}`;
  return `${distinct[0]}, ${distinct[1]} and ${distinct.length - 2} more`;
}

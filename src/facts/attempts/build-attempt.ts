import type { Attempt } from '../attempt.ts';
import type { Draft } from './draft.ts';
import { hopsOf } from './hops.ts';
import { type LogEnd, outcomeOf } from './outcome.ts';

/** For a login whose naming line is not in the log, or names nobody. */
const UNNAMED = 'unknown user';

export function buildAttempt(draft: Draft, end: LogEnd): Attempt {
  const { marks, started, vdom } = draft;
  // Without its own line, the question is shown by the answer that asked for a token.
  if (marks.passwordAccepted && !draft.withoutToken && !marks.secondFactorSkipped) {
    marks.secondFactorAsked ??= marks.passwordAccepted;
  }
  const session = draft.session?.key ?? draft.negotiation ?? draft.request;
  const outcome = outcomeOf(draft, end);
  return {
    user: draft.user || UNNAMED,
    ...(vdom === undefined ? {} : { vdom }),
    ...(session === undefined ? {} : { session }),
    ...(started.stamp === undefined ? {} : { startedAt: started.stamp }),
    outcome,
    hops: hopsOf(draft, outcome, end),
    marks,
  };
}

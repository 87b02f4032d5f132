import { type Attempt, UNNAMED_USER } from '../attempt.ts';
import { loginHops } from './hops.ts';
import type { LoginState } from './login-state.ts';
import { type LogEnd, outcomeOf } from './outcome.ts';

export function buildAttempt(draft: LoginState, end: LogEnd): Attempt {
  const { milestones: marks, started, vdom } = draft;
  // Without its own line, the question is shown by the answer that asked for a token.
  if (marks.passwordAccepted && !draft.withoutToken && !marks.secondFactorSkipped) {
    marks.secondFactorAsked ??= marks.passwordAccepted;
  }
  const session = draft.session?.key ?? draft.negotiation ?? draft.request;
  const outcome = outcomeOf(draft, end);
  return {
    user: draft.user || UNNAMED_USER,
    vdom,
    session,
    startedAt: started.stamp,
    outcome,
    hops: loginHops(draft, outcome, end),
    milestones: marks,
  };
}

import { type Attempt, UNNAMED_USER } from '../attempt.ts';
import { loginHops } from './hops.ts';
import type { LoginState } from './login-state.ts';
import { type LogEnd, outcomeOf } from './outcome.ts';

export function buildAttempt(login: LoginState, end: LogEnd): Attempt {
  const { milestones, started, vdom } = login;
  // Without its own line, the token question is shown by the answer that asked for a token.
  if (milestones.passwordAccepted && !login.withoutToken && !milestones.secondFactorSkipped) {
    milestones.secondFactorAsked ??= milestones.passwordAccepted;
  }
  const session = login.session?.key ?? login.negotiation ?? login.request;
  const outcome = outcomeOf(login, end);
  return {
    user: login.user || UNNAMED_USER,
    vdom,
    session,
    startedAt: started.stamp,
    outcome,
    hops: loginHops(login, outcome, end),
    milestones,
  };
}

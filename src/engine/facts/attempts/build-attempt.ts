import { type Attempt, type LoginTrace, UNNAMED_USER } from '../attempt.ts';
import { dropClockJump } from './clock-jump.ts';
import { loginHops } from './hops.ts';
import { findLoginFailure, namedBy, upBy } from './login-failure.ts';
import { type LoginState, type Milestones, SUCCESS } from './login-state.ts';
import { type LogEnd, outcomeOf } from './outcome.ts';
import { current, loginTrace } from './trace.ts';

const NO_TRACE: LoginTrace = { signs: {} };

/** `samlUsers` names the users of SAML, whom the log calls by FortiClient's identifier. */
export function buildAttempt(
  login: LoginState,
  end: LogEnd,
  samlUsers: ReadonlyMap<string, string> = new Map(),
): Attempt {
  const { milestones, started, vdom } = login;
  dropClockJump(milestones);
  // Without its own line, the token question is shown by the answer that asked for a token.
  if (milestones.passwordAccepted && !login.withoutToken && !milestones.secondFactorSkipped) {
    milestones.secondFactorAsked ??= milestones.passwordAccepted;
  }
  const session = (login.session?.sid && login.session.key) || (login.negotiation ?? login.request);
  const trace = login.trace ? current(login.trace) : undefined;
  const shown: LoginTrace = trace ? loginTrace(trace) : NO_TRACE;
  const up = upBy(shown.signs);
  if (up && !wasRefused(milestones)) milestones.granted ??= up;
  const ended = findLoginFailure(shown.signs);
  // Accepted by IKE or fnbamd, and refused by the step after it.
  const failure = milestones.granted && ended?.hop !== 'tunnel' ? undefined : ended;
  const outcome = outcomeOf(login, end, failure);
  return {
    user:
      samlUsers.get(login.user ?? '') ?? (trace?.person || namedBy(shown.signs, login.user) || UNNAMED_USER),
    vdom,
    session,
    startedAt: started.stamp,
    outcome,
    hops: loginHops(login, outcome, end, { trace: shown, failure }),
    milestones,
    trace: shown,
  };
}

function wasRefused({ loginFailed, passwordRefused, refused, tokenResult }: Milestones): boolean {
  const token = tokenResult && tokenResult.code !== SUCCESS ? tokenResult : undefined;
  return (loginFailed ?? passwordRefused ?? refused ?? token) !== undefined;
}

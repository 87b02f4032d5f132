import { type Attempt, type LoginTrace, type Moment, UNNAMED_USER } from '../attempt.ts';
import { cameAfter } from '../push/late-answer.ts';
import { secondsBetween } from './event-ref.ts';
import { loginHops } from './hops.ts';
import { findLoginFailure, namedBy, upBy } from './login-failure.ts';
import { type LoginState, type Milestones, wasRefused } from './login-state.ts';
import { DEFAULT_WAIT_S, decideOutcome, type LogEnd } from './outcome.ts';
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
  const said = findLoginFailure(shown.signs);
  // The event log only repeats the end that a daemon's own lines show.
  const isRepeated =
    said?.sign === 'event-login-failed' &&
    wasRefused(milestones) &&
    milestones.loginFailed?.quote.text !== said.seen.quote.text;
  const ended = isRepeated ? undefined : said;
  // Accepted by IKE or fnbamd, and refused by the step after it.
  const failure = milestones.granted && ended?.hop !== 'tunnel' ? undefined : ended;
  const outcome = decideOutcome(login, end, failure);
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

/** Seconds beyond the longest wait: no daemon leaves a login open for so long. */
const MARGIN_S = 60;

/**
 * Removes the times behind a jump of the clock (daylight saving, NTP): the phone seems to answer long after every wait
 * has ended, and the result comes only after its answer. A daemon would have printed the end of its wait.
 */
function dropClockJump(milestones: Milestones): void {
  const { callbackCompleted, vpnWait, tokenWait, secondFactorAsked } = milestones;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  const waited = secondsBetween(asked, callbackCompleted?.at);
  const longest = Math.max(vpnWait?.seconds ?? 0, tokenWait?.seconds ?? 0) || DEFAULT_WAIT_S;
  if (asked === undefined || !callbackCompleted || waited === undefined || waited <= longest + MARGIN_S)
    return;
  const ends = [
    milestones.tokenResult,
    milestones.granted,
    milestones.loginFailed,
    milestones.gaveUp,
  ].flatMap((end) => end ?? []);
  if (ends.length === 0 || !ends.every((end) => !cameAfter(callbackCompleted, end))) return;
  const jump = asked + longest;
  for (const [name, moment] of Object.entries(milestones) as [keyof Milestones, Moment | undefined][]) {
    if (moment?.at === undefined || moment.at <= jump) continue;
    const { at: _, ...untimed } = moment;
    Object.assign(milestones, { [name]: untimed });
  }
}

import type { Quote } from '../../evidence/types.ts';
import type { Attempt, AttemptMilestones, AttemptOutcome } from '../attempt.ts';
import type { Hop, HopStatus } from '../hop.ts';
import { askedAt, type LoginTiming, loginTiming } from './login-timing.ts';

/** An attempt as the diagnosis shows it: one entry of its `attempts`. */
interface AttemptReport {
  user: string;
  vdom?: string;
  session?: string;
  startedAt?: string;
  outcome: AttemptOutcome;
  /** From the token question to the last line of this login. */
  waitedSeconds?: number;
  /** How long the VPN was willing to wait. */
  allowedSeconds?: number;
  timing?: LoginTiming;
  hops: { id: Hop; status: HopStatus; evidence: Quote[] }[];
}

export function summariseAttempt(attempt: Attempt): AttemptReport {
  const { user, vdom, session, startedAt, outcome, milestones: marks } = attempt;
  const measured = waitedSeconds(marks);
  // Nobody gets in after the VPN has given up: the clock was put forward meanwhile.
  const jumped =
    outcome === 'succeeded' && (measured ?? 0) > (marks.vpnWait?.seconds ?? Number.POSITIVE_INFINITY);
  const waited = jumped ? undefined : measured;
  const timing = jumped ? undefined : loginTiming(marks);
  return {
    user,
    vdom,
    session,
    startedAt,
    outcome,
    waitedSeconds: waited,
    ...(marks.vpnWait ? { allowedSeconds: marks.vpnWait.seconds } : {}),
    timing,
    hops: attempt.hops.map(({ id, status, evidence }) => ({ id, status, evidence: [...evidence] })),
  };
}

/** Until something answered the question: without an answer nobody knows how long the user would have needed. */
function waitedSeconds(marks: AttemptMilestones): number | undefined {
  const asked = askedAt(marks);
  const ends = [
    marks.callbackCompleted,
    marks.tlsAlert,
    marks.tokenResult,
    marks.granted,
    marks.loginFailed,
  ].flatMap((moment) => (moment?.at === undefined ? [] : [moment.at]));
  if (asked === undefined || ends.length === 0) return undefined;
  const waited = Math.max(...ends) - asked;
  return waited >= 0 ? waited : undefined;
}

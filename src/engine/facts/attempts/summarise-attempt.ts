import { findCommonName } from '../../fortios/x509/distinguished-name.ts';
import { type Attempt, type AttemptMilestones, UNNAMED_USER } from '../attempt.ts';
import { askedAt, loginTiming } from './login-timing.ts';

/** An attempt in the diagnosis: one entry of `attempts`, without its reason. */
export function summariseAttempt(attempt: Attempt) {
  const { user, vdom, session, startedAt, outcome, milestones } = attempt;
  const measured = waitedSeconds(milestones);
  // A login cannot succeed after the VPN's timeout: the clock was set forward meanwhile.
  const jumped =
    outcome === 'succeeded' && (measured ?? 0) > (milestones.vpnWait?.seconds ?? Number.POSITIVE_INFINITY);
  const waited = jumped ? undefined : measured;
  const timing = jumped ? undefined : loginTiming(milestones);
  return {
    user,
    vdom,
    session,
    startedAt,
    client: attempt.trace.client ?? lockedAddress(attempt),
    clientUser: user === UNNAMED_USER ? clientUser(attempt) : undefined,
    outcome,
    waitedSeconds: waited,
    allowedSeconds: milestones.vpnWait?.seconds,
    timing,
    hops: attempt.hops.map(({ id, status, evidence }) => ({ id, status, evidence: [...evidence] })),
  };
}

/** Where nothing else of the login is in the log, the block of its address says where it came from. */
function lockedAddress({ trace: { signs } }: Attempt): string | undefined {
  return signs['address-locked']?.at(-1)?.fields.client;
}

function clientUser({ trace: { signs } }: Attempt): string | undefined {
  const account = signs['forticlient-user']?.at(-1)?.fields.user?.trim();
  const subject = signs['peer-certificate']?.at(-1)?.fields.subject;
  return account ?? (subject === undefined ? undefined : findCommonName(subject));
}

/** Time until the question was answered; without an answer the time the user needed is unknown. */
function waitedSeconds(milestones: AttemptMilestones): number | undefined {
  const asked = askedAt(milestones);
  const ends = [
    milestones.callbackCompleted,
    milestones.tlsAlert,
    milestones.tokenResult,
    milestones.granted,
    milestones.loginFailed,
  ].flatMap((moment) => (moment?.at === undefined ? [] : [moment.at]));
  if (asked === undefined || ends.length === 0) return undefined;
  const waited = Math.max(...ends) - asked;
  return waited >= 0 ? waited : undefined;
}

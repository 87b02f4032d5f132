import type { Attempt, AttemptMilestones } from './attempt.ts';
import { hopIndex } from './hop.ts';

/** Codes by e-mail and SMS; a push is never theirs (domain notes, section 3.2). */
const SENT_CODES: ReadonlySet<number> = new Set([2, 3]);

/**
 * A login that got in by its second factor, and not with a typed code. One that got in with the password alone, or of
 * which the log shows the last lines only, says nothing about push.
 */
export function gotInByPush({ outcome, hops, milestones: marks }: Attempt): boolean {
  return (
    outcome === 'succeeded' &&
    hops[hopIndex('approval')]?.status === 'ok' &&
    marks.manualCode?.push !== false &&
    !isRadius(marks) &&
    !SENT_CODES.has(marks.tokenType?.type ?? 0)
  );
}

/** The second factor was a RADIUS server's to ask for: a push of it is not the FortiGate's, and a code looks the same. */
function isRadius({ radiusChallenge, pushSent, pushAlreadySent }: AttemptMilestones): boolean {
  return radiusChallenge !== undefined && (pushSent ?? pushAlreadySent) === undefined;
}

/** Got in without being asked for a second factor, as the log shows. */
export function gotInWithoutFactor({ outcome, hops }: Attempt): boolean {
  return outcome === 'succeeded' && hops[hopIndex('second-factor')]?.status === 'broken';
}

/**
 * Failed logins of users who did not get in later: a retry that worked takes the failure's weight away. A push that
 * failed is not made good by a code that the user typed instead.
 */
export function unresolved(attempts: readonly Attempt[]): readonly Attempt[] {
  const gotInLater = new Set<string>();
  const pushedLater = new Set<string>();
  return attempts
    .toReversed()
    .filter((attempt) => {
      const { user, outcome } = attempt;
      if (outcome !== 'succeeded') {
        return !pushedLater.has(user) && (!gotInLater.has(user) || isAboutPush(attempt));
      }
      gotInLater.add(user);
      if (gotInByPush(attempt)) pushedLater.add(user);
      return false;
    })
    .toReversed();
}

function isAboutPush({ hops, milestones: marks }: Attempt): boolean {
  if (marks.manualCode?.push === false) return false;
  const broken = hops.find((hop) => hop.status === 'broken');
  return broken === undefined || hopIndex(broken.id) >= hopIndex('push-service');
}

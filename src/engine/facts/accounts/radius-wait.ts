import type { AttemptMilestones } from '../attempt.ts';

/** Seconds. Checking a password alone takes less. */
const MIN_PERSON_S = 5;

/**
 * A RADIUS server took so long to refuse that it may have asked the user: FortiAuthenticator can send its push before
 * it answers, and then a Deny and a wrong password look the same on the FortiGate.
 */
export function mayHaveAskedUser({ radiusAsked, passwordRefused }: AttemptMilestones): boolean {
  if (radiusAsked?.at === undefined || passwordRefused?.at === undefined) return false;
  return passwordRefused.at - radiusAsked.at >= MIN_PERSON_S;
}

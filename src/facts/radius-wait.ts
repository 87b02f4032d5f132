import type { AttemptMilestones } from './attempt.ts';

/** A password alone is checked in less. Seconds. */
const A_PERSON = 5;

/**
 * A RADIUS server took so long for its refusal that a user may have been asked meanwhile: FortiAuthenticator can send its
 * push before it answers at all, and then a Deny and a wrong password look alike from here.
 */
export function mayHaveAskedItsUser({ radiusAsked, passwordRefused }: AttemptMilestones): boolean {
  if (radiusAsked?.at === undefined || passwordRefused?.at === undefined) return false;
  return passwordRefused.at - radiusAsked.at >= A_PERSON;
}

import type { AttemptMilestones, Moment } from '../attempt.ts';

/**
 * The phone's answer arrived after the VPN ended the login. Compared by the times of the two lines if no line states
 * the VPN's wait, and by their order if they have no times.
 */
export function answeredAfterEnd(milestones: AttemptMilestones): boolean {
  const { loginFailed, callbackCompleted, tokenResult, vpnWait, tokenWait } = milestones;
  if (!loginFailed || !callbackCompleted || tokenResult) return false;
  const timed = loginFailed.at !== undefined && callbackCompleted.at !== undefined;
  return !(timed && (vpnWait ?? tokenWait)) && cameAfter(callbackCompleted, loginFailed);
}

/** Compares by time, or by order without times. */
export function cameAfter(later: Moment, earlier: Moment): boolean {
  if (later.at !== undefined && earlier.at !== undefined) return later.at > earlier.at;
  return later.quote.source === earlier.quote.source && later.quote.line > earlier.quote.line;
}

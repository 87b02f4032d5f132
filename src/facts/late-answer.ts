import type { AttemptMilestones, Moment } from './attempt.ts';

/**
 * The VPN ended the login, and only then the phone's answer came in: told by the times of the two lines where no line
 * says how long the VPN waits, and by their order where they have no times.
 */
export function answeredAfterTheEnd(marks: AttemptMilestones): boolean {
  const { loginFailed, callbackCompleted, tokenResult, vpnWait, tokenWait } = marks;
  if (!loginFailed || !callbackCompleted || tokenResult) return false;
  const timed = loginFailed.at !== undefined && callbackCompleted.at !== undefined;
  return !(timed && (vpnWait ?? tokenWait)) && cameAfter(callbackCompleted, loginFailed);
}

/** Told by the times of the two lines, and by their order where they have none. */
export function cameAfter(later: Moment, earlier: Moment): boolean {
  if (later.at !== undefined && earlier.at !== undefined) return later.at > earlier.at;
  return later.quote.source === earlier.quote.source && later.quote.line > earlier.quote.line;
}

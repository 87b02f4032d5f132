import type { AttemptMarks } from './attempt.ts';

/**
 * The VPN ended the login, and only then the phone's answer came in: told by the times of the two lines where no line
 * says how long the VPN waits, and by their order where they have no times.
 */
export function answeredAfterTheEnd(marks: AttemptMarks): boolean {
  const { loginFailed, callbackCompleted, tokenResult, vpnWait, tokenWait } = marks;
  if (!loginFailed || !callbackCompleted || tokenResult) return false;
  if (loginFailed.at !== undefined && callbackCompleted.at !== undefined) {
    return !(vpnWait ?? tokenWait) && callbackCompleted.at > loginFailed.at;
  }
  const [ended, answered] = [loginFailed.quote, callbackCompleted.quote];
  return ended.source === answered.source && ended.line < answered.line;
}

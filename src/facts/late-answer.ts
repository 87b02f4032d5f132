import type { AttemptMarks } from './attempt.ts';

/**
 * A log without time stamps still has an order: the VPN ended the login, and only below that line the phone's answer
 * came in. Where both lines have a time, that decides instead.
 */
export function answeredAfterTheEnd({ loginFailed, callbackCompleted, tokenResult }: AttemptMarks): boolean {
  if (!loginFailed || !callbackCompleted || tokenResult) return false;
  if (loginFailed.at !== undefined && callbackCompleted.at !== undefined) return false;
  const [ended, answered] = [loginFailed.quote, callbackCompleted.quote];
  return ended.source === answered.source && ended.line < answered.line;
}

import type { AttemptOutcome } from '../attempt.ts';
import { answeredAfterTheEnd, cameAfter } from '../late-answer.ts';
import { secondsBetween } from './event-ref.ts';
import { DENIED, type LoginState, type Milestones, NEXT_CODE, SUCCESS, wasAsked } from './login-state.ts';

/** The end of the log, against which silence is measured. */
export interface LogEnd {
  readonly at?: number;
  readonly order: number;
}

/** `two-factor-ftk-expiry` as FortiOS ships it. Seconds. */
export const DEFAULT_WAIT = 60;

const TIMEOUT_TEXT = /time[ds]?[ _-]?out|expired/i;

export function outcomeOf(draft: LoginState, end: LogEnd): AttemptOutcome {
  const { milestones: marks } = draft;
  if (marks.granted) return 'succeeded';
  if (isLate(marks, marks.callbackCompleted?.at)) return 'timed-out';
  const { tokenResult, loginFailed } = marks;
  if (tokenResult && tokenResult.code !== SUCCESS && tokenResult.code !== NEXT_CODE) {
    if (
      TIMEOUT_TEXT.test(tokenResult.text ?? '') ||
      isLate(marks, tokenResult.at, marks.callbackCompleted ? 0 : 1)
    )
      return 'timed-out';
    return tokenResult.code === DENIED && mayBeDeny(draft) ? 'denied' : 'failed';
  }
  if (loginFailed && wasAsked(marks) && tokenResult?.code !== SUCCESS) {
    const timedOut =
      TIMEOUT_TEXT.test(loginFailed.why) || isLate(marks, loginFailed.at, 1) || answeredAfterTheEnd(marks);
    return timedOut ? 'timed-out' : 'failed';
  }
  if (loginFailed ?? marks.passwordRefused ?? marks.refused) return 'failed';
  if (marks.gaveUp) return 'timed-out';
  // A group that does not match is no refusal while another server may still know the user.
  if (marks.groupMismatch && !wasAsked(marks)) return 'failed';
  if (tokenResult?.code === SUCCESS) return 'incomplete';
  if (marks.tlsAlert && !marks.callbackCompleted) return 'failed';
  return isOutlived(marks, end) ? 'timed-out' : 'incomplete';
}

/**
 * A typed code was wrong, the phone called back only after the refusal, or not at all although a push had gone out: then
 * nobody pressed Deny. A log that begins within the login may lack the line that says which it was. Where nothing says how long the token is valid, a refusal after its usual time may be its end.
 */
function mayBeDeny({ milestones: marks, fromStart }: LoginState): boolean {
  const { manualCode, callbackCompleted, tokenResult, pushSent, vpnWait, tokenWait } = marks;
  if ((manualCode && !manualCode.push) || marks.radiusChallenge) return false;
  const asked = marks.secondFactorAsked?.at ?? marks.passwordAccepted?.at;
  const usual = (secondsBetween(asked, tokenResult?.at) ?? 0) < DEFAULT_WAIT - 1;
  if (!usual && (vpnWait ?? tokenWait) === undefined) return false;
  if (callbackCompleted) return !tokenResult || !cameAfter(callbackCompleted, tokenResult);
  return fromStart && pushSent === undefined;
}

/**
 * After the first of the two waits ended (domain notes §4): the VPN's, or the token's. The refusal that a wait ends in is
 * printed in its last second; a phone's answer in that second is still in time.
 */
function isLate(marks: Milestones, at: number | undefined, margin = 0): boolean {
  return waits(marks).some(({ since, seconds }) => (secondsBetween(since, at) ?? 0) > seconds - margin);
}

/** The log goes on after both waits ended, and no result came. */
function isOutlived(marks: Milestones, end: LogEnd): boolean {
  const all = waits(marks);
  return all.length > 0 && all.every(({ since, seconds }) => (secondsBetween(since, end.at) ?? 0) > seconds);
}

/** Both begin with the token question; a line of it that lost its time stamp does not lose the time. */
function waits(marks: Milestones): readonly { since: number | undefined; seconds: number }[] {
  const { vpnWait, tokenWait, secondFactorAsked } = marks;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  return [vpnWait, tokenWait].flatMap((wait) =>
    wait ? [{ since: wait.at ?? asked, seconds: wait.seconds }] : [],
  );
}

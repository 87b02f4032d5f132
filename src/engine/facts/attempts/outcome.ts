import type { AttemptOutcome } from '../attempt.ts';
import { answeredAfterEnd, cameAfter } from '../push/late-answer.ts';
import { secondsBetween } from './event-ref.ts';
import type { LoginFailure } from './login-failure.ts';
import { DENIED, type LoginState, type Milestones, NEXT_CODE, SUCCESS, wasAsked } from './login-state.ts';

/** The end of the log, which limits what a missing line can mean. */
export interface LogEnd {
  readonly at?: number;
  readonly order: number;
}

/** Seconds. FortiOS's default of `two-factor-ftk-expiry`. */
export const DEFAULT_WAIT_S = 60;

const TIMEOUT_TEXT = /time[ds]?[ _-]?out|expired/i;

export function decideOutcome(
  login: LoginState,
  end: LogEnd,
  failure: LoginFailure | undefined,
): AttemptOutcome {
  const { milestones } = login;
  if (failure?.hop === 'tunnel') return 'failed';
  if (milestones.granted) return 'succeeded';
  if (failure && !wasAsked(milestones)) return 'failed';
  if (isLate(milestones, milestones.callbackCompleted?.at)) return 'timed-out';
  const { tokenResult, loginFailed } = milestones;
  if (tokenResult && tokenResult.code !== SUCCESS && tokenResult.code !== NEXT_CODE) {
    if (
      TIMEOUT_TEXT.test(tokenResult.text ?? '') ||
      isLate(milestones, tokenResult.at, milestones.callbackCompleted ? 0 : 1)
    )
      return 'timed-out';
    return tokenResult.code === DENIED && mayBeDeny(login) ? 'denied' : 'failed';
  }
  if (loginFailed && wasAsked(milestones) && tokenResult?.code !== SUCCESS) {
    const timedOut =
      TIMEOUT_TEXT.test(loginFailed.why) ||
      isLate(milestones, loginFailed.at, 1) ||
      answeredAfterEnd(milestones);
    return timedOut ? 'timed-out' : 'failed';
  }
  if (loginFailed ?? milestones.passwordRefused ?? milestones.refused) return 'failed';
  if (milestones.gaveUp) return 'timed-out';
  // A group that does not match is no refusal while another server may know the user.
  if (milestones.groupMismatch && !wasAsked(milestones)) return 'failed';
  if (tokenResult?.code === SUCCESS) return 'incomplete';
  if (milestones.tlsAlert && !milestones.callbackCompleted) return 'failed';
  return isOutlived(milestones, end) ? 'timed-out' : 'incomplete';
}

/**
 * False if Deny cannot have been pressed: a typed code was wrong, the phone called back only after the refusal, or not
 * at all although a push was sent. A log that begins within the login may lack the deciding line. If the token's
 * validity is unknown, a refusal after its default may be its expiry.
 */
function mayBeDeny({ milestones, fromStart }: LoginState): boolean {
  const { manualCode, callbackCompleted, tokenResult, pushSent, vpnWait, tokenWait } = milestones;
  if ((manualCode && !manualCode.push) || milestones.radiusChallenge) return false;
  const asked = milestones.secondFactorAsked?.at ?? milestones.passwordAccepted?.at;
  const defaultEnd = (secondsBetween(asked, tokenResult?.at) ?? 0) < DEFAULT_WAIT_S - 1;
  if (!defaultEnd && (vpnWait ?? tokenWait) === undefined) return false;
  if (callbackCompleted) return !tokenResult || !cameAfter(callbackCompleted, tokenResult);
  return fromStart && pushSent === undefined;
}

/**
 * After the end of the first wait (domain notes §4), the VPN's or the token's. The refusal at the end of a wait is
 * printed in its last second; a phone's answer in that second is still in time.
 */
function isLate(milestones: Milestones, at: number | undefined, margin = 0): boolean {
  return waits(milestones).some(({ since, seconds }) => (secondsBetween(since, at) ?? 0) > seconds - margin);
}

/** The log continues after both waits ended, without a result. */
function isOutlived(milestones: Milestones, end: LogEnd): boolean {
  const all = waits(milestones);
  return all.length > 0 && all.every(({ since, seconds }) => (secondsBetween(since, end.at) ?? 0) > seconds);
}

/** Both waits start with the token question; if one of its lines has no time stamp, the other's time is used. */
function waits(milestones: Milestones): readonly { since: number | undefined; seconds: number }[] {
  const { vpnWait, tokenWait, secondFactorAsked } = milestones;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  return [vpnWait, tokenWait].flatMap((wait) =>
    wait ? [{ since: wait.at ?? asked, seconds: wait.seconds }] : [],
  );
}

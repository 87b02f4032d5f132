import type { Moment } from '../attempt.ts';
import { cameAfter } from '../push/late-answer.ts';
import { secondsBetween } from './event-ref.ts';
import type { Milestones } from './login-state.ts';
import { DEFAULT_WAIT_S } from './outcome.ts';

/** Seconds beyond the longest wait: no daemon leaves a login open for so long. */
const MARGIN_S = 60;

/**
 * Removes the times behind a jump of the clock (daylight saving, NTP): the phone seems to answer long after every wait
 * has ended, and the result comes only after its answer. A daemon would have printed the end of its wait.
 */
export function dropClockJump(milestones: Milestones): void {
  const { callbackCompleted, vpnWait, tokenWait, secondFactorAsked } = milestones;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  const waited = secondsBetween(asked, callbackCompleted?.at);
  const longest = Math.max(vpnWait?.seconds ?? 0, tokenWait?.seconds ?? 0) || DEFAULT_WAIT_S;
  if (asked === undefined || !callbackCompleted || waited === undefined || waited <= longest + MARGIN_S)
    return;
  const ends = [
    milestones.tokenResult,
    milestones.granted,
    milestones.loginFailed,
    milestones.gaveUp,
  ].flatMap((end) => end ?? []);
  if (ends.length === 0 || !ends.every((end) => !cameAfter(callbackCompleted, end))) return;
  const jump = asked + longest;
  for (const [name, moment] of Object.entries(milestones) as [keyof Milestones, Moment | undefined][]) {
    if (moment?.at === undefined || moment.at <= jump) continue;
    const { at: _, ...untimed } = moment;
    Object.assign(milestones, { [name]: untimed });
  }
}

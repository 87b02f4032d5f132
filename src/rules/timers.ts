import type { Attempt } from '../facts/attempt.ts';
import type { GlobalSettings, Phase1 } from '../facts/values.ts';
import { atLeast, type FortiosVersion } from '../fortios/version.ts';

/** SSL VPN waits ten times `remoteauthtimeout` plus this (KB 191661). Seconds. */
const BASE_WAIT = 30;
/** What a person needs beyond what was measured, so that the next slow approval still counts. Seconds. */
const MARGIN = 60;

/** `time_out = 80` → 5. */
export function remoteAuthTimeoutOf(vpnWait: number): number {
  return Math.max(1, Math.round((vpnWait - BASE_WAIT) / 10));
}

/** How long SSL VPN waits for the second factor, in seconds. From 7.4.1 a longer token validity counts (KB 193607). */
export function vpnWaitOf(settings: GlobalSettings, version: FortiosVersion | undefined): number {
  const wait = 10 * settings.remoteAuthTimeout.value + BASE_WAIT;
  return version && atLeast(version, '7.4.1') ? Math.max(wait, settings.ftkExpiry.value) : wait;
}

/** `remoteauthtimeout` that would have been enough, with a margin; FortiOS takes 1–300. */
export function enoughRemoteAuthTimeout(waited: number): number {
  return Math.min(300, Math.max(10, Math.ceil((waited + MARGIN - BASE_WAIT) / 10)));
}

/** `two-factor-ftk-expiry` that would have been enough, in full half minutes; FortiOS takes 60–600 s. */
export function enoughTokenExpiry(waited: number): number {
  return Math.min(600, Math.max(120, Math.ceil((waited + MARGIN) / 30) * 30));
}

/** Seconds from the token question to the phone's completed answer; `undefined` where the log has no times for them. */
export function secondsToAnswer({ marks }: Attempt): number | undefined {
  const asked = marks.vpnWait?.at ?? marks.tokenWait?.at ?? marks.secondFactorAsked?.at;
  const answered = marks.callbackCompleted?.at;
  return asked === undefined || answered === undefined ? undefined : answered - asked;
}

/** The whole course on one line: `push sent +1 s ▸ token valid until +60 s ▸ VPN gave up +80 s ▸ phone answered +94 s`. */
export function timeLine(attempt: Attempt): string {
  const { marks } = attempt;
  const asked = marks.vpnWait?.at ?? marks.tokenWait?.at ?? marks.secondFactorAsked?.at;
  const sent = marks.pushSent?.at;
  const steps: { at: number; what: string }[] = [];
  if (asked !== undefined && sent !== undefined && sent >= asked)
    steps.push({ at: sent - asked, what: 'push sent' });
  const answered = secondsToAnswer(attempt);
  if (answered !== undefined) steps.push({ at: answered, what: 'phone answered' });
  if (marks.tokenWait) steps.push({ at: marks.tokenWait.seconds, what: 'token valid until' });
  if (marks.vpnWait) steps.push({ at: marks.vpnWait.seconds, what: 'VPN gave up' });
  return steps
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => `${what} +${at} s`)
    .join(' ▸ ');
}

/** What an IPsec user has: the tunnel has to be up, the approval included, when its negotiation ends. */
export function ikeTimeBudget(tunnels: readonly Phase1[]): string {
  const [shortest] = tunnels.toSorted((a, b) => a.negotiateTimeout.value - b.negotiateTimeout.value);
  if (!shortest) return '';
  const { value, explicit } = shortest.negotiateTimeout;
  return `The negotiation of ${shortest.name} may take ${value} s${explicit ? '' : ', FortiOS’s default as far as we know'} (\`negotiate-timeout\`), which probably bounds the approval as well.`;
}

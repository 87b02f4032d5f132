import type { AttemptMilestones, Moment } from '../attempt.ts';

export const TIMED_MILESTONES = [
  'push-sent',
  'phone-connected',
  'phone-answered',
  'certificate-refused',
  'code-typed',
  'got-in',
  'vpn-ended',
] as const;
export type TimedMilestone = (typeof TIMED_MILESTONES)[number];

/** Times of the events of one login, in seconds from the second-factor question. */
export interface LoginTiming {
  readonly events: { readonly event: TimedMilestone; readonly seconds: number }[];
  /** When the token's and the VPN's wait end, as the log states. */
  readonly limits: { readonly limit: 'token' | 'vpn'; readonly seconds: number }[];
}

/** The moment the VPN asked for the second factor. Seconds since the Unix epoch. */
export function askedAt({ vpnWait, tokenWait, secondFactorAsked, passwordAccepted }: AttemptMilestones) {
  return vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at ?? passwordAccepted?.at;
}

/** `undefined` if the log has no times for this login. */
export function loginTiming(milestones: AttemptMilestones): LoginTiming | undefined {
  const start = askedAt(milestones);
  if (start === undefined) return undefined;
  const moments: readonly (readonly [TimedMilestone, Moment | undefined])[] = [
    ['push-sent', milestones.pushSent],
    ['phone-connected', milestones.callbackStarted],
    ['phone-answered', milestones.callbackCompleted],
    ['certificate-refused', milestones.tlsAlert],
    ['code-typed', milestones.manualCode],
    ['got-in', milestones.granted],
    ['vpn-ended', milestones.loginFailed ?? milestones.refused ?? milestones.gaveUp],
  ];
  const events = moments
    .flatMap(([event, moment]) =>
      moment?.at === undefined ? [] : [{ event, seconds: round(moment.at - start) }],
    )
    .filter(({ seconds }) => seconds >= 0)
    .sort((a, b) => a.seconds - b.seconds);
  if (events.length === 0) return undefined;
  const limits = [
    ...(milestones.tokenWait ? [{ limit: 'token' as const, seconds: milestones.tokenWait.seconds }] : []),
    ...(milestones.vpnWait ? [{ limit: 'vpn' as const, seconds: milestones.vpnWait.seconds }] : []),
  ].sort((a, b) => a.seconds - b.seconds);
  return { events, limits };
}

/** Avoids binary rounding artefacts of fractional time stamps. */
function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

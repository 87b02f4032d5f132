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

/** When things happened in one login. Seconds count from the question for the second factor. */
export interface LoginTiming {
  readonly events: { readonly event: TimedMilestone; readonly seconds: number }[];
  /** When the wait of the token and of the VPN ends, as the log states it. */
  readonly limits: { readonly limit: 'token' | 'vpn'; readonly seconds: number }[];
}

/** The moment the VPN asked for the second factor. Seconds since the Unix epoch. */
export function askedAt({ vpnWait, tokenWait, secondFactorAsked, passwordAccepted }: AttemptMilestones) {
  return vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at ?? passwordAccepted?.at;
}

/** `undefined` where the log has no times for this login. */
export function loginTiming(marks: AttemptMilestones): LoginTiming | undefined {
  const start = askedAt(marks);
  if (start === undefined) return undefined;
  const moments: readonly (readonly [TimedMilestone, Moment | undefined])[] = [
    ['push-sent', marks.pushSent],
    ['phone-connected', marks.callbackStarted],
    ['phone-answered', marks.callbackCompleted],
    ['certificate-refused', marks.tlsAlert],
    ['code-typed', marks.manualCode],
    ['got-in', marks.granted],
    ['vpn-ended', marks.loginFailed ?? marks.refused ?? marks.gaveUp],
  ];
  const events = moments
    .flatMap(([event, moment]) =>
      moment?.at === undefined ? [] : [{ event, seconds: round(moment.at - start) }],
    )
    .filter(({ seconds }) => seconds >= 0)
    .sort((a, b) => a.seconds - b.seconds);
  if (events.length === 0) return undefined;
  const limits = [
    ...(marks.tokenWait ? [{ limit: 'token' as const, seconds: marks.tokenWait.seconds }] : []),
    ...(marks.vpnWait ? [{ limit: 'vpn' as const, seconds: marks.vpnWait.seconds }] : []),
  ].sort((a, b) => a.seconds - b.seconds);
  return { events, limits };
}

/** Time stamps with fractions would otherwise leave the traces of binary numbers. */
function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

import { Temporal } from 'temporal-polyfill';
import type { HandoverSettings } from '../../platform/config/escalation-types.ts';

/** Returns the next handover after `now`, both in milliseconds since the Unix epoch. */
export function nextHandover({ times, timeZone }: HandoverSettings, now: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const candidates = [0, 1].flatMap((days) =>
    times.map(
      (time) =>
        start.add({ days }).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds,
    ),
  );
  return Math.min(...candidates.filter((at) => at > now));
}

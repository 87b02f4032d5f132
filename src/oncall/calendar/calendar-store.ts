import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Schedule } from '../../platform/config/escalation-types.ts';
import type { Records } from '../../platform/store/records.ts';

const copy = z.object({
  /** `sourceHash` of the calendar that was read. */
  source: z.string(),
  /** The last attempt; times in milliseconds since the Unix epoch. */
  checkedAt: z.number(),
  /** When `events` were read; absent if they never were. */
  readAt: z.number().optional(),
  events: z.array(
    z.object({ from: z.number(), until: z.number(), summary: z.string(), attendees: z.array(z.string()) }),
  ),
  /** Why the last attempts failed, and when the first of them did. */
  failure: z.object({ since: z.number(), reason: z.string() }).optional(),
});

/** The last good copy of a calendar, and whether it could be read since. */
export type CalendarCopy = z.infer<typeof copy>;

const RETENTION_MS = 100 * 24 * 3_600_000;

export interface CalendarStore {
  /** Undefined if this calendar was not tried to be read yet; a copy of another address does not count. */
  get(name: string, schedule: Schedule): Promise<CalendarCopy | undefined>;
  put(name: string, copy: CalendarCopy): Promise<void>;
}

export function createCalendarStore(records: Records): CalendarStore {
  return {
    async get(name, schedule) {
      const record = await records.get(calendarKey(name));
      const parsed = record === undefined ? undefined : copy.safeParse(JSON.parse(record.text));
      return parsed?.data?.source === sourceHash(schedule) ? parsed?.data : undefined;
    },
    async put(name, next) {
      for (;;) {
        const version = (await records.get(calendarKey(name)))?.version ?? 0;
        if (await records.put(calendarKey(name), JSON.stringify(next), version, RETENTION_MS)) return;
      }
    },
  };
}

/** Identifies the source of a calendar without its address, which may have a token in it. */
export function sourceHash({ calendar, timeZone }: Schedule): string {
  return createHash('sha256')
    .update(JSON.stringify([calendar?.source, timeZone]))
    .digest('hex')
    .slice(0, 32);
}

function calendarKey(schedule: string): string {
  return `on-call-calendar:${schedule}`;
}

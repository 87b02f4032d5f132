import { z } from 'zod';
import type { Schedule } from '../../platform/config/escalation-schema.ts';
import { type Records, updateRecord } from '../../platform/store/records.ts';
import { sha256 } from '../../platform/store/sha256.ts';

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

export type CalendarStore = ReturnType<typeof createCalendarStore>;

export function createCalendarStore(records: Records) {
  return {
    /** Undefined if this calendar was not tried to be read yet; a copy of another address does not count. */
    async get(name: string, schedule: Schedule): Promise<CalendarCopy | undefined> {
      const record = await records.get(calendarKey(name));
      const parsed = record === undefined ? undefined : copy.safeParse(JSON.parse(record.text));
      return parsed?.data?.source === sourceHash(schedule) ? parsed?.data : undefined;
    },
    async put(name: string, next: CalendarCopy) {
      await updateRecord(records, calendarKey(name), RETENTION_MS, () => JSON.stringify(next));
    },
  };
}

/** Identifies the source of a calendar without its address, which may have a token in it. */
export function sourceHash({ calendar, timeZone }: Schedule): string {
  const source = calendar && { url: calendar.url, file: calendar.file };
  return sha256(JSON.stringify([source, timeZone]), 32);
}

function calendarKey(schedule: string): string {
  return `on-call-calendar:${schedule}`;
}

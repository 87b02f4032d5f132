import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';
import { createStoredLists } from '../store/stored-list.ts';

/** `by`: the Slack user who changed the shift. Times in milliseconds since the Unix epoch. */
const shift = z.object({ user: z.string(), from: z.number(), until: z.number(), by: z.string() });

export type StoredShift = z.infer<typeof shift>;

const RETENTION_MS = 35 * 24 * 3_600_000;
const MAX_SHIFTS = 50;

export function createShiftStore(records: Records) {
  const lists = createStoredLists(records, shift, RETENTION_MS);
  return {
    of: (schedule: string) => lists.read(shiftsKey(schedule)),
    async add(schedule: string, added: StoredShift) {
      const isSame = ({ user, from }: StoredShift) => user === added.user && from === added.from;
      await lists.change(shiftsKey(schedule), (stored) =>
        [...stored.filter((each) => each.until > added.from && !isSame(each)), added].slice(-MAX_SHIFTS),
      );
    },
    /** Ends all shifts at `at`; returns the number of those that had not ended. */
    async endAll(schedule: string, at: number) {
      const before = await lists.change(shiftsKey(schedule), () => []);
      return before.filter(({ until }) => until > at).length;
    },
  };
}

/** Shifts that people took in Slack. They replace what the inventory says. */
export type ShiftStore = ReturnType<typeof createShiftStore>;

function shiftsKey(schedule: string): string {
  return `on-call-shifts:${schedule}`;
}

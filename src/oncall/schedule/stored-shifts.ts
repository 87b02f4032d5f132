import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';
import { createStoredLists } from '../store/stored-list.ts';

/** `by`: the Slack user who changed the shift. Times in milliseconds since the Unix epoch. */
const shift = z.object({ user: z.string(), from: z.number(), until: z.number(), by: z.string() });

export type StoredShift = z.infer<typeof shift>;

const RETENTION_MS = 35 * 24 * 3_600_000;
const MAX_SHIFTS = 50;

/** Shifts that people took in Slack. They replace what the inventory says. */
export interface ShiftStore {
  of(schedule: string): Promise<readonly StoredShift[]>;
  add(schedule: string, shift: StoredShift): Promise<void>;
  /** Ends all shifts at `at`; returns the number of those that had not ended. */
  endAll(schedule: string, at: number): Promise<number>;
}

export function createShiftStore(records: Records): ShiftStore {
  const lists = createStoredLists(records, shift, RETENTION_MS);
  return {
    of: (schedule) => lists.read(shiftsKey(schedule)),
    async add(schedule, added) {
      const isSame = ({ user, from }: StoredShift) => user === added.user && from === added.from;
      await lists.change(shiftsKey(schedule), (stored) =>
        [...stored.filter((each) => each.until > added.from && !isSame(each)), added].slice(-MAX_SHIFTS),
      );
    },
    async endAll(schedule, at) {
      const before = await lists.change(shiftsKey(schedule), () => []);
      return before.filter(({ until }) => until > at).length;
    },
  };
}

function shiftsKey(schedule: string): string {
  return `on-call-shifts:${schedule}`;
}

import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';

/** `by`: the Slack user who changed the shift. Times in milliseconds since the Unix epoch. */
const shifts = z.array(z.object({ user: z.string(), from: z.number(), until: z.number(), by: z.string() }));

export type StoredShift = z.infer<typeof shifts>[number];

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
  async function read(schedule: string) {
    const record = await records.get(shiftsKey(schedule));
    const parsed = record === undefined ? undefined : shifts.safeParse(JSON.parse(record.text));
    return { stored: parsed?.data ?? [], version: record?.version ?? 0 };
  }

  /** Repeats if another process wrote in the meantime. */
  async function change(
    schedule: string,
    next: (stored: readonly StoredShift[]) => readonly StoredShift[],
  ): Promise<readonly StoredShift[]> {
    for (;;) {
      const { stored, version } = await read(schedule);
      const text = JSON.stringify(next(stored).slice(-MAX_SHIFTS));
      if (await records.put(shiftsKey(schedule), text, version, RETENTION_MS)) return stored;
    }
  }

  return {
    of: async (schedule) => (await read(schedule)).stored,
    async add(schedule, shift) {
      const isSame = ({ user, from }: StoredShift) => user === shift.user && from === shift.from;
      await change(schedule, (stored) => [
        ...stored.filter((each) => each.until > shift.from && !isSame(each)),
        shift,
      ]);
    },
    async endAll(schedule, at) {
      const before = await change(schedule, () => []);
      return before.filter(({ until }) => until > at).length;
    },
  };
}

function shiftsKey(schedule: string): string {
  return `on-call-shifts:${schedule}`;
}

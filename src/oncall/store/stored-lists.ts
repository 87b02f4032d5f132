import { z } from 'zod';
import { type Records, updateRecord } from '../../platform/store/records.ts';

const RETENTION_MS = 35 * 24 * 3_600_000;

/** Lists that several processes change, each kept as one record. */
export function createStoredLists<T>(
  records: Pick<Records, 'get' | 'put'>,
  entry: z.ZodType<T>,
  keepMs = RETENTION_MS,
) {
  function parse(text: string | undefined): readonly T[] {
    return (text === undefined ? undefined : z.array(entry).safeParse(JSON.parse(text)).data) ?? [];
  }

  return {
    read: async (key: string) => parse((await records.get(key))?.text),
    /** Repeats if another process wrote meanwhile. `next` returns its argument to change nothing. Resolves with the list before. */
    async change(key: string, next: (list: readonly T[]) => readonly T[]): Promise<readonly T[]> {
      let before: readonly T[] = [];
      await updateRecord(records, key, keepMs, (text) => {
        before = parse(text);
        const changed = next(before);
        return changed === before ? undefined : JSON.stringify(changed);
      });
      return before;
    },
  };
}

/** A maintenance window that a person made: the devices page no one. Times in milliseconds since the Unix epoch. */
const silence = z.object({
  /** What the person named, as people type it: an alias, `group:NAME`, `customer:NAME`, `site:NAME` or `all`. */
  name: z.string(),
  /** Of these devices, those that the person may check. */
  devices: z.array(z.string()),
  from: z.number(),
  until: z.number(),
  /** Slack user id. */
  by: z.string(),
  /** Contains no secrets. */
  reason: z.string().optional(),
});

export type Silence = z.infer<typeof silence>;

const KEY = 'escalation-silences';
const MAX_SILENCES = 500;

export function createSilenceStore(records: Pick<Records, 'get' | 'put'>) {
  const lists = createStoredLists(records, silence);
  return {
    /** Those in force at `at`. */
    current: async (at: number) => (await lists.read(KEY)).filter(({ until }) => until > at),
    /** In place of one by the same person with the same name, about none but these devices. */
    async add(added: Silence) {
      const isReplaced = ({ name, by, devices }: Silence) =>
        name === added.name && by === added.by && devices.every((each) => added.devices.includes(each));
      await lists.change(KEY, (stored) =>
        [...stored.filter((each) => each.until > added.from && !isReplaced(each)), added].slice(
          -MAX_SILENCES,
        ),
      );
    },
    /** Ends those that fit; resolves with them. */
    async end(fits: (silence: Silence) => boolean, at: number) {
      const before = await lists.change(KEY, (stored) => {
        const left = stored.filter((each) => !fits(each));
        return left.length === stored.length ? stored : left;
      });
      return before.filter((each) => each.until > at && fits(each));
    },
  };
}

/** `by`: the Slack user who changed the shift. Times in milliseconds since the Unix epoch. */
const shift = z.object({ user: z.string(), from: z.number(), until: z.number(), by: z.string() });

export type StoredShift = z.infer<typeof shift>;

const MAX_SHIFTS = 50;

export function createShiftStore(records: Records) {
  const lists = createStoredLists(records, shift);
  return {
    list: (schedule: string) => lists.read(shiftsKey(schedule)),
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

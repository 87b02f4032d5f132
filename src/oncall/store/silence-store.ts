import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';
import { createStoredLists } from './stored-list.ts';

/** A maintenance window that a person made: nobody is paged about the devices. Times in milliseconds since the Unix epoch. */
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

export interface SilenceStore {
  /** Those in force at `at`. */
  current(at: number): Promise<readonly Silence[]>;
  /** In place of one by the same person with the same name. */
  add(silence: Silence): Promise<void>;
  /** Ends those that fit; resolves with them. */
  end(fits: (silence: Silence) => boolean, at: number): Promise<readonly Silence[]>;
}

const KEY = 'escalation-silences';
const RETENTION_MS = 35 * 24 * 3_600_000;
const MAX_SILENCES = 500;

export function createSilenceStore(records: Pick<Records, 'get' | 'put'>): SilenceStore {
  const lists = createStoredLists(records, silence, RETENTION_MS);
  return {
    current: async (at) => (await lists.read(KEY)).filter(({ until }) => until > at),
    async add(added) {
      const isReplaced = ({ name, by }: Silence) => name === added.name && by === added.by;
      await lists.change(KEY, (stored) =>
        [...stored.filter((each) => each.until > added.from && !isReplaced(each)), added].slice(
          -MAX_SILENCES,
        ),
      );
    },
    async end(fits, at) {
      const before = await lists.change(KEY, (stored) => {
        const left = stored.filter((each) => !fits(each));
        return left.length === stored.length ? stored : left;
      });
      return before.filter((each) => each.until > at && fits(each));
    },
  };
}

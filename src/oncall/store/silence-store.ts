import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';
import { createStoredLists } from './stored-list.ts';

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
const RETENTION_MS = 35 * 24 * 3_600_000;
const MAX_SILENCES = 500;

export function createSilenceStore(records: Pick<Records, 'get' | 'put'>) {
  const lists = createStoredLists(records, silence, RETENTION_MS);
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

import { z } from 'zod';
import { FtmError } from '../../ftm-error.ts';
import type { Records } from '../../platform/store/records.ts';

/** Lists that several processes change, each kept as one record. */
export interface StoredLists<T> {
  read(key: string): Promise<readonly T[]>;
  /** Repeats if another process wrote meanwhile. `next` returns its argument to change nothing. Resolves with the list before. */
  change(key: string, next: (list: readonly T[]) => readonly T[]): Promise<readonly T[]>;
}

const MAX_ATTEMPTS = 50;

export function createStoredLists<T>(
  records: Pick<Records, 'get' | 'put'>,
  entry: z.ZodType<T>,
  keepMs: number,
): StoredLists<T> {
  async function readVersion(key: string) {
    const record = await records.get(key);
    const parsed = record && z.array(entry).safeParse(JSON.parse(record.text));
    return { list: parsed?.data ?? [], version: record?.version ?? 0 };
  }

  return {
    read: async (key) => (await readVersion(key)).list,
    async change(key, next) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const { list, version } = await readVersion(key);
        const changed = next(list);
        if (changed === list) return list;
        if (await records.put(key, JSON.stringify(changed), version, keepMs)) return list;
      }
      throw new FtmError('ftm_queue_unavailable', 'A change could not be stored.', { retryable: true });
    },
  };
}

import { z } from 'zod';
import { type Records, updateRecord } from '../../platform/store/records.ts';

/** Lists that several processes change, each kept as one record. */
export function createStoredLists<T>(
  records: Pick<Records, 'get' | 'put'>,
  entry: z.ZodType<T>,
  keepMs: number,
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

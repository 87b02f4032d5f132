import type { Records } from '../store/records.ts';

export interface NotifyOpsOptions {
  readonly records: Pick<Records, 'get' | 'put'>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Says it where people look. */
  readonly say: (text: string) => Promise<unknown>;
}

/** Resolves with true once the state was posted by any process, with false to try again. */
export type NotifyOps = (text: string, isWell: boolean) => Promise<boolean>;

/** What was said last, and when each of both was: milliseconds since the Unix epoch. */
interface LastNotice {
  readonly isWell: boolean;
  readonly wellAt?: number;
  readonly unwellAt?: number;
}

const KEY = 'ops-said';
const RETENTION_MS = 365 * 24 * 3_600_000;
/** Not again at once where it comes and goes. */
const MIN_INTERVAL_MS = 10 * 60_000;
const NEVER = Number.NEGATIVE_INFINITY;

/** One message of all processes for each turn; the last one that stands there is true, if ten minutes late. */
export function createNotifyOps({ records, now, say }: NotifyOpsOptions): NotifyOps {
  return async (text, isWell) => {
    // Where nobody can be asked whether it was said: better twice than not at all.
    const stored = await records.get(KEY).catch(() => 'unknown' as const);
    if (stored === 'unknown') return await said(text);
    const last: LastNotice = stored ? (JSON.parse(stored.text) as LastNotice) : { isWell: true };
    if (last.isWell === isWell) return true;
    const at = now();
    if (at - ((isWell ? last.wellAt : last.unwellAt) ?? NEVER) < MIN_INTERVAL_MS) return false;
    const next = { ...last, isWell, [isWell ? 'wellAt' : 'unwellAt']: at };
    const version = stored?.version ?? 0;
    if (!(await records.put(KEY, JSON.stringify(next), version, RETENTION_MS))) return false;
    try {
      return await said(text);
    } catch (error) {
      await records.put(KEY, JSON.stringify(last), version + 1, RETENTION_MS).catch(() => undefined);
      throw error;
    }
  };

  async function said(text: string): Promise<true> {
    await say(text);
    return true;
  }
}

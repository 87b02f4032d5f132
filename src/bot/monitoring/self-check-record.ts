import type { Records } from '../../platform/store/records.ts';

/** Result of the last self-check that any worker processed. */
export interface SelfCheckRecord {
  /** Job id. */
  readonly id: string;
  /** When it was enqueued and when it finished, in milliseconds since the Unix epoch. */
  readonly asked: number;
  readonly done: number;
  /** The problem, without secrets; absent if the check passed. */
  readonly problem?: string;
}

const KEY = 'self-check';
const RETENTION_MS = 24 * 3_600_000;
const MAX_ATTEMPTS = 5;

export async function readSelfCheck(records: Records): Promise<SelfCheckRecord | undefined> {
  const stored = await records.get(KEY);
  return stored === undefined ? undefined : (JSON.parse(stored.text) as SelfCheckRecord);
}

/** An earlier check that took longer does not overwrite a later one. */
export async function writeSelfCheck(records: Records, record: SelfCheckRecord): Promise<void> {
  for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
    const stored = await records.get(KEY);
    if (stored !== undefined && (JSON.parse(stored.text) as SelfCheckRecord).asked > record.asked) return;
    if (await records.put(KEY, JSON.stringify(record), stored?.version ?? 0, RETENTION_MS)) return;
  }
}

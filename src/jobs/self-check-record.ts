import type { Records } from '../runs/records.ts';

/** How the last look-alike that came through the queue was diagnosed, by whatever worker. */
export interface SelfCheckRecord {
  /** Of its job. */
  readonly id: string;
  /** When it was put into the queue and when it was done, in milliseconds since the Unix epoch. */
  readonly asked: number;
  readonly done: number;
  /** What was wrong, free of secrets; absent where all was well. */
  readonly problem?: string;
}

const KEY = 'self-check';
const KEEP_MS = 24 * 3_600_000;
const TRIES = 5;

export async function readSelfCheck(records: Records): Promise<SelfCheckRecord | undefined> {
  const stored = await records.get(KEY);
  return stored === undefined ? undefined : (JSON.parse(stored.text) as SelfCheckRecord);
}

/** A later check is not overwritten by an earlier one that took longer. */
export async function writeSelfCheck(records: Records, record: SelfCheckRecord): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await records.get(KEY);
    if (stored !== undefined && (JSON.parse(stored.text) as SelfCheckRecord).asked > record.asked) return;
    if (await records.put(KEY, JSON.stringify(record), stored?.version ?? 0, KEEP_MS)) return;
  }
}

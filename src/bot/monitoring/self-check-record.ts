import { type Records, updateRecord } from '../../platform/store/records.ts';

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

export async function readSelfCheck(records: Records): Promise<SelfCheckRecord | undefined> {
  const stored = await records.get(KEY);
  return stored === undefined ? undefined : (JSON.parse(stored.text) as SelfCheckRecord);
}

/** An earlier check that took longer does not overwrite a later one. */
export async function writeSelfCheck(records: Records, record: SelfCheckRecord): Promise<void> {
  await updateRecord(records, KEY, RETENTION_MS, (text) =>
    text !== undefined && (JSON.parse(text) as SelfCheckRecord).asked > record.asked
      ? undefined
      : JSON.stringify(record),
  );
}

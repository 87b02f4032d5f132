import { FtmError } from '../../engine/ftm-error.ts';

/**
 * Small texts that several processes change. A writer states which version was read: of two writers with the same
 * version, one is told to read again. Both implementations pass `test/platform/store/records-conformance.ts`.
 */
export interface Records {
  get(key: string): Promise<StoredRecord | undefined>;
  /** `version` 0: the record must not exist. False if another process wrote since. Kept for `keepMs`. */
  put(key: string, text: string, version: number, keepMs: number): Promise<boolean>;
  /** Removes the record, whatever its version. */
  remove(key: string): Promise<void>;
  /** True for the first caller within `keepMs`, in any process. */
  claim(key: string, keepMs: number): Promise<boolean>;
  /** Adds a member to a set, or moves it to another `at`. Sets forget what is older than `keepMs`. */
  addMember(set: string, member: string, at: number, keepMs: number): Promise<void>;
  removeMember(set: string, member: string): Promise<void>;
  /** Members whose `at` is `since` or later, oldest first. */
  membersSince(set: string, since: number): Promise<readonly string[]>;
  /**
   * Adds a field to a table, which is kept for `keepMs`. The first text of a field stays. At the same moment puts
   * `beside`, unless it exists. Resolves with the number of fields.
   */
  addField(table: string, field: string, text: string, keepMs: number, beside?: NewRecord): Promise<number>;
  /** All fields of a table, in no order. */
  fields(table: string): Promise<ReadonlyMap<string, string>>;
  countFields(table: string): Promise<number>;
  field(table: string, field: string): Promise<string | undefined>;
}

export interface NewRecord {
  readonly key: string;
  readonly text: string;
  readonly keepMs: number;
}

export interface StoredRecord {
  readonly text: string;
  /** Counts from 1. */
  readonly version: number;
}

const MAX_ATTEMPTS = 50;

/**
 * Writes what `next` makes of the stored text, again where another process wrote meanwhile. False if `next` returns
 * undefined: then nothing is written. Rejects with `ftm_queue_unavailable` where others write all the time.
 */
export async function updateRecord(
  records: Pick<Records, 'get' | 'put'>,
  key: string,
  keepMs: number,
  next: (text: string | undefined) => string | undefined | Promise<string | undefined>,
): Promise<boolean> {
  return await untilWritten(async () => {
    const stored = await records.get(key);
    const text = await next(stored?.text);
    if (text === undefined) return false;
    return (await records.put(key, text, stored?.version ?? 0, keepMs)) || undefined;
  });
}

/** Calls `attempt` again while it resolves with undefined: another process wrote meanwhile. Rejects as `updateRecord`. */
export async function untilWritten<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new FtmError('ftm_queue_unavailable', 'A change could not be stored.', { retryable: true });
}

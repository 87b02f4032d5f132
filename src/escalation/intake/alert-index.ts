import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Records } from '../../store/records.ts';
import { type IncomingAlert, incomingAlert } from './alert.ts';

const RETENTION_MS = 7 * 24 * 3_600_000;
/** At most one check per device in this time, however many alerts name it. */
const COOL_DOWN_MS = 10 * 60_000;

const entry = z.object({ alert: incomingAlert, noted: z.boolean() });

/** Maps runs to the alerts that started them. */
export interface AlertIndex {
  /** The same alert yields the same run id. */
  runIdOf(alert: IncomingAlert, alias: string): string;
  record(runId: string, alert: IncomingAlert): Promise<void>;
  of(runId: string): Promise<{ readonly alert: IncomingAlert; readonly noted: boolean } | undefined>;
  markNoted(runId: string): Promise<void>;
  /** False if another alert started a check of this device recently; the same run may try again. */
  mayCheck(alias: string, runId: string): Promise<boolean>;
}

export function createAlertIndex(records: Records): AlertIndex {
  async function of(runId: string) {
    const record = await records.get(`alert:${runId}`);
    const parsed = record && entry.safeParse(JSON.parse(record.text));
    return parsed?.success ? parsed.data : undefined;
  }

  return {
    of,
    runIdOf: ({ source, id }, alias) =>
      `alert-${createHash('sha256').update(`${source}\n${id}\n${alias}`).digest('hex').slice(0, 32)}`,
    // The names were needed to find the device; they may hold any word of the title.
    async record(runId, alert) {
      await records.put(
        `alert:${runId}`,
        JSON.stringify({ alert: { ...alert, names: [] }, noted: false }),
        0,
        RETENTION_MS,
      );
    },
    async markNoted(runId) {
      const record = await records.get(`alert:${runId}`);
      const known = await of(runId);
      if (record === undefined || known === undefined) return;
      const text = JSON.stringify({ ...known, noted: true });
      await records.put(`alert:${runId}`, text, record.version, RETENTION_MS);
    },
    async mayCheck(alias, runId) {
      const key = `alert-check:${alias.toLowerCase()}`;
      // One atomic write decides which run checks the device, so a retry after a crash is accepted.
      if (await records.put(key, runId, 0, COOL_DOWN_MS)) return true;
      return (await records.get(key))?.text === runId;
    },
  };
}

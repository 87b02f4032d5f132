import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Records } from '../../store/records.ts';
import { type IncomingAlert, incomingAlert } from './alert.ts';

const KEEP_MS = 7 * 24 * 3_600_000;
/** One check per device in so long, whatever else says that it is ill. */
const COOL_DOWN_MS = 10 * 60_000;

const entry = z.object({ alert: incomingAlert, noted: z.boolean() });

/** Which run was started by which alert. */
export interface AlertIndex {
  /** The same alert gives the same run. */
  runIdOf(alert: IncomingAlert, alias: string): string;
  enter(runId: string, alert: IncomingAlert): Promise<void>;
  of(runId: string): Promise<{ readonly alert: IncomingAlert; readonly noted: boolean } | undefined>;
  markNoted(runId: string): Promise<void>;
  /** False where a check of this device was started by an alert just before; the same run may try again. */
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
    // Its names were for finding the device: any word of the title is among them.
    async enter(runId, alert) {
      await records.put(
        `alert:${runId}`,
        JSON.stringify({ alert: { ...alert, names: [] }, noted: false }),
        0,
        KEEP_MS,
      );
    },
    async markNoted(runId) {
      const record = await records.get(`alert:${runId}`);
      const known = await of(runId);
      if (record === undefined || known === undefined) return;
      const text = JSON.stringify({ ...known, noted: true });
      await records.put(`alert:${runId}`, text, record.version, KEEP_MS);
    },
    async mayCheck(alias, runId) {
      const key = `alert-check:${alias.toLowerCase()}`;
      // Whose turn it is stands in the one write that takes it: whoever dies after it may try again.
      if (await records.put(key, runId, 0, COOL_DOWN_MS)) return true;
      return (await records.get(key))?.text === runId;
    },
  };
}

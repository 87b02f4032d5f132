import { z } from 'zod';
import { PAST_VERDICTS, type PastCheck } from '../runs/past-check.ts';
import type { Records } from './records.ts';

/** The checks of each device, for a limited time: when, by whom, and with what result. */
export interface DeviceHistory {
  /** Adding the same run again changes nothing. */
  add(alias: string, check: PastCheck): Promise<void>;
  /** Oldest first; at most `MAX_CHECKS`. */
  of(alias: string): Promise<readonly PastCheck[]>;
  /** Devices with a history, sorted. */
  devices(): Promise<readonly string[]>;
}

export interface HistoryStoreOptions {
  readonly keepMs: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export const KEEP_HISTORY_MS = 90 * 24 * 3_600_000;
/** About 15 KB a device: 75 MB of Redis for 5,000 devices that are checked every hour. */
export const MAX_CHECKS = 100;
const DEVICES = 'history-devices';
const MAX_ATTEMPTS = 5;

const checksSchema = z.array(
  z.object({
    run: z.string(),
    at: z.number(),
    verdict: z.enum(PAST_VERDICTS),
    proof: z.enum(['login', 'configuration']).optional(),
    rules: z.array(z.string()),
    asker: z.object({ id: z.string(), name: z.string().optional() }),
  } satisfies Record<keyof PastCheck, z.ZodType>),
);

export function createDeviceHistory(records: Records, { keepMs, now }: HistoryStoreOptions): DeviceHistory {
  async function read(alias: string): Promise<{ readonly checks: readonly PastCheck[]; version: number }> {
    const stored = await records.get(historyKey(alias));
    const since = now() - keepMs;
    const checks = stored === undefined ? [] : parse(stored.text).filter(({ at }) => at > since);
    return { checks, version: stored?.version ?? 0 };
  }

  return {
    async add(alias, check) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const { checks, version } = await read(alias);
        if (checks.some(({ run }) => run === check.run)) return;
        const next = [...checks, check].toSorted((a, b) => a.at - b.at).slice(-MAX_CHECKS);
        // In one round trip. Who writes instead adds the device, too.
        const [isWritten] = await Promise.all([
          records.put(historyKey(alias), JSON.stringify(next), version, keepMs),
          records.addMember(DEVICES, alias, now(), keepMs),
        ]);
        if (isWritten) return;
      }
      throw new Error(
        `the history of ${alias} was changed by others during ${MAX_ATTEMPTS} attempts to write it`,
      );
    },
    of: async (alias) => (await read(alias)).checks,
    async devices() {
      return (await records.membersSince(DEVICES, now() - keepMs)).toSorted();
    },
  };
}

function historyKey(alias: string): string {
  return `history:${alias}`;
}

function parse(text: string): readonly PastCheck[] {
  try {
    const read = checksSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

import type { DeviceChecks, PastCheck } from '../runs/past-check.ts';
import type { DeviceHistory } from './device-history.ts';

/** Devices read at the same time: a full history has about 15 KB, and a call of the gateway takes at most two seconds. */
const BATCH = 50;
const DAY_MS = 24 * 3_600_000;

/** The histories of devices, in their order. */
export async function readHistories(
  aliases: readonly string[],
  history: Pick<DeviceHistory, 'of'>,
): Promise<readonly DeviceChecks[]> {
  return await inBatches(aliases, async (alias) => ({ alias, checks: await history.of(alias) }));
}

/**
 * The same for an overview of many devices, of which only the last check has its causes and who asked: 5,000 full
 * histories would take 300 MB of memory. It counts the others by day: those of a day with one verdict are the same
 * object, or half a million of them would take 45 MB.
 */
export async function readHistorySummaries(
  aliases: readonly string[],
  history: Pick<DeviceHistory, 'of'>,
): Promise<readonly DeviceChecks[]> {
  const shortened = shortener();
  return await inBatches(aliases, async (alias) => {
    const checks = await history.of(alias);
    return {
      alias,
      checks: checks.map((check, at) => (at === checks.length - 1 ? check : shortened(check))),
    };
  });
}

async function inBatches<Result>(
  aliases: readonly string[],
  read: (alias: string) => Promise<Result>,
): Promise<readonly Result[]> {
  const found: Result[] = [];
  for (let at = 0; at < aliases.length; at += BATCH) {
    found.push(...(await Promise.all(aliases.slice(at, at + BATCH).map(read))));
  }
  return found;
}

const NO_RULES: readonly string[] = [];
const NO_ASKER = { id: '' };

function shortener(): (check: PastCheck) => PastCheck {
  const known = new Map<string, PastCheck>();
  return ({ at, verdict, proof }) => {
    const key = `${Math.floor(at / DAY_MS)} ${verdict} ${proof ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const first = { run: '', at, verdict, proof, rules: NO_RULES, asker: NO_ASKER };
    known.set(key, first);
    return first;
  };
}

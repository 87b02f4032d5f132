import type { DeviceChecks, PastCheck } from '../runs/past-check.ts';
import type { DeviceHistory } from './device-history.ts';

/** Devices read at the same time: a full history has about 15 KB, and a call of the gateway takes at most two seconds. */
const BATCH = 50;

/** The histories of devices, in their order. */
export async function readHistories(
  aliases: readonly string[],
  history: Pick<DeviceHistory, 'of'>,
): Promise<readonly DeviceChecks[]> {
  return await inBatches(aliases, async (alias) => ({ alias, checks: await history.of(alias) }));
}

/**
 * The same for an overview of many devices, of which only the last check has its causes and who asked: 5,000 full
 * histories would take 300 MB of memory.
 */
export async function readHistorySummaries(
  aliases: readonly string[],
  history: Pick<DeviceHistory, 'of'>,
): Promise<readonly DeviceChecks[]> {
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

function shortened({ at, verdict }: PastCheck): PastCheck {
  return { run: '', at, verdict, rules: NO_RULES, asker: NO_ASKER };
}

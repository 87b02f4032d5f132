import type { DeviceChecks, DeviceName, PastCheck } from '../runs/past-check.ts';
import type { DeviceHistory } from './device-history.ts';

/** Devices read at the same time: a full history has about 15 KB, and a call of the gateway takes at most two seconds. */
const BATCH = 50;

export async function readHistories(
  devices: readonly DeviceName[],
  history: Pick<DeviceHistory, 'read'>,
): Promise<readonly DeviceChecks[]> {
  const found: DeviceChecks[] = [];
  for (let at = 0; at < devices.length; at += BATCH) {
    const batch = devices.slice(at, at + BATCH).map(async ({ alias, customer, site }) => {
      const checks = await history.read(alias);
      return { alias, customer, site, checks };
    });
    found.push(...(await Promise.all(batch)));
  }
  return found;
}

/**
 * The same for an overview of many devices, of which only the last check has its causes and who asked: 5,000 full
 * histories would take 300 MB of memory.
 */
export async function readHistorySummaries(
  devices: readonly DeviceName[],
  history: Pick<DeviceHistory, 'read'>,
): Promise<readonly DeviceChecks[]> {
  return await readHistories(devices, {
    async read(alias) {
      const checks = await history.read(alias);
      const earlier = checks
        .slice(0, -1)
        .map(({ at, verdict, proof }) => ({ ...NOTHING, at, verdict, proof }));
      return [...earlier, ...checks.slice(-1)];
    },
  });
}

const NOTHING = { run: '', rules: [], asker: { id: '' } } satisfies Partial<PastCheck>;

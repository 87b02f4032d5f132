import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../src/platform/runs/run.ts';
import type { RunStore } from '../src/platform/store/run-store.ts';
import type { Asked } from './planned-request.ts';

const READ_AT_ONCE = 100;
const READ_TRIES = 30;

/**
 * Some at a time, and again where Redis was too slow: a busy machine does not answer a thousand questions in the time that
 * a bot gives it.
 */
export async function readRuns(
  asked: readonly Asked[],
  runs: RunStore,
): Promise<readonly (Run | undefined)[]> {
  const found: (Run | undefined)[] = [];
  for (let at = 0; at < asked.length; at += READ_AT_ONCE) {
    const some = asked.slice(at, at + READ_AT_ONCE);
    found.push(...(await Promise.all(some.map(({ runId }) => readRun(runId, runs)))));
  }
  return found;
}

async function readRun(id: string, runs: RunStore): Promise<Run | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await runs.get(id);
    } catch (error) {
      if (tries === READ_TRIES) throw error;
      await sleep(1000);
    }
  }
}

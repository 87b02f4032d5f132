import type { RunJob } from '../runs/run.ts';
import type { DebugSessions } from './debug-sessions.ts';
import type { RecoveryOptions } from './recover-orphaned-runs.ts';

export interface DebugSessionRecoveryOptions extends Omit<RecoveryOptions, 'runs'> {
  readonly debugSessions: DebugSessions;
}

const RETRY_INTERVAL_MS = 5 * 60_000;
const CLOSE_DELAY_MS = 3_000;

/**
 * Has debug windows closed whose process is gone, and whose run did not come back to them. Each gets a job in its device's
 * lane, so that it waits for a check that runs there; all workers may sweep, and make one job of it.
 */
export async function recoverDebugSessions({
  queue,
  debugSessions: windows,
  logger,
  now,
}: DebugSessionRecoveryOptions): Promise<number> {
  const at = now();
  const { overdue } = await windows.list();
  const aliases = [...new Set(overdue.map(({ alias }) => alias))];
  for (const alias of aliases) {
    const id = `debug.${alias}.${Math.floor(at / RETRY_INTERVAL_MS)}`;
    const { state } = await queue.enqueue({ id, lane: alias, data: closingJob(id, alias, at) });
    if (state !== 'duplicate') logger.warn({ alias }, 'a debug window was left open and is to be closed now');
  }
  return aliases.length;
}

/** Its run has ended, and the device has not confirmed that the debug is off: nobody waits for the sweep. Never rejects. */
export async function scheduleDebugClose(alias: string, options: DebugSessionRecoveryOptions): Promise<void> {
  const { queue, debugSessions: windows, logger, now } = options;
  try {
    if ((await windows.ofDevice(alias)).length === 0) return;
    const at = now();
    const id = `debug.${alias}.${at}`;
    await queue.enqueue({ id, lane: alias, data: closingJob(id, alias, at), delayMs: CLOSE_DELAY_MS });
    logger.warn({ alias }, 'a debug window could not be closed and is tried again');
  } catch (error) {
    logger.warn({ alias, err: error }, 'a debug window is left to the sweep');
  }
}

function closingJob(runId: string, alias: string, acceptedAt: number): RunJob {
  return {
    runId,
    acceptedAt,
    asker: { id: 'ftm-check' },
    replyTo: { channel: '' },
    request: { kind: 'check', alias },
    errand: 'close-debug',
  };
}

import type { CloseDebugJob } from '../../platform/runs/queue-job.ts';
import type { DebugSessions } from './debug-sessions.ts';
import type { RecoveryOptions } from './recover-orphaned-runs.ts';

export interface DebugSessionRecoveryOptions extends Omit<RecoveryOptions, 'runs'> {
  readonly debugSessions: DebugSessions;
}

const RETRY_INTERVAL_MS = 5 * 60_000;
const CLOSE_DELAY_MS = 3_000;

/**
 * Enqueues a job that closes debug sessions whose process is gone and whose run did not resume. The job uses the lane
 * of its device, so it waits for a running check. All workers may call this: they create one job.
 */
export async function recoverDebugSessions({
  queue,
  debugSessions,
  logger,
  now,
}: DebugSessionRecoveryOptions): Promise<number> {
  const at = now();
  const { overdue } = await debugSessions.list();
  const aliases = [...new Set(overdue.map(({ alias }) => alias))];
  for (const alias of aliases) {
    const id = `debug.${alias}.${Math.floor(at / RETRY_INTERVAL_MS)}`;
    const { state } = await queue.enqueue({ id, lane: alias, data: closingJob(id, alias, at) });
    if (state !== 'duplicate') logger.warn({ alias }, 'debug session left open: closing it now');
  }
  return aliases.length;
}

/**
 * Called when a run ended without confirmation that debug is off, to close the session before the regular recovery.
 * Never rejects.
 */
export async function scheduleDebugClose(alias: string, options: DebugSessionRecoveryOptions): Promise<void> {
  const { queue, debugSessions, logger, now } = options;
  try {
    if ((await debugSessions.ofDevice(alias)).length === 0) return;
    const at = now();
    const id = `debug.${alias}.${at}`;
    await queue.enqueue({ id, lane: alias, data: closingJob(id, alias, at), delayMs: CLOSE_DELAY_MS });
    logger.warn({ alias }, 'debug session could not be closed: retrying');
  } catch (error) {
    logger.warn({ alias, err: error }, 'debug session left to the recovery');
  }
}

function closingJob(runId: string, alias: string, acceptedAt: number): CloseDebugJob {
  return { kind: 'close-debug', runId, acceptedAt, alias };
}

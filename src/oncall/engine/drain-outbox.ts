import { dueEntry, markStarted, nextDueAt } from '../core/machine.ts';
import { wakeJob } from '../jobs.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';
import { performOutboxEntry } from './perform-outbox-entry.ts';
import { reportUnreached } from './report-unreached.ts';
import { showStatus } from './show-status.ts';

/**
 * Performs all due entries of one escalation, updates its status message and schedules the rest. A crash at any point
 * is safe: the next call continues. `dueBy` is the time the job was scheduled for, in case the clock is behind it.
 */
export async function drainOutbox(id: string, parts: EngineContext, dueBy = 0): Promise<void> {
  const now = (): number => Math.max(parts.now(), dueBy);
  for (;;) {
    const stored = await parts.store.get(id);
    if (stored === undefined) return;
    const entry = dueEntry(stored.escalation, now());
    if (entry === undefined) break;
    if (!entry.started) {
      const started = await parts.store.save(markStarted(stored.escalation, entry.id), stored.version);
      if (started === undefined) continue;
    }
    const transition = await performOutboxEntry(stored.escalation, entry, entry.started, parts);
    const after = await updateEscalation(parts, id, transition);
    parts.logger.info({ escalation: id, effect: entry.id, state: after?.state }, 'escalation step performed');
  }

  const showAgainMs = await showStatus(id, parts);
  const latest = await parts.store.get(id);
  if (latest === undefined) return;
  const tellAgainMs = await reportUnreached(latest.escalation, parts);
  const next = [
    nextDueAt(latest.escalation),
    ...[showAgainMs, tellAgainMs].map((delayMs) => (delayMs === undefined ? undefined : now() + delayMs)),
  ].filter((at) => at !== undefined);
  if (next.length > 0) {
    await parts.queue.enqueue(wakeJob(latest.escalation, Math.min(...next), parts.now()));
  }
}

import { dueEntry, markStarted, nextDueAt } from '../core/machine.ts';
import { wakeJob } from '../jobs.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';
import { performOutboxEntry } from './perform-outbox-entry.ts';
import { showStatus } from './show-status.ts';

/**
 * Does all that is due for one escalation, shows it, and sees to it that somebody comes back for the rest. May end at any
 * point: whoever calls it again goes on where it stopped. `dueBy` is the time that woke us, should the clock be behind it.
 */
export async function drainOutbox(id: string, parts: EngineContext, dueBy = 0): Promise<void> {
  const now = (): number => Math.max(parts.now(), dueBy);
  for (;;) {
    const stored = await parts.store.get(id);
    if (stored === undefined) return;
    const effect = dueEntry(stored.escalation, now());
    if (effect === undefined) break;
    if (!effect.begun) {
      const begun = await parts.store.save(markStarted(stored.escalation, effect.id), stored.version);
      if (begun === undefined) continue;
    }
    const transition = await performOutboxEntry(stored.escalation, effect, effect.begun, parts);
    const after = await updateEscalation(parts, id, transition);
    parts.logger.info(
      { escalation: id, effect: effect.id, state: after?.state },
      'escalation step performed',
    );
  }

  const showAgainMs = await showStatus(id, parts);
  const latest = await parts.store.get(id);
  if (latest === undefined) return;
  const next = [
    nextDueAt(latest.escalation),
    showAgainMs === undefined ? undefined : now() + showAgainMs,
  ].filter((at) => at !== undefined);
  if (next.length > 0) {
    await parts.queue.enqueue(wakeJob(latest.escalation, Math.min(...next), parts.now()));
  }
}

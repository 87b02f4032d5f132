import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { changeEntry } from '../core/machine.ts';
import { linkText } from '../core/threads.ts';
import { type Side, wakeJob } from '../jobs.ts';
import { type EngineContext, findEscalationPolicy, updateEscalation } from './engine-context.ts';
import { performOutboxEntry } from './perform-outbox-entry.ts';
import { showState } from './show-status.ts';

/**
 * Performs the due entries of one escalation at one side and schedules the rest of both. What needs Slack has jobs of
 * its own: a Slack that hangs holds back no provider. A crash at any point is safe: the next call continues. `dueBy`
 * is the time the job was scheduled for, in case the clock is behind it.
 */
export async function drainOutbox(id: string, side: Side, parts: EngineContext, dueBy = 0): Promise<void> {
  const now = (): number => Math.max(parts.now(), dueBy);
  for (;;) {
    const stored = await parts.store.get(id);
    if (stored === undefined) return;
    const entry = stored.escalation.outbox.find(
      (each) => each.notBefore <= now() && chooseSide(each, parts) === side,
    );
    if (entry === undefined) break;
    if (!entry.started) {
      const started = changeEntry(stored.escalation, entry.id, { started: true });
      if (!(await parts.store.save(started, stored.version))) continue;
    }
    const transition = await performOutboxEntry({ ...parts, escalation: stored.escalation, entry });
    const after = await updateEscalation(parts, id, (latest) =>
      // The other side removed it: the page was acknowledged or resolved meanwhile.
      latest.outbox.some((each) => each.id === entry.id) ? transition(latest) : latest,
    );
    parts.logger.info({ escalation: id, effect: entry.id, state: after?.state }, 'escalation step performed');
  }
  const retries = side === 'slack' ? await showAndReport(id, parts) : [];
  await scheduleRest(id, side, retries, parts, now());
}

/** Returns the delays before further attempts, in milliseconds. */
async function showAndReport(id: string, parts: EngineContext): Promise<readonly number[]> {
  const show = await showState(id, parts);
  const latest = await parts.store.get(id);
  const report = latest === undefined ? undefined : await reportUnreached(latest.escalation, parts);
  return [show, report].filter((delay) => delay !== undefined);
}

async function scheduleRest(
  id: string,
  side: Side,
  retries: readonly number[],
  parts: EngineContext,
  now: number,
): Promise<void> {
  const stored = await parts.store.get(id);
  if (stored === undefined) return;
  const { escalation, version } = stored;
  const next: Record<Side, number[]> = { provider: [], slack: retries.map((delayMs) => now + delayMs) };
  for (const entry of escalation.outbox) next[chooseSide(entry, parts)].push(entry.notBefore);
  // The status changed with the step.
  if (side === 'provider') next.slack.push(now);
  for (const each of ['provider', 'slack'] as const) {
    if (next[each].length === 0) continue;
    const at = Math.min(...next[each]);
    // Each version of the escalation has a job: one that is running may have read the version before.
    await parts.queue.enqueue(wakeJob(escalation, at, parts.now(), each, `version ${version}`));
  }
}

/** The side that performs an entry: the engine itself calls the levels of a Slack escalation policy. */
function chooseSide({ kind, route }: OutboxEntry, parts: EngineContext): Side {
  if (kind === 'again') return 'provider';
  const isForRoute = ROUTE_ENTRIES.has(kind) && findEscalationPolicy(parts, route) === undefined;
  return isForRoute ? 'provider' : 'slack';
}

const ROUTE_ENTRIES = new Set<OutboxEntry['kind']>(['page', 'call', 'note', 'acknowledge', 'resolve']);

const RETRY_DELAY_MS = 60_000;
const KEEP_MS = 30 * 24 * 3_600_000;

/**
 * Tells the operations channel once that no route of a page reached anybody. Returns the delay before the next attempt
 * (milliseconds) if Slack is unavailable.
 */
async function reportUnreached(
  escalation: Escalation,
  { reportToOps, logger }: EngineContext,
): Promise<number | undefined> {
  const { id, state, history, text, thread } = escalation;
  if (state !== 'confirmed' || history.every(({ what }) => what !== 'nobody-reached')) return undefined;
  const last = history.findLast(({ reason }) => reason !== undefined)?.reason ?? '';
  const summary = escapeMrkdwn(text.summary);
  logger.error({ escalation: id, reason: last }, 'nobody could be paged by any route');
  try {
    await reportToOps?.({
      key: `nobody-reached:${id}`,
      text: `Nobody could be paged: ${summary}\n${escapeMrkdwn(last)} All routes are tried again every five minutes. ${linkText(thread, 'Thread')}`,
      keepMs: KEEP_MS,
    });
    return undefined;
  } catch (error) {
    logger.warn({ escalation: id, err: error }, 'the operations channel was not told');
    return RETRY_DELAY_MS;
  }
}

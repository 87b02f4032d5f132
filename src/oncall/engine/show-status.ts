import { sha256 } from '../../platform/store/sha256.ts';
import type { Escalation } from '../core/escalation.ts';
import { copyMessage, shownText, statusMessage } from '../thread/status-view.ts';
import type { PostedAt, ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { type EngineContext, labelRoute, updateEscalation } from './engine-context.ts';

const RETRY_DELAY_MS = 15_000;

/** Updates the status message, then every other message with buttons of the page. Returns as `showStatus` does. */
export async function showState(id: string, parts: EngineContext): Promise<number | undefined> {
  const delays = [await showStatus(id, parts), await showCopies(id, parts)];
  return delays.find((delay) => delay !== undefined);
}

async function showCopies(id: string, parts: EngineContext): Promise<number | undefined> {
  const stored = await parts.store.get(id);
  if (stored === undefined) return undefined;
  const { escalation } = stored;
  const shown = shownText(escalation);
  for (const copy of escalation.copies.filter((each) => each.shown !== shown)) {
    const { channel, ts, mark } = copy;
    const place = { team: escalation.thread.team, channel, ts };
    const updated = await parts.thread.update(place, ts, copyMessage(escalation, copy), mark);
    if (updated.kind === 'later') return updated.retryAfterMs ?? RETRY_DELAY_MS;
    if (updated.kind === 'refused') {
      parts.logger.warn(
        { escalation: id, reason: updated.reason },
        'a message of the page could not be updated',
      );
    }
    await updateEscalation(parts, id, (latest) => ({
      ...latest,
      copies: latest.copies.map((each) => (each.mark === mark ? { ...each, shown } : each)),
    }));
  }
  return undefined;
}

/**
 * Updates the status message in the thread. Returns the delay before the next attempt (milliseconds) if Slack is
 * unavailable.
 */
async function showStatus(id: string, parts: EngineContext): Promise<number | undefined> {
  const stored = await parts.store.get(id);
  if (stored === undefined) return undefined;
  const { escalation } = stored;
  const message = statusMessage(escalation, { labelRoute: (route) => labelRoute(parts, route) });
  const shown = sha256(JSON.stringify(message), 16);
  if (shown === escalation.statusShown) return undefined;

  const { statusTs: known, statusStarted } = escalation;
  const posted: ThreadResult<Pick<PostedAt, 'ts'>> =
    known === undefined
      ? await postStatus(escalation, message, parts)
      : { kind: 'done', value: { ts: known } };
  // An earlier attempt may have posted an earlier state.
  const put =
    statusStarted && posted.kind === 'done'
      ? await updateStatus(escalation, posted.value.ts, message, parts)
      : posted;
  if (put.kind === 'later') return put.retryAfterMs ?? RETRY_DELAY_MS;
  if (put.kind === 'refused') {
    parts.logger.warn({ escalation: id, reason: put.reason }, 'the page could not be shown in the thread');
  }
  const ts = put.kind === 'done' ? { statusTs: put.value.ts } : {};
  await updateEscalation(parts, id, (latest) => ({ ...latest, ...ts, statusShown: shown }));
  return undefined;
}

async function postStatus(
  escalation: Escalation,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<ThreadResult<PostedAt>> {
  const { id, thread, openedAt, statusStarted } = escalation;
  if (!statusStarted) await updateEscalation(parts, id, (latest) => ({ ...latest, statusStarted: true }));
  const since = statusStarted ? openedAt : undefined;
  return await parts.thread.post(thread, message, `${id}/status`, { since });
}

async function updateStatus(
  { id, thread }: Escalation,
  ts: string,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<ThreadResult<PostedAt>> {
  const mark = `${id}/status`;
  const updated = await parts.thread.update(thread, ts, message, mark);
  if (updated.kind === 'done') return { kind: 'done', value: { channel: thread.channel, ts } };
  if (updated.kind !== 'refused' || !updated.reason.includes('message_not_found')) return updated;
  // The message was deleted.
  return await parts.thread.post(thread, message, mark);
}

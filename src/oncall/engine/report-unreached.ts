import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { Escalation } from '../core/escalation.ts';
import { threadLink } from '../core/thread-link.ts';
import type { EngineContext } from './engine-context.ts';

const RETRY_DELAY_MS = 60_000;
const KEEP_MS = 30 * 24 * 3_600_000;

/**
 * Tells the operations channel once that no route of a page reached anybody. Returns the delay before the next attempt
 * (milliseconds) if Slack is unavailable.
 */
export async function reportUnreached(
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
      text: `Nobody could be paged: ${summary}\n${escapeMrkdwn(last)} All routes are tried again every five minutes. <${threadLink(thread)}|Thread>`,
      keepMs: KEEP_MS,
    });
    return undefined;
  } catch (error) {
    logger.warn({ escalation: id, err: error }, 'the operations channel was not told');
    return RETRY_DELAY_MS;
  }
}

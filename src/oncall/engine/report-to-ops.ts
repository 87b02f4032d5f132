import { FtmError } from '../../ftm-error.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { Records } from '../../platform/store/records.ts';
import { section } from '../thread/messages.ts';
import type { ChannelRef, ThreadPort } from '../thread/thread-port.ts';

/**
 * Posts Slack mrkdwn to the operations channel, once for each `key` within `keepMs`, also after a crash. Rejects if
 * Slack is unavailable and the call should be repeated; a refusal is logged, because repeating it would not help.
 */
export type ReportToOps = (notice: OpsReport) => Promise<void>;

export interface OpsReport {
  /** Names the reason: its text is posted once. */
  readonly key: string;
  readonly text: string;
  /** Milliseconds after which the same key is posted again. */
  readonly keepMs: number;
}

export interface ReportToOpsOptions {
  /** The operations channel. */
  readonly place: ChannelRef;
  readonly records: Pick<Records, 'get' | 'put'>;
  readonly thread: Pick<ThreadPort, 'findRoot' | 'postRoot'>;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Stands in the record of a key once its text was posted. */
const POSTED = 'told';

export function createReportToOps(options: ReportToOpsOptions): ReportToOps {
  const { place, records, thread, logger, now } = options;

  /** Posting has no idempotency key: an attempt that may have succeeded is looked up first. */
  async function postOnce({ key, text }: OpsReport, begunAt: number, mayBeDone: boolean) {
    const mark = `operations/${key}/${begunAt}`;
    if (mayBeDone) {
      const found = await thread.findRoot(place, mark, begunAt);
      if (found.kind !== 'done' || found.value !== undefined) return found;
    }
    return await thread.postRoot(place, { text, blocks: [section(text)] }, mark);
  }

  return async (notice) => {
    const key = `operations:${notice.key}`;
    const known = await records.get(key);
    if (known?.text === POSTED) return;
    const begunAt = known === undefined ? now() : Number(known.text);
    if (known === undefined && !(await records.put(key, String(begunAt), 0, notice.keepMs))) {
      throw unavailable('Another process is telling the operations channel.');
    }
    const posted = await postOnce(notice, begunAt, known !== undefined);
    if (posted.kind === 'later') throw unavailable(posted.reason);
    if (posted.kind === 'refused') {
      logger.error({ reason: posted.reason, text: notice.text }, 'the operations channel was not told');
    }
    await records.put(key, POSTED, known?.version ?? 1, notice.keepMs);
  };
}

function unavailable(reason: string): FtmError {
  return new FtmError('ftm_slack_failed', reason, { retryable: true });
}

import type { Dependencies } from '../../platform/dependencies.ts';
import type { Records } from '../../platform/store/records.ts';
import { section } from '../../report/block-kit/build-blocks.ts';
import type { ChannelRef, ThreadPort } from '../thread/thread-port.ts';
import { orThrow } from '../thread/thread-result.ts';

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

interface ReportToOpsOptions extends Pick<Dependencies, 'logger' | 'now'> {
  readonly place: ChannelRef;
  readonly records: Pick<Records, 'get' | 'put'>;
  readonly thread: Pick<ThreadPort, 'postRoot'>;
}

/** Stands in the record of a key once its text was posted. */
const POSTED = 'told';

export function createReportToOps(options: ReportToOpsOptions): ReportToOps {
  const { place, records, thread, logger, now } = options;

  return async (notice) => {
    const key = `operations:${notice.key}`;
    const known = await records.get(key);
    if (known?.text === POSTED) return;
    const begunAt = known === undefined ? now() : Number(known.text);
    if (known === undefined && !(await records.put(key, String(begunAt), 0, notice.keepMs))) {
      orThrow({ kind: 'later', reason: 'Another process is telling the operations channel.' });
    }
    const message = { text: notice.text, blocks: [section(notice.text)] };
    const mark = `operations/${notice.key}/${begunAt}`;
    const posted = await thread.postRoot(place, message, mark, known && begunAt);
    if (posted.kind === 'refused') {
      logger.error({ reason: posted.reason, text: notice.text }, 'the operations channel was not told');
    } else orThrow(posted);
    await records.put(key, POSTED, known?.version ?? 1, notice.keepMs);
  };
}

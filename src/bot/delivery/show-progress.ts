import type { Run } from '../../platform/runs/run.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import type { Rendering } from './delivery-options.ts';
import { editUnderLease } from './edit-under-lease.ts';
import { progressMessage } from './progress-view.ts';
import type { LeaseOptions } from './run-lease.ts';
import type { Placeholder, RunProgress } from './types.ts';

/**
 * Slack accepts about one message a second in a channel and about fifty edits a minute in a workspace (tier 3), and
 * answers need part of that. So all progress lines of a process share one edit a second.
 */
const EDIT_INTERVAL_MS = 1000;

export interface ProgressLine {
  show(progress: RunProgress): void;
  /** No edit starts after the call, and none is running once it resolves. */
  stop(): Promise<void>;
}

export interface ProgressLineOptions extends LeaseOptions {
  readonly rendering: Rendering;
  /** Posts the placeholder of the run, or finds it. */
  readonly placeholder: () => Promise<Placeholder>;
  /** Number of progress lines of this process. */
  readonly activeLines: () => number;
}

/** Shows the progress of one run in its placeholder. */
export function createProgressLine(run: Run, options: ProgressLineOptions): ProgressLine {
  const { slack, clock, logger, rendering, placeholder, activeLines } = options;
  const stopped = new AbortController();
  let latest: RunProgress | undefined;
  let showing: Promise<void> | undefined;
  let notBefore = 0;

  async function showLatest(): Promise<void> {
    const shown = await placeholder();
    if (shown.state !== 'ready') return;
    const { id, replyTo, answerTs: ts } = shown.run;
    const port = slack(replyTo.team);
    const edit = (progress: RunProgress) =>
      port.update({
        channel: replyTo.channel,
        ts,
        ...progressMessage(run, progress, rendering),
        mark: { runId: id, role: 'answer' },
      });
    while (latest !== undefined && !stopped.signal.aborted) {
      await clock.sleep(Math.max(0, notBefore - clock.now()), stopped.signal);
      if (stopped.signal.aborted) return;
      const progress = latest;
      latest = undefined;
      // A run that shares another run's progress may be cancelled and answered elsewhere.
      const result = progress.shares
        ? await editUnderLease(run.id, options, () => edit(progress))
        : await edit(progress);
      if (result === undefined) continue;
      const pause = EDIT_INTERVAL_MS * Math.max(1, activeLines());
      notBefore = clock.now() + (result.kind === 'rate-limited' ? result.retryAfterMs : pause);
      if (result.kind === 'refused' && kindOfRefusal(result.error) === 'format' && rendering.cards) {
        logger.warn({ error: result.error }, 'Slack refuses task cards: using plain text for progress');
        rendering.cards = false;
        latest ??= progress;
      }
    }
  }

  return {
    show(progress) {
      if (stopped.signal.aborted) return;
      latest = progress;
      showing ??= showLatest()
        .catch((error: unknown) => logger.warn({ run: run.id, err: error }, 'progress could not be shown'))
        .finally(() => {
          showing = undefined;
        });
    },
    async stop() {
      stopped.abort();
      await showing;
    },
  };
}

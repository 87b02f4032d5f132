import type { Run } from '../../platform/runs/run.ts';
import type { GroupMessage } from '../../report/formats/slack/render-group.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import type { Rendering } from './delivery-options.ts';
import { editUnderLease } from './edit-under-lease.ts';
import type { LeaseOptions } from './run-lease.ts';

/** Slack allows about fifty edits a minute in a workspace, and answers need them too. */
const EDIT_INTERVAL_MS = 3000;

export interface GroupProgress {
  /** At most one edit in three seconds by all processes together; the latest state wins. Never throws. */
  show(runId: string, message: (run: Run) => Promise<GroupMessage>): void;
  /** No edit starts after the call, and none is running once it resolves. */
  stop(runId: string): Promise<void>;
}

interface Line {
  readonly stopped: AbortController;
  latest: ((run: Run) => Promise<GroupMessage>) | undefined;
  notBefore: number;
  showing: Promise<void> | undefined;
}

/** Shows the progress of a group check in its only message. */
export function createGroupProgress(options: LeaseOptions, rendering: Rendering): GroupProgress {
  const { slack, clock, logger, claim = async () => true } = options;
  const lines = new Map<string, Line>();

  async function showLatest(runId: string, line: Line): Promise<void> {
    const { signal } = line.stopped;
    while (line.latest !== undefined && !signal.aborted) {
      await clock.sleep(Math.max(0, line.notBefore - clock.now()), signal);
      if (signal.aborted) return;
      line.notBefore = clock.now() + EDIT_INTERVAL_MS;
      if (!(await claim(`group-edit:${runId}`, EDIT_INTERVAL_MS))) continue;
      const { latest } = line;
      line.latest = undefined;
      const result = await editUnderLease(runId, options, async (run) => {
        const { id, replyTo, answerTs } = run;
        const { text, blocks, plainBlocks } = await latest(run);
        return await slack(replyTo.team).update({
          channel: replyTo.channel,
          ts: answerTs,
          text,
          blocks: rendering.tables ? blocks : plainBlocks,
          mark: { runId: id, role: 'answer' },
        });
      });
      if (result?.kind === 'rate-limited') line.notBefore = clock.now() + result.retryAfterMs;
      if (result?.kind === 'refused' && kindOfRefusal(result.error) === 'format' && rendering.tables) {
        logger.warn({ error: result.error }, 'Slack refuses data tables: using lists');
        rendering.tables = false;
        line.latest ??= latest;
      }
    }
  }

  return {
    show(runId, message) {
      const line = lines.get(runId) ?? newLine();
      lines.set(runId, line);
      line.latest = message;
      line.showing ??= showLatest(runId, line)
        .catch((error: unknown) => logger.warn({ run: runId, err: error }, 'progress could not be shown'))
        .finally(() => {
          line.showing = undefined;
          if (lines.get(runId) === line) lines.delete(runId);
        });
    },
    async stop(runId) {
      const line = lines.get(runId);
      line?.stopped.abort();
      lines.delete(runId);
      await line?.showing;
    },
  };
}

function newLine(): Line {
  return { stopped: new AbortController(), latest: undefined, notBefore: 0, showing: undefined };
}

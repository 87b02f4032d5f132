import type { Run } from '../../platform/runs/run.ts';
import type { GroupMessage } from '../../report/formats/slack/render-group.ts';
import type { Log } from '../slack/logger.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import { progressMessage } from './progress-view.ts';
import { editMessage, editUnderLease } from './run-lease.ts';
import type { SlackResult } from './slack-port.ts';
import type { DeliveryOptions, Placeholder, Rendering, RunProgress } from './types.ts';

/**
 * Slack accepts about one message a second in a channel and about fifty edits a minute in a workspace (tier 3), and
 * answers need part of that. So all progress lines of a process share one edit a second.
 */
const RUN_INTERVAL_MS = 1000;
/** Interval for the message of a group, which all processes share. */
const GROUP_INTERVAL_MS = 3000;

interface Line {
  readonly stopped: AbortController;
  latest: Edit | undefined;
  notBefore: number;
  showing: Promise<void> | undefined;
  isPlaced: boolean;
}

/** Resolves with nothing if the message may not be edited. */
type Edit = (line: Line) => Promise<SlackResult<null> | undefined>;

interface Pace {
  readonly intervalMs: () => number;
  /** For a message that several processes edit: whether this one may do it now. */
  readonly mayEdit?: () => Promise<boolean>;
  readonly feature: keyof Rendering;
}

export interface ProgressLinesOptions extends DeliveryOptions {
  readonly rendering: Rendering;
  readonly placeholder: (run: Run) => Promise<Placeholder>;
}

/** Shows how far runs and groups are, each in its only message: the latest state wins. Never throws. */
export function createProgressLines(options: ProgressLinesOptions) {
  const { rendering, placeholder, claim = async () => true, clock, logger } = options;
  const lines = new Map<string, Line>();

  function show(id: string, pace: Pace, edit: Edit): void {
    const line = lines.get(id) ?? {
      stopped: new AbortController(),
      latest: undefined,
      notBefore: 0,
      showing: undefined,
      isPlaced: false,
    };
    lines.set(id, line);
    line.latest = edit;
    line.showing ??= showLatest(line, pace)
      .catch((error: unknown) => logger.warn({ run: id, err: error }, 'progress could not be shown'))
      .finally(() => {
        line.showing = undefined;
        // Another process may post the result, and does not stop this line.
        if (pace.mayEdit && lines.get(id) === line) lines.delete(id);
      });
  }

  async function showLatest(line: Line, { intervalMs, mayEdit, feature }: Pace): Promise<void> {
    const { signal } = line.stopped;
    while (line.latest !== undefined && !signal.aborted) {
      await clock.sleep(Math.max(0, line.notBefore - clock.now()), signal);
      if (signal.aborted) return;
      line.notBefore = clock.now() + intervalMs();
      if (mayEdit && !(await mayEdit())) continue;
      const { latest } = line;
      line.latest = undefined;
      const result = await latest(line);
      if (result === undefined) line.notBefore = 0;
      if (result?.kind === 'rate-limited') line.notBefore = clock.now() + result.retryAfterMs;
      if (result?.kind === 'refused' && turnOff(feature, result.error, rendering, logger))
        line.latest ??= latest;
    }
  }

  return {
    showRun(run: Run, progress: RunProgress): void {
      const intervalMs = () => RUN_INTERVAL_MS * lines.size;
      show(run.id, { intervalMs, feature: 'cards' }, async (line) => {
        line.isPlaced ||= (await placeholder(run)).state === 'ready';
        // Posting the placeholder takes a while: a later state replaces this one.
        if (!line.isPlaced || line.stopped.signal.aborted || line.latest !== undefined) return undefined;
        // After an outage of Redis another process may repeat the run and answer it.
        return await editProgress(run, progress, rendering, options);
      });
    },
    /** At most one edit in three seconds by all processes together. */
    showGroup(runId: string, message: (run: Run) => Promise<GroupMessage>): void {
      const intervalMs = () => GROUP_INTERVAL_MS;
      const mayEdit = () => claim(`group-edit:${runId}`, GROUP_INTERVAL_MS);
      show(runId, { intervalMs, mayEdit, feature: 'tables' }, () =>
        editUnderLease(runId, options, async (run) => {
          const { text, blocks, plainBlocks } = await message(run);
          return await editMessage(run, { text, blocks: rendering.tables ? blocks : plainBlocks }, options);
        }),
      );
    },
    /** No edit starts after the call, and none is running once it resolves. */
    async stop(id: string): Promise<void> {
      const line = lines.get(id);
      lines.delete(id);
      line?.stopped.abort();
      await line?.showing;
    },
  };
}

export function editProgress(
  run: Run,
  progress: RunProgress,
  rendering: Rendering,
  options: DeliveryOptions,
): ReturnType<typeof editUnderLease> {
  return editUnderLease(run.id, options, (placed) =>
    editMessage(placed, progressMessage(run, progress, rendering), options),
  );
}

const WITHOUT = {
  cards: 'Slack refuses task cards: using plain text for progress',
  tables: 'Slack refuses data tables: using lists',
} as const satisfies Record<keyof Rendering, string>;

/** After a refusal of Slack: whether the message can be sent without the feature. */
export function turnOff(feature: keyof Rendering, error: string, rendering: Rendering, logger: Log): boolean {
  if (kindOfRefusal(error) !== 'format' || !rendering[feature]) return false;
  logger.warn({ error }, WITHOUT[feature]);
  rendering[feature] = false;
  return true;
}

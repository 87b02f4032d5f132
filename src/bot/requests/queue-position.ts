import type { Dependencies } from '../../platform/dependencies.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Delivery } from '../delivery/create-delivery.ts';

export interface QueuePositionOptions extends Pick<Dependencies, 'logger' | 'now'> {
  readonly queue: Pick<RunQueue, 'position'>;
  readonly delivery: Pick<Delivery, 'updateQueuePosition'>;
  readonly runs: Pick<RunStore, 'unanswered'>;
  readonly everyMs?: number;
}

/**
 * Slack accepts about fifty edits a minute in a workspace, and those of running checks and answers are more
 * important.
 */
const UPDATE_INTERVAL_MS = 2000;
const MAX_RUNS = 200;
/** A job that checks whether its turn has come is not waiting for a moment. */
const MAX_MISSES = 2;
/** Positions are updated for this time at most. */
const MAX_AGE_MS = 60 * 60_000;

interface WaitingRun {
  readonly run: Run;
  /** Undefined if another process posted it. */
  shown: number | undefined;
  missed: number;
}

/** One edit at a time, of the message whose turn is nearest and whose position has changed. */
export function createQueuePositions(options: QueuePositionOptions) {
  const { queue, delivery, runs, logger, now, everyMs = UPDATE_INTERVAL_MS } = options;
  const line = new Map<string, WaitingRun>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function update(): Promise<number> {
    const places = await Promise.all([...line.values()].map(readPosition));
    const [next] = places
      .filter(({ ahead, waiting }) => ahead !== undefined && ahead !== waiting.shown)
      .sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0));
    if (next?.ahead === undefined || stopped) return everyMs;
    const { waiting, ahead } = next;
    waiting.shown = ahead;
    const pauseMs = await delivery.updateQueuePosition(waiting.run, { phase: 'queued', ahead });
    return Math.max(everyMs, pauseMs);
  }

  async function readPosition(waiting: WaitingRun) {
    const { id, alias } = waiting.run;
    const ahead = await queue.position({ id, jobGroup: alias });
    waiting.missed = ahead === undefined ? waiting.missed + 1 : 0;
    if (waiting.missed >= MAX_MISSES) line.delete(id);
    return { waiting, ahead };
  }

  async function updateAgain(): Promise<void> {
    let pauseMs = everyMs;
    try {
      pauseMs = await update();
    } catch (error) {
      logger.debug({ err: error }, 'queue positions are unknown');
    }
    timer = undefined;
    scheduleUpdate(pauseMs);
  }

  function scheduleUpdate(ms: number): void {
    if (timer !== undefined || stopped || line.size === 0) return;
    timer = setTimeout(() => void updateAgain(), ms).unref();
  }

  function add(run: Run, shown?: number): void {
    if (stopped || line.size >= MAX_RUNS) return;
    line.set(run.id, { run, shown, missed: 0 });
    scheduleUpdate(everyMs);
  }

  return {
    add,
    /**
     * Runs that were accepted before this process started, perhaps by a process that ended. A process that still runs
     * updates them too: both then post the same. Never rejects.
     */
    async resume() {
      const until = now();
      try {
        const open = await runs.unanswered({ from: until - MAX_AGE_MS, until }, MAX_RUNS);
        // A run that shares another run's result has no position.
        const waiting = open.filter(({ joined, outcome }) => joined === undefined && outcome === undefined);
        for (const run of waiting) if (!line.has(run.id)) add(run);
      } catch (error) {
        logger.warn({ err: error }, 'a previously waiting run shows an outdated queue position');
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      line.clear();
    },
  };
}

export type QueuePositions = ReturnType<typeof createQueuePositions>;

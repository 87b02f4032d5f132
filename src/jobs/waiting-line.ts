import type { Delivery } from '../delivery/types.ts';
import type { Logger } from '../observe/logger.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { Run, RunJob, RunOutcome } from '../runs/run.ts';

export interface WaitingLineOptions {
  readonly queue: Pick<JobQueue<RunJob, RunOutcome>, 'place'>;
  readonly delivery: Pick<Delivery, 'showWaiting'>;
  readonly logger: Logger;
  readonly everyMs?: number;
}

/** The runs that this process accepted and that wait: their messages follow their place in the line. */
export interface WaitingLine {
  add(run: Run, ahead: number): void;
  stop(): void;
}

/** Slack takes about fifty edits a minute of a workspace, and those of running checks and answers matter more. */
const EVERY_MS = 2000;
const MOST = 200;
/** A job that looks whether its turn has come does not wait for a moment. */
const MISSED = 2;

interface Waiting {
  readonly run: Run;
  shown: number;
  missed: number;
}

/** One edit at a time, of the message whose turn is nearest and whose place has changed. */
export function createWaitingLine(options: WaitingLineOptions): WaitingLine {
  const { queue, delivery, logger, everyMs = EVERY_MS } = options;
  const line = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<number> {
    const places = await Promise.all([...line.values()].map(placeOf));
    const [next] = places
      .filter(({ ahead, waiting }) => ahead !== undefined && ahead !== waiting.shown)
      .sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0));
    if (next?.ahead === undefined || stopped) return everyMs;
    next.waiting.shown = next.ahead;
    const pauseMs = await delivery.showWaiting(next.waiting.run, { phase: 'queued', ahead: next.ahead });
    return Math.max(everyMs, pauseMs);
  }

  async function placeOf(waiting: Waiting) {
    const { id, alias } = waiting.run;
    const ahead = await queue.place({ id, ...(alias === undefined ? {} : { lane: alias }) });
    waiting.missed = ahead === undefined ? waiting.missed + 1 : 0;
    if (waiting.missed >= MISSED) line.delete(id);
    return { waiting, ahead };
  }

  async function lookAgain(): Promise<void> {
    let pauseMs = everyMs;
    try {
      pauseMs = await look();
    } catch (error) {
      logger.debug({ err: error }, 'places in the line are not known');
    }
    timer = undefined;
    lookIn(pauseMs);
  }

  function lookIn(ms: number): void {
    if (timer !== undefined || stopped || line.size === 0) return;
    timer = setTimeout(() => void lookAgain(), ms);
    timer.unref();
  }

  return {
    add(run, ahead) {
      if (line.size >= MOST) return;
      line.set(run.id, { run, shown: ahead, missed: 0 });
      lookIn(everyMs);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      line.clear();
    },
  };
}

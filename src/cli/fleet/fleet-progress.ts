import { agoText } from '../../report/documents/answer/comparison.ts';
import { plural } from '../../report/documents/printable.ts';
import { type Io, rewriteLine } from '../terminal/io.ts';

export interface FleetProgress extends Disposable {
  /** Reports that one more device is done. */
  readonly done: () => void;
  /** Rewrites the line: the time left has changed. */
  readonly refresh: () => void;
}

const BAR_WIDTH = 20;

/** Rewrites one line for a person; prints nothing in a script. `now` is a monotonic clock in milliseconds. */
export function showFleetProgress(total: number, now: () => number, io: Io): FleetProgress {
  const isShown = io.stderr.isTTY === true;
  const startedAt = now();
  let done = 0;
  let lastDoneAt = startedAt;
  const refresh = () => {
    if (!isShown) return;
    const leftMs = timeLeft({ done, total, tookMs: lastDoneAt - startedAt, sinceMs: now() - lastDoneAt });
    rewriteLine(io.stderr, progressLine({ done, total, leftMs }));
  };
  refresh();
  return {
    done() {
      done += 1;
      lastDoneAt = now();
      refresh();
    },
    refresh,
    [Symbol.dispose]() {
      if (isShown) rewriteLine(io.stderr);
    },
  };
}

export interface FleetPace {
  readonly done: number;
  readonly total: number;
  /** From the start until the last device was done. */
  readonly tookMs: number;
  /** Since the last device was done. */
  readonly sinceMs: number;
}

/** At the current rate; absent before the first device is done. */
export function timeLeft({ done, total, tookMs, sinceMs }: FleetPace): number | undefined {
  if (done === 0) return undefined;
  return Math.max(0, (tookMs / done) * (total - done) - sinceMs);
}

export function progressLine({
  done,
  total,
  leftMs,
}: {
  readonly done: number;
  readonly total: number;
  readonly leftMs: number | undefined;
}): string {
  const filled = Math.floor((BAR_WIDTH * done) / total);
  const bar = `[${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}]`;
  const left = leftMs === undefined || done === total ? '' : `, about ${agoText(leftMs)} left`;
  return `${bar} ${done} of ${plural(total, 'device')} read${left}`;
}

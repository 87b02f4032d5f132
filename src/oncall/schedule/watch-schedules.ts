import type { Logger } from '../../platform/observe/logger.ts';

export interface ScheduleWatch {
  start(): void;
  /** Runs the tasks now; waits for those that run already. */
  checkNow(): Promise<void>;
  stop(): void;
}

const INTERVAL_MS = 30_000;

/** Runs tasks about schedules every half a minute, one after the other. A task that fails is run again next time. */
export function watchSchedules(tasks: readonly (() => Promise<void>)[], logger: Logger): ScheduleWatch {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  let waiting = 0;

  async function runAll(): Promise<void> {
    for (const task of tasks) {
      await task().catch((error: unknown) =>
        logger.warn({ err: error }, 'a schedule could not be looked after'),
      );
    }
  }

  function checkNow(): Promise<void> {
    waiting += 1;
    last = last.then(runAll).finally(() => {
      waiting -= 1;
    });
    return last;
  }

  return {
    start() {
      void checkNow();
      timer = setInterval(() => {
        if (waiting === 0) void checkNow();
      }, INTERVAL_MS);
      timer.unref();
    },
    checkNow,
    stop: () => clearInterval(timer),
  };
}

import type { Logger } from '../../platform/observe/logger.ts';

const INTERVAL_MS = 30_000;

/** Runs tasks about schedules every half a minute, one after the other. A task that fails is run again next time. */
export function watchSchedules(tasks: readonly (() => Promise<void>)[], logger: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  async function runAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (const task of tasks) {
      await task().catch((error: unknown) =>
        logger.warn({ err: error }, 'a schedule could not be looked after'),
      );
    }
    isRunning = false;
  }

  return {
    start() {
      void runAll();
      timer = setInterval(() => void runAll(), INTERVAL_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

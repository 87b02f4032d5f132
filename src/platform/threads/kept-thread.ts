import { Worker } from 'node:worker_threads';
import { sourceHooks } from './source-hooks.ts';

export interface KeptThreadOptions {
  readonly module: URL;
  /** Megabytes of JavaScript heap. */
  readonly heapMb: number;
  /** How long a thread waits for another task; by default it ends with its task. */
  readonly idleMs?: number;
}

/**
 * Several large texts often arrive together. V8 returns the memory of an ended thread only after 8 s, so one thread for
 * all of them needs less than one for each.
 */
export const IDLE_MS = 5_000;

/** A thread that is reused for the next task. */
export interface KeptThread {
  /** The thread that waits, or a new one. */
  take(): Worker;
  /** Call it after a task that the thread survived. Does not keep the process alive. */
  keep(worker: Worker): Promise<void>;
}

/** Heap for short-lived objects. Small, since every thread has it beside `heapMb`. */
const YOUNG_GENERATION_MB = 16;

export function createKeptThread({ module, heapMb, idleMs }: KeptThreadOptions): KeptThread {
  let idle: Worker | undefined;
  let ending: NodeJS.Timeout | undefined;

  function forget(worker: Worker): void {
    if (idle === worker) idle = undefined;
  }

  function start(): Worker {
    const worker = new Worker(module, {
      ...sourceHooks(module),
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // A thread that ends between two tasks is replaced for the next; without a listener, its error would end the
    // process.
    worker.on('error', () => forget(worker));
    worker.on('exit', () => forget(worker));
    return worker;
  }

  async function end(worker: Worker): Promise<void> {
    forget(worker);
    await worker.terminate();
  }

  return {
    take() {
      clearTimeout(ending);
      const worker = idle ?? start();
      idle = undefined;
      worker.ref();
      return worker;
    },
    async keep(worker) {
      if (idleMs === undefined) {
        await end(worker);
        return;
      }
      idle = worker;
      worker.unref();
      ending = setTimeout(() => void end(worker), idleMs);
      ending.unref();
    },
  };
}

import { afterEach } from 'vitest';
import type {
  JobContext,
  JobQueue,
  JobState,
  ProcessOptions,
} from '../../../src/platform/queue/job-queue.ts';
import { until } from '../../support/until.ts';

export interface Work {
  readonly say: string;
}
export type TestQueue = JobQueue<Work, string>;

/** A fresh, empty backend; each `open` is the queue as another process has it, where there is such a thing. */
export interface TestBackend {
  open(): TestQueue;
}

export const OPTIONS: ProcessOptions = { concurrency: 4, attempts: 3, backoffMs: 20, timeLimitMs: 10_000 };

/** A function that opens queues of one backend for each test, which are closed after it. */
export function queueOpener(newBackend: () => TestBackend): () => TestQueue {
  const opened: TestQueue[] = [];
  let backend: TestBackend | undefined;
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
    backend = undefined;
  });
  return () => {
    backend ??= newBackend();
    const queue = backend.open();
    opened.push(queue);
    return queue;
  };
}

/** Jobs run until their gate opens; `calls` says who was called, in order. */
export async function gated(queue: TestQueue, options: Partial<ProcessOptions> = {}) {
  const calls: { id: string; context: JobContext<string> }[] = [];
  const gates = new Map<string, PromiseWithResolvers<string>>();
  const gate = (id: string) => {
    const found = gates.get(id) ?? Promise.withResolvers<string>();
    gates.set(id, found);
    return found;
  };
  await queue.process(
    async (_work, context) => {
      calls.push({ id: context.id, context });
      const { signal } = context;
      if (context.shared !== undefined) return `shared ${context.shared.result}`;
      signal.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      return Promise.race([gate(context.id).promise, aborted]);
    },
    { ...OPTIONS, ...options },
  );
  const ids = (): string[] => calls.map((call) => call.id);
  const called = (id: string, times = 1) =>
    until(() => ids().filter((each) => each === id).length >= times, `${id} was called ${times} times`);
  return { calls, ids, called, finish: (id: string, result = id) => gate(id).resolve(result), gate };
}

/** Waits until a job is in this state. */
export const ends = (queue: TestQueue, id: string, as: JobState) =>
  until(async () => (await queue.state(id)) === as, `${id} is ${as}`);

/** A job that says its own id. */
export const job = (id: string, more: object = {}) => ({ id, data: { say: id }, ...more });

import type { EscalationJob } from '../../src/oncall/jobs.ts';
import type { NewJob } from '../../src/platform/queue/job-queue.ts';
import type { TestEscalations, Wrap } from './test-pager.ts';

/** More calls of ports than any of these stories makes. */
export const ENOUGH = 200;

class Killed extends Error {}

/** A process that dies at its n-th call of a port, before or after the call did its work, and does nothing from then on. */
function mortal(diesAt: number, when: 'before' | 'after'): { readonly wrap: Wrap; calls: number } {
  const process = {
    calls: 0,
    wrap: <T extends object>(port: T): T =>
      new Proxy(port, {
        get(target, property, receiver) {
          const value: unknown = Reflect.get(target, property, receiver);
          if (typeof value !== 'function') return value;
          return async (...args: readonly unknown[]) => {
            process.calls += 1;
            const { calls } = process;
            if (calls > diesAt || (calls === diesAt && when === 'before')) throw new Killed();
            const result: unknown = await Reflect.apply(value, target, args);
            if (calls === diesAt) throw new Killed();
            return result;
          };
        },
      }),
  };
  return process;
}

/** Plays the story with a process that dies at `diesAt`, and another that takes over. False where it lived to the end. */
export async function playWithDeath(
  setup: TestEscalations,
  story: readonly { readonly job: NewJob<EscalationJob>; readonly waitMs: number }[],
  diesAt: number,
  when: 'before' | 'after',
): Promise<boolean> {
  const first = mortal(diesAt, when);
  let parts = setup.parts(first.wrap);
  let died = false;
  for (const { job, waitMs } of story) {
    setup.put(job);
    const until = setup.now + waitMs;
    try {
      await setup.wait(waitMs, parts);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      died = true;
      // The queue gives the job to another process.
      parts = setup.parts();
      await setup.wait(until - setup.now, parts);
    }
  }
  return died;
}

/** Repeats `story` until it succeeds, as a sender or a queue does, with a process that dies once. False if none died. */
export async function repeatWithDeath(
  story: (wrap: Wrap) => Promise<unknown>,
  diesAt: number,
  when: 'before' | 'after',
): Promise<boolean> {
  try {
    await story(mortal(diesAt, when).wrap);
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    await story((port) => port);
    return true;
  }
}

/** Calls `play` with a death at each step, until a play ends without one. Returns the number of deaths. */
export async function dieEverywhere(play: (diesAt: number) => Promise<boolean>): Promise<number> {
  for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
    if (!(await play(diesAt))) return diesAt - 1;
  }
  throw new Error('the story has more calls than are tried');
}

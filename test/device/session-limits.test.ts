import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSessionLimits } from '../../src/device/session-limits.ts';

const STOPPED = new Error('stopped');

/** Work that ends when it is told to. */
function openWork() {
  const { promise, resolve } = Promise.withResolvers<string>();
  const state = { begun: false, resolve };
  return Object.assign(state, {
    run: async () => {
      state.begun = true;
      return await promise;
    },
  });
}

/** Handles the promise at once: a rejection without a handler fails the test. */
function followed(promise: Promise<unknown>): () => Promise<string> {
  const end = promise.then(
    (value) => `resolved: ${String(value)}`,
    (error: unknown) => `rejected: ${String(error)}`,
  );
  return async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return await Promise.race([end, turn('open')]);
  };
}

describe('a session whose request is aborted', () => {
  it('keeps its place until its work has ended, which may have to disable debug first', async () => {
    const withSession = createSessionLimits(1);
    const controller = new AbortController();
    const [first, second] = [openWork(), openWork()];
    const running = followed(withSession({ device: {}, signal: controller.signal }, first.run));
    const next = withSession({ device: {} }, second.run);
    await turn();
    controller.abort(STOPPED);
    expect(await running()).toBe('open');
    expect(second.begun).toBe(false);
    first.resolve('closed');
    expect(await running()).toBe('resolved: closed');
    expect(second.begun).toBe(true);
    second.resolve('read');
    expect(await next).toBe('read');
  });

  it('does not begin where it still waits, and leaves the others alone', async () => {
    const withSession = createSessionLimits(1);
    const controller = new AbortController();
    const [first, second, third] = [openWork(), openWork(), openWork()];
    const running = withSession({ device: {} }, first.run);
    const waiting = followed(withSession({ device: {}, signal: controller.signal }, second.run));
    const last = withSession({ device: {} }, third.run);
    await turn();
    controller.abort(STOPPED);
    expect(await waiting()).toBe('rejected: Error: stopped');
    first.resolve('read');
    expect(await running).toBe('read');
    third.resolve('read too');
    expect(await last).toBe('read too');
    expect(second.begun).toBe(false);
  });

  it('does not begin where it was aborted before', async () => {
    const work = openWork();
    const withSession = createSessionLimits(1);
    const asked = followed(withSession({ device: {}, signal: AbortSignal.abort(STOPPED) }, work.run));
    expect(await asked()).toBe('rejected: Error: stopped');
    expect(work.begun).toBe(false);
  });
});

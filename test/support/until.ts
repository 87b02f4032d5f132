import { FtmError } from '../../src/engine/ftm-error.ts';

/** Looks that cost much, such as reading a hundred runs, are taken less often, so that waiting leaves the processor to others. */
const SHARE = 20;
const PAUSE_MS = { min: 10, max: 300 };

/**
 * Waits for something to become true; fails with what was waited for. A look that may be repeated, such as at a queue that a
 * busy machine answers too late, is repeated.
 */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 120_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  async function look(): Promise<boolean> {
    try {
      return await isTrue();
    } catch (error) {
      if (error instanceof FtmError && error.retryable) return false;
      throw error;
    }
  }
  for (;;) {
    const lookedAt = performance.now();
    if (await look()) return;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain until ${what}`);
    const tookMs = performance.now() - lookedAt;
    const pauseMs = Math.min(PAUSE_MS.max, Math.max(PAUSE_MS.min, tookMs * SHARE));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Looks that cost much, such as reading a hundred runs, are taken less often, so that waiting leaves the processor to others. */
const SHARE = 20;
const PAUSE_MS = { min: 10, max: 300 };

/** Waits for something to become true; fails with what was waited for. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 120_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    const lookedAt = performance.now();
    if (await isTrue()) return;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain until ${what}`);
    const tookMs = performance.now() - lookedAt;
    const pauseMs = Math.min(PAUSE_MS.max, Math.max(PAUSE_MS.min, tookMs * SHARE));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

import { type CutSubject, startCutSubject } from '../test/device/cut-check.ts';
import { CUTS, type Cut } from '../test/device/cutting-proxy.ts';

/**
 * `npm run chaos -- ssh [EVERY]`: cuts the session of a full check at every byte, or every so many, in each way. A
 * silence runs into a time budget each time, so it is tried at a hundredth of the places, and at each of the first.
 */
const AT_A_TIME = 8;
const SILENCE_EVERY = 100;
const HANDSHAKE_BYTES = 64;

/** Resolves with whether all went as it should. */
export async function cutEverywhere(args: readonly string[]): Promise<boolean> {
  const every = Math.max(1, Number(args[0] ?? 1));
  let wrong = 0;
  for (const cut of CUTS) {
    await using subject = await startCutSubject();
    const places = placesFor(cut, subject.bytes, every);
    const startedAt = performance.now();
    wrong += await tryAll(subject, cut, places);
    const writes = subject.simulator.writes.length;
    if (writes > 0) console.log(`${cut}: ${writes} lines would have changed the device`);
    wrong += writes;
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(
      `${cut}: ${places.length} cuts in ${subject.bytes} bytes, ${seconds} s, ${wrong} wrong so far`,
    );
  }
  return wrong === 0;
}

function placesFor(cut: Cut, bytes: number, every: number): number[] {
  const step = cut === 'silence' ? every * SILENCE_EVERY : every;
  const all = Array.from({ length: Math.ceil(bytes / step) }, (_, index) => 1 + index * step);
  const first = Array.from({ length: cut === 'silence' ? HANDSHAKE_BYTES : 0 }, (_, index) => 1 + index);
  return [...new Set([...first, ...all])];
}

async function tryAll(subject: CutSubject, cut: Cut, places: readonly number[]): Promise<number> {
  const left = [...places];
  let wrong = 0;
  async function tryNext(): Promise<void> {
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      const problem = await subject.tryCut(at, cut);
      if (problem === undefined) continue;
      wrong += 1;
      console.log(`${cut} after ${at} bytes: ${problem}`);
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, tryNext));
  return wrong;
}

import { type Io, rewriteLine } from './io.ts';

export interface ReadingProgress extends Disposable {
  /** So many bytes more are done. */
  readonly add: (bytes: number) => void;
}

/** A text smaller than this is done before anybody could read a line about it. Bytes. */
const WORTH_SHOWING = 32 << 20;
const STEP = 8 << 20;
const MEGABYTE = 1_000_000;

/** One line that is rewritten, for a person who waits; nothing for a script, whose log it would fill. */
export function showReading(total: number | undefined, io: Io): ReadingProgress {
  const shown = io.stderr.isTTY === true && (total ?? WORTH_SHOWING) >= WORTH_SHOWING;
  let done = 0;
  let next = STEP;
  return {
    add(bytes) {
      done += bytes;
      if (!shown || done < next) return;
      next = done + STEP;
      const share =
        total === undefined
          ? ''
          : ` of ${Math.round(total / MEGABYTE)} MB, ${Math.floor((100 * done) / total)} %`;
      rewriteLine(io.stderr, `reading: ${Math.round(done / MEGABYTE)} MB${share}`);
    },
    [Symbol.dispose]() {
      if (shown && done >= STEP) rewriteLine(io.stderr);
    },
  };
}

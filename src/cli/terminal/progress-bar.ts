import { type Io, rewriteLine } from './io.ts';

/** Bytes. A smaller text is done before a progress line could be read. */
const MIN_TOTAL = 32 << 20;
const STEP = 8 << 20;
const MEGABYTE = 1_000_000;

/** Rewrites one line for a person; prints nothing in a script, whose log it would fill. */
export function showReadProgress(total: number | undefined, io: Io) {
  const shown = io.stderr.isTTY === true && (total ?? MIN_TOTAL) >= MIN_TOTAL;
  let done = 0;
  let next = STEP;
  return {
    add(bytes: number) {
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

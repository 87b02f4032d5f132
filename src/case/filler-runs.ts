import { createFillerScan, type FillerScan } from './filler-scan.ts';

/** Where filler stands in a piece of text: seven numbers for each run of lines. */
export type FillerRuns = Int32Array<ArrayBuffer>;

const NUMBERS = 7;
const LF = 0x0a;

/** Looks for filler in the whole lines of a piece, which another thread may do beforehand. */
export function findFillerRuns(bytes: Uint8Array): FillerRuns {
  const scan = createFillerScan();
  const { found } = scan;
  const runs: number[] = [];
  const end = bytes.lastIndexOf(LF) + 1;
  let at = bytes.indexOf(LF) + 1;
  while (at > 0 && at < end) {
    const next = scan.scan(bytes, at, end);
    if (next > at) runs.push(at, next, found.count, found.first, found.last, found.longest, found.daemons);
    at = bytes.indexOf(LF, next) + 1;
  }
  return Int32Array.from(runs);
}

/** Answers from what was found beforehand, as long as it is asked about the same piece in order. */
export function recallFillerRuns(runs: FillerRuns): FillerScan {
  const live = createFillerScan();
  const { found } = live;
  let run = 0;
  return {
    found,
    scan(bytes, from, to) {
      while (run < runs.length && (runs[run + 1] as number) <= from) run += NUMBERS;
      const begin = runs[run] ?? to;
      if (begin > from) {
        found.count = 0;
        return from;
      }
      const end = runs[run + 1] as number;
      if (begin < from) return live.scan(bytes, from, end);
      found.count = runs[run + 2] as number;
      found.first = runs[run + 3] as number;
      found.last = runs[run + 4] as number;
      found.longest = runs[run + 5] as number;
      found.daemons = runs[run + 6] as number;
      return end;
    },
  };
}

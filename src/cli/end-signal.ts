import { say } from './io.ts';

export interface EndSignal {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP, so that work can end in order. */
  readonly signal: AbortSignal;
  /** From now on SIGHUP calls this instead. Without effect where a terminal holds the process: it closes then. */
  readonly onHangup: (listener: () => void) => void;
  /** For stderr, where the process ends before its work is in order; undefined where nothing would be left behind. */
  readonly lastWords: (text: string | undefined) => void;
  /** Says them. */
  readonly sayLastWords: () => void;
}

/** A second SIGINT means "now", and ends the process as if nobody listened. */
export function endSignal(source: NodeJS.Process): EndSignal {
  const controller = new AbortController();
  let hangup: (() => void) | undefined;
  let words: string | undefined;
  const sayLastWords = () => {
    if (words !== undefined) say(source.stderr, words);
  };
  const stop = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP' && hangup && !controller.signal.aborted) return hangup();
    if (controller.signal.aborted && signal === 'SIGINT') {
      sayLastWords();
      source.exit(130);
    }
    controller.abort(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, stop);
  return {
    signal: controller.signal,
    onHangup(listener) {
      if (!source.stdin.isTTY && !source.stderr.isTTY) hangup = listener;
    },
    lastWords: (text) => {
      words = text;
    },
    sayLastWords,
  };
}

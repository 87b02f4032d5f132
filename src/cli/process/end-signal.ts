import { printNow } from '../terminal/io.ts';

export interface EndSignal {
  /**
   * Aborted by the first SIGINT, SIGTERM or SIGHUP, so that work can end in order. Until it is first read, a signal ends
   * the process at once, also while it computes: most commands leave nothing behind.
   */
  readonly signal: AbortSignal;
  /** Makes SIGHUP call this instead. No effect in a terminal, whose SIGHUP means it was closed. */
  readonly onHangup: (listener: () => void) => void;
  /** Makes the first SIGINT call this instead; without a listener it ends the work again. */
  readonly onInterrupt: (listener: (() => void) | undefined) => void;
  /** Text for stderr if the process ends before its work is complete; undefined if nothing would be left behind. */
  readonly setExitText: (text: string | undefined) => void;
  /** Prints the text. */
  readonly printExitText: () => void;
  /** Whether such a signal came. */
  readonly isEnding: () => boolean;
}

/** A second SIGINT ends the process at once. */
export function endSignal(source: NodeJS.Process): EndSignal {
  const controller = new AbortController();
  let hangup: (() => void) | undefined;
  let interrupt: (() => void) | undefined;
  let isInterrupted = false;
  let exitText: string | undefined;
  const printExitText = () => {
    if (exitText !== undefined) printNow(source.stderr, exitText);
  };
  const stop = (signal: NodeJS.Signals) => {
    if (signal === 'SIGHUP' && hangup && !controller.signal.aborted) return hangup();
    if (signal === 'SIGINT' && interrupt && !isInterrupted && !controller.signal.aborted) {
      isInterrupted = true;
      return interrupt();
    }
    if ((controller.signal.aborted || isInterrupted) && signal === 'SIGINT') {
      printExitText();
      source.exit(130);
    }
    controller.abort(signal);
  };
  let isListening = false;
  function listen(): void {
    if (isListening) return;
    isListening = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, stop);
  }
  return {
    get signal() {
      listen();
      return controller.signal;
    },
    onHangup(listener) {
      listen();
      if (!source.stdin.isTTY && !source.stderr.isTTY) hangup = listener;
    },
    onInterrupt(listener) {
      listen();
      interrupt = listener;
    },
    setExitText: (text) => {
      listen();
      exitText = text;
    },
    printExitText: printExitText,
    isEnding: () => controller.signal.aborted,
  };
}

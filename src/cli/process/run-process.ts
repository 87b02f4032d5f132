import type { Writable } from 'node:stream';
import { type Io, printNow } from '../terminal/io.ts';
import { EXIT } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';

/** Runs one command line in this process and exits with the resolved status. */
export async function runProcess(run: (io: Io) => Promise<number>): Promise<void> {
  const signals = endSignal(process);
  endWithParent(process);
  const used = new Set<Writable>();
  const io = processIo(signals, used);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      printNow(io.stderr, explainError(asFtmError(error), process.env.LOG_LEVEL === 'debug'));
      signals.printExitText();
      process.exit(EXIT.unreachable);
    });
  }
  process.exitCode = await run(io);
  for (const stream of used) await new Promise((resolve) => stream.write('', resolve));
  // All work is done. Clients that still reconnect must not keep the process alive, and a collection of garbage that V8 has
  // begun would take a tenth of the processor time of a short command.
  process.exit();
}

/** Node creates each stream at first access, which takes milliseconds: only the streams used are created. */
function processIo(signals: EndSignal, used: Set<Writable>): Io {
  const { onHangup, onInterrupt, setExitText } = signals;

  function ignoringClosedPipe<Stream extends Writable>(stream: Stream): Stream {
    if (used.has(stream)) return stream;
    used.add(stream);
    // Without a listener, a reader that closes its end (`| head`) would end this process with a stack trace.
    stream.on('error', () => undefined);
    return stream;
  }

  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return ignoringClosedPipe(process.stdout);
    },
    get stderr() {
      return ignoringClosedPipe(process.stderr);
    },
    env: process.env,
    now: Date.now,
    get signal() {
      return signals.signal;
    },
    onHangup,
    onInterrupt,
    setExitText,
  };
}

const CHECK_INTERVAL_MS = 500;

/**
 * Sends this process SIGTERM once its parent is gone, if npm started it: npm passes a SIGTERM (`npx ftm-check serve`) only
 * to the shell in between, which ends without passing it on. Without npm, a process outlives its shell (`nohup`, `setsid`).
 */
function endWithParent(
  source: Pick<NodeJS.Process, 'env' | 'pid' | 'kill'> & { readonly ppid: number },
): void {
  if (source.env.npm_command === undefined) return;
  const parent = source.ppid;
  const timer = setInterval(() => {
    if (source.ppid === parent) return;
    clearInterval(timer);
    source.kill(source.pid, 'SIGTERM');
  }, CHECK_INTERVAL_MS).unref();
}

/** A second SIGINT ends the process at once. */
function endSignal(source: NodeJS.Process) {
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
    /**
     * Aborted by the first SIGINT, SIGTERM or SIGHUP, so that work can end in order. Until it is first read, a signal ends
     * the process at once, also while it computes: most commands leave nothing behind.
     */
    get signal() {
      listen();
      return controller.signal;
    },
    /** Makes SIGHUP call this instead. No effect in a terminal, whose SIGHUP means it was closed. */
    onHangup: (listener: () => void) => {
      listen();
      if (!source.stdin.isTTY && !source.stderr.isTTY) hangup = listener;
    },
    /** Makes the first SIGINT call this instead; without a listener it ends the work again. */
    onInterrupt: (listener: (() => void) | undefined) => {
      listen();
      interrupt = listener;
    },
    /** Text for stderr if the process ends before its work is complete; undefined if nothing would be left behind. */
    setExitText: (text: string | undefined) => {
      listen();
      exitText = text;
    },
    printExitText,
  };
}

type EndSignal = ReturnType<typeof endSignal>;

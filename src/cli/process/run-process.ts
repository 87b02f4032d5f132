import type { Writable } from 'node:stream';
import { type Io, printNow } from '../terminal/io.ts';
import { type EndSignal, endSignal } from './end-signal.ts';
import { EXIT } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';

/** Runs one command line in this process and exits with the resolved status. */
export async function runProcess(run: (io: Io) => Promise<number>): Promise<void> {
  const signals = endSignal(process);
  endWithParent(process);
  const io = processIo(signals);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      printNow(io.stderr, explainError(asFtmError(error), process.env.LOG_LEVEL === 'debug'));
      signals.printExitText();
      process.exit(EXIT.unreachable);
    });
  }
  process.exitCode = await run(io);
  // After a signal, work has ended in order; clients that still reconnect must not keep the process alive.
  if (signals.isEnding()) process.exit();
}

/** Node creates each stream at first access, which takes milliseconds: only the streams used are created. */
function processIo(signals: EndSignal): Io {
  const { onHangup, onInterrupt, setExitText } = signals;
  const known = new WeakSet<Writable>();

  function ignoringClosedPipe<Stream extends Writable>(stream: Stream): Stream {
    if (known.has(stream)) return stream;
    known.add(stream);
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
  }, CHECK_INTERVAL_MS);
  timer.unref();
}

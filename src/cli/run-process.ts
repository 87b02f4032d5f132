import type { Writable } from 'node:stream';
import { endSignal } from './end-signal.ts';
import { EXIT } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';
import { type Io, say } from './io.ts';

/** Runs one command line as this process, whose exit status becomes what it resolves with. */
export async function runProcess(run: (io: Io) => Promise<number>): Promise<void> {
  const { sayLastWords, ...ways } = endSignal(process);
  const io = processIo(ways);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      say(io.stderr, explainError(asFtmError(error), process.env.LOG_LEVEL === 'debug'));
      sayLastWords();
      process.exit(EXIT.unreachable);
    });
  }
  process.exitCode = await run(io);
  // Whoever asked us to end has waited for the work in order; a client that still tries to reconnect is not work.
  if (ways.signal.aborted) process.exit();
}

/** Node makes each stream when it is first asked for, and that takes milliseconds: a command asks for what it uses. */
function processIo(ways: Pick<Io, 'signal' | 'onHangup' | 'lastWords'>): Io {
  const known = new WeakSet<Writable>();

  function forgiving<Stream extends Writable>(stream: Stream): Stream {
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
      return forgiving(process.stdout);
    },
    get stderr() {
      return forgiving(process.stderr);
    },
    env: process.env,
    now: Date.now,
    ...ways,
  };
}

import process from 'node:process';
import { endSignal } from './end-signal.ts';
import { EXIT } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';
import { run } from './run.ts';

for (const stream of [process.stdout, process.stderr]) {
  // Without a listener, a reader that closes its end (`| head`) would end this process with a stack trace.
  stream.on('error', () => undefined);
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`${explainError(asFtmError(error), process.env.LOG_LEVEL === 'debug')}\n`);
    process.exit(EXIT.unreachable);
  });
}

const { signal, onHangup } = endSignal(process);
process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal,
  onHangup,
});

// Whoever asked us to end has waited for the work in order; a client that still tries to reconnect is not work.
if (signal.aborted) process.exit();

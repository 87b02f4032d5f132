import process from 'node:process';
import { endSignal } from './end-signal.ts';
import { run } from './run.ts';

for (const stream of [process.stdout, process.stderr]) {
  // Without a listener, a reader that closes its end (`| head`) would end this process with a stack trace.
  stream.on('error', () => undefined);
}

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: endSignal(process),
});

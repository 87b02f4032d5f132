import { CommanderError } from 'commander';
import { EXIT, statusOfError } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';
import { type Io, print } from './io.ts';
import { createProgram } from './program.ts';

/** Runs one command line; resolves with the exit status and never rejects. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let status: number = EXIT.healthy;
  const program = createProgram(io, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (thrown) {
    // Commander has printed its own message; only help and version are not a mistake.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.healthy : EXIT.usage;
    const error = asFtmError(thrown);
    await print(io.stderr, explainError(error, io.env.LOG_LEVEL === 'debug'));
    return statusOfError(error.code);
  }
}

import { CommanderError } from 'commander';
import { EXIT, statusOfError } from './process/exit-status.ts';
import { asFtmError, explainError, typeable } from './process/explain-error.ts';
import { normalizeArguments } from './program/command-help.ts';
import { createProgram } from './program/program.ts';
import { type Io, print } from './terminal/io.ts';
import { showArguments } from './terminal/show-arguments.ts';

/** Runs one command line; resolves with the exit status and never rejects. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let status: number = EXIT.healthy;
  const program = createProgram(
    io,
    (result) => {
      status = result;
    },
    args,
  );
  try {
    await program.parseAsync(normalizeArguments(program, args), { from: 'user' });
    return status;
  } catch (thrown) {
    // Commander has printed its own message; only help and version are not a mistake.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.healthy : EXIT.usage;
    const error = asFtmError(thrown);
    // If standard error cannot be written either, the exit status remains.
    const text = typeable(explainError(error, io.env.LOG_LEVEL === 'debug'), io.env);
    await print(io.stderr, showArguments(text, args)).catch(() => undefined);
    return statusOfError(error.code);
  }
}

import { CommanderError } from 'commander';
import { exitOnError } from './process/exit-on-error.ts';
import { EXIT } from './process/exit-status.ts';
import { normalizeArguments } from './program/command-help.ts';
import { createProgram } from './program/program.ts';
import type { Io } from './terminal/io.ts';

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
  return await exitOnError(
    async () => {
      try {
        await program.parseAsync(normalizeArguments(program, args), { from: 'user' });
        return status;
      } catch (thrown) {
        // Commander has printed its own message; only help and version are not a mistake.
        if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.healthy : EXIT.usage;
        throw thrown;
      }
    },
    io,
    args,
  );
}

import type { Command } from 'commander';
import type { Io } from '../terminal/io.ts';
import { type OutputOptions, withOutput } from '../terminal/with-output.ts';

/** Takes the arguments of a command, its options unless it needs none, and `Io`; resolves with the exit status. */
type Work = (...given: never[]) => Promise<number>;

/** Action of a command; `load` imports its work when it is called, and `prepare` changes `io` first. */
export type RunCommand = (
  load: (...given: never[]) => Promise<Work>,
  prepare?: (io: Io) => Io,
) => (...all: unknown[]) => Promise<void>;

export function createRunCommand(io: Io, done: (status: number) => void): RunCommand {
  return (load, prepare = (same) => same) =>
    async (...all) => {
      const work = await load(...(all as never[]));
      // Commander appends the options and the command to the arguments.
      const given = all.slice(0, work.length - 1);
      const { color, output } = (all.at(-1) as Command).opts<Partial<OutputOptions>>();
      const answer = (to: Io) => work(...([...given, to] as never[]));
      // Without `--color` a command writes the file of its `--output` itself.
      done(
        await (color === undefined
          ? answer(prepare(io))
          : withOutput({ color, output }, prepare(io), answer)),
      );
    };
}

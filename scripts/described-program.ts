import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { createProgram } from '../src/cli/program/program.ts';

/** The command line for its help alone: nothing of this machine's environment is in it. */
export function describedProgram(): Command {
  const stream = () => new PassThrough();
  return createProgram(
    {
      stdin: stream(),
      stdout: stream(),
      stderr: stream(),
      env: {},
      now: () => 0,
      signal: new AbortController().signal,
    },
    () => undefined,
  );
}

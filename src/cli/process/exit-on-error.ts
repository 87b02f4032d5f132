import { type Io, print } from '../terminal/io.ts';
import { showArguments } from '../terminal/show-arguments.ts';
import { statusOfError } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';

/** The exit status of a command; thrown errors are explained on standard error. Never rejects. */
export async function exitOnError(
  work: () => Promise<number>,
  io: Io,
  args: readonly string[] = [],
): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    const error = asFtmError(thrown);
    // If standard error cannot be written either, the exit status remains.
    await print(io.stderr, showArguments(explainError(error, io.env.LOG_LEVEL === 'debug'), args)).catch(
      () => undefined,
    );
    return statusOfError(error.code);
  }
}

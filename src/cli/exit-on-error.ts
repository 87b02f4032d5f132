import { statusOfError } from './exit-status.ts';
import { asFtmError, explainError } from './explain-error.ts';
import { type Io, print } from './io.ts';
import { showArguments } from './show-arguments.ts';

/** The exit status of a command's work; what it throws is explained on standard error. Never rejects. */
export async function exitOnError(
  work: () => Promise<number>,
  io: Io,
  args: readonly string[] = [],
): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    const error = asFtmError(thrown);
    // Where this cannot be written either, the exit status says it.
    await print(io.stderr, showArguments(explainError(error, io.env.LOG_LEVEL === 'debug'), args)).catch(
      () => undefined,
    );
    return statusOfError(error.code);
  }
}

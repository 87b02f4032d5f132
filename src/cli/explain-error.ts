import { FtmError } from '../ftm-error.ts';

/** Any thrown thing as an `FtmError`; what is not one of ours is a bug, and its text may hold anything. */
export function asFtmError(error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  return new FtmError('ftm_internal', 'An internal error of ftm-check occurred.', {
    advice: 'Please report it. With LOG_LEVEL=debug in the environment it prints more.',
    cause: error,
  });
}

/** For standard error: what happened and what to do, never a stack unless a developer asked for it. */
export function explainError(error: FtmError, debug: boolean): string {
  const lines = [`ftm-check: ${error.message}`];
  if (error.advice !== undefined) lines.push(error.advice);
  if (debug && error.cause instanceof Error) lines.push(error.cause.stack ?? error.cause.message);
  return lines.join('\n');
}

import { resolve, sep } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from '../../platform/config/environment.ts';

/**
 * Converts any thrown value to an `FtmError`; a foreign error is a bug, and its text is not shown because it may
 * contain secrets.
 */
export function asFtmError(error: unknown): FtmError {
  if (error instanceof FtmError) return error;
  return new FtmError('ftm_internal', 'An internal error of ftm-check occurred.', {
    advice: 'Please report it. With LOG_LEVEL=debug in the environment it prints more.',
    cause: error,
  });
}

/** Text for standard error: what happened and what to do; the stack only in debug mode. */
export function explainError(error: FtmError, debug: boolean): string {
  const lines = [`ftm-check: ${error.message}`];
  if (error.advice !== undefined) lines.push(error.advice);
  if (debug && error.cause instanceof Error) lines.push(error.cause.stack ?? error.cause.message);
  return lines.join('\n');
}

/**
 * Commands between backticks as they can be typed in `folder`. npm (`npx`) does not put `ftm-check` on the PATH of the
 * shell. Outside the checkout `npx ftm-check` would run what the registry has under that name, which is a stranger's.
 */
export function typeable(text: string, env: Environment, folder = '.'): string {
  const { npm_command: npm, npm_config_local_prefix: checkout = '' } = env;
  if (npm === undefined) return text;
  const isInside = checkout === '' || `${resolve(folder)}${sep}`.startsWith(`${checkout}${sep}`);
  return text.replaceAll('`ftm-check ', `\`npx ${isInside ? '' : `--prefix ${checkout} `}ftm-check `);
}

import type { Io } from './io.ts';

/**
 * Whether an answer may have colours. `FORCE_COLOR` (https://force-color.org) takes precedence over `NO_COLOR`
 * (https://no-color.org), and both over the type of standard output.
 */
export function usesColour({ stdout, env }: Pick<Io, 'stdout' | 'env'>): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced) return forced !== '0' && forced !== 'false';
  if (refused || terminal === 'dumb') return false;
  return stdout.isTTY === true;
}

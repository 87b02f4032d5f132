import type { Io } from './io.ts';

/**
 * Whether an answer may have colours: `FORCE_COLOR` (https://force-color.org) goes before `NO_COLOR`
 * (https://no-color.org), both before what standard output is.
 */
export function usesColour({ stdout, env }: Pick<Io, 'stdout' | 'env'>): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced) return forced !== '0' && forced !== 'false';
  if (refused || terminal === 'dumb') return false;
  return stdout.isTTY === true;
}

import type { CollectionProgress } from '../../device/collector.ts';
import { type Io, printNow, rewriteLine } from './io.ts';

/** Phases printed for scripts too, which do not get every step. */
const PHASE_TEXT: Partial<
  Record<CollectionProgress['phase'], (alias: string, progress: CollectionProgress) => string>
> = {
  watching: (alias, { live }) =>
    `Now let the user log in: the debug of ${alias} is on for ${Math.ceil((live?.remainingMs ?? 0) / 1000)} s.`,
  closing: (alias) => `Switching the debug of ${alias} off.`,
};

/** Rewrites one line for a person; prints only the phases above in a script. */
export function showProgress(alias: string, io: Io) {
  const clear = () => rewriteLine(io.stderr);
  let printed = '';
  const show = (progress: CollectionProgress) => {
    const text = progress.phase === printed ? undefined : PHASE_TEXT[progress.phase]?.(alias, progress);
    if (text === undefined) return;
    printed = progress.phase;
    clear();
    printNow(io.stderr, text);
  };
  return {
    update: (progress: CollectionProgress) => {
      show(progress);
      rewriteLine(io.stderr, progressLine(alias, progress));
    },
    clear,
    [Symbol.dispose]: clear,
  };
}

function progressLine(
  alias: string,
  { phase, step, steps, command, vdom, live }: CollectionProgress,
): string {
  if (phase === 'connecting') return `connecting to ${alias} …`;
  if (phase === 'closing') return `switching the debug of ${alias} off …`;
  if (phase === 'watching' && live) {
    return `watching ${alias}: ${Math.ceil(live.remainingMs / 1000)} s left, ${live.lines} lines, ${live.logins} logins`;
  }
  const at = vdom && vdom.count > 1 ? `VDOM ${vdom.index} of ${vdom.count}` : `${step} of ${steps}`;
  return `reading ${alias}: ${at}${command === undefined ? '' : `, ${command}`}`;
}

import type { CollectionProgress } from '../device/collector.ts';
import type { Io } from './io.ts';

export interface Progress extends Disposable {
  readonly update: (progress: CollectionProgress) => void;
  readonly clear: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/** One line that is rewritten, for a person who waits; nothing for a script, whose log it would fill. */
export function showProgress(alias: string, io: Io): Progress {
  const shown = io.stderr.isTTY === true;
  const clear = () => {
    if (shown) io.stderr.write(CLEAR_LINE);
  };
  return {
    update(progress) {
      if (shown) io.stderr.write(`${CLEAR_LINE}${lineOf(alias, progress)}`);
    },
    clear,
    [Symbol.dispose]: clear,
  };
}

function lineOf(alias: string, { phase, step, steps, command }: CollectionProgress): string {
  if (phase === 'connecting') return `connecting to ${alias} …`;
  return `reading ${alias}: ${step} of ${steps}${command === undefined ? '' : `, ${command}`}`;
}

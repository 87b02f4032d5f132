import type { ClientChannel } from 'ssh2';
import { abortError } from './budget.ts';
import { createScreen, type Screen } from './screen.ts';

/** One interactive session: what it has printed, and waiting for more of it. */
export interface Shell {
  readonly channel: ClientChannel;
  readonly screen: Screen;
  /**
   * Resolves with `data` when something was printed since the last call, `closed` when the session is over, and
   * `idle` when `idleMs` pass first. Rejects when the signal aborts.
   */
  readonly news: (signal: AbortSignal, idleMs?: number) => Promise<'data' | 'idle' | 'closed'>;
}

export function createShell(channel: ClientChannel): Shell {
  const screen = createScreen();
  let fresh = false;
  let closed = false;
  let wake: (() => void) | undefined;

  function over(): void {
    closed = true;
    wake?.();
  }
  channel.on('data', (bytes: Buffer) => {
    screen.feed(bytes);
    fresh = true;
    wake?.();
  });
  channel.stderr.on('data', () => {});
  channel.on('error', over);
  channel.on('close', over);

  function take(): 'data' | 'closed' | undefined {
    if (fresh) {
      fresh = false;
      return 'data';
    }
    return closed ? 'closed' : undefined;
  }

  function news(signal: AbortSignal, idleMs?: number): Promise<'data' | 'idle' | 'closed'> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    const ready = take();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', settle);
        wake = undefined;
        if (signal.aborted) reject(abortError(signal));
        else resolve(take() ?? 'idle');
      };
      const timer = idleMs === undefined ? undefined : setTimeout(settle, idleMs);
      signal.addEventListener('abort', settle, { once: true });
      wake = settle;
    });
  }

  return { channel, screen, news };
}

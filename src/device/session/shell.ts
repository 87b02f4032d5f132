import type { ClientChannel } from 'ssh2';
import { abortError } from '../../engine/ftm-error.ts';
import { type ByteBudget, COMMAND_BYTES, LINE_BYTES, tooMuchForOneCommand } from '../byte-budget.ts';
import { createOutputBuffer } from './output-buffer.ts';

export interface ShellLimits {
  readonly alias: string;
  readonly byteBudget: ByteBudget;
}

export function createShell(channel: ClientChannel, { alias, byteBudget }: ShellLimits) {
  const screen = createOutputBuffer();
  let fresh = false;
  let closed = false;
  let wake: (() => void) | undefined;
  let listened: AbortSignal | undefined;
  const wakeUp = () => wake?.();

  function over(): void {
    closed = true;
    listenTo(undefined);
    wakeUp();
  }

  /** Once for each command: output comes in many pieces, and a listener of its own for each costs more than reading it. */
  function listenTo(signal: AbortSignal | undefined): void {
    if (signal === listened) return;
    listened?.removeEventListener('abort', wakeUp);
    signal?.addEventListener('abort', wakeUp);
    listened = signal;
  }
  const { exceeded } = byteBudget;
  exceeded.addEventListener('abort', () => {
    // Nothing more is read from the connection, and nothing of it is kept.
    channel.pause();
    wakeUp();
  });
  channel.on('data', (bytes: Buffer) => {
    if (exceeded.aborted) return;
    if (screen.size() + screen.lines.length * LINE_BYTES + bytes.length > COMMAND_BYTES) {
      byteBudget.exceed(tooMuchForOneCommand(alias));
      return;
    }
    screen.feed(bytes);
    fresh = true;
    wakeUp();
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

  /**
   * Resolves with `data` when something was printed since the last call, `closed` when the session is over, and
   * `idle` when `idleMs` pass first. Rejects when the signal aborts, and with `ftm_device_flood` once too much came.
   */
  function news(signal: AbortSignal, idleMs?: number): Promise<'data' | 'idle' | 'closed'> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    if (exceeded.aborted) return Promise.reject(abortError(exceeded));
    const ready = take();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        wake = undefined;
        if (signal.aborted) reject(abortError(signal));
        else if (exceeded.aborted) reject(abortError(exceeded));
        else resolve(take() ?? 'idle');
      };
      const timer = idleMs === undefined ? undefined : setTimeout(settle, idleMs);
      listenTo(signal);
      wake = settle;
    });
  }

  return { channel, screen, news };
}

/** One interactive session: what it has printed, and waiting for more of it. */
export type Shell = ReturnType<typeof createShell>;

import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../config/load-config.ts';

/** What a command may touch of its process; tests bring their own. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Environment;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Aborted when the person or the supervisor wants the process to end. */
  readonly signal: AbortSignal;
  /** From now on SIGHUP means this, and no longer the end: for a process that no terminal holds. */
  readonly onHangup?: (listener: () => void) => void;
  /** What has to be said on stderr if the process ends before its work is in order. */
  readonly lastWords?: (text: string | undefined) => void;
}

/** Resolves once the text is handed over, so that a large answer is not cut when the process ends. */
export async function print(stream: Writable, text: string): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  await new Promise<void>((resolve) => {
    // A reader that has seen enough (`| head`) closes the pipe: that is its right, not an error of ours.
    stream.write(whole, () => resolve());
  });
}

/** Resolves when the signal aborts, or at once when it has. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

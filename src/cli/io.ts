import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../config/load-config.ts';
import { escapeJson, printable } from '../report/printable.ts';

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

/**
 * Text for people, on either stream. Names of files, folders, devices and commands are in it: what would act on a
 * terminal is shown as `\x1b`. Resolves once it is handed over, so that it is not cut when the process ends.
 */
export async function print(stream: Writable, text: string): Promise<void> {
  await printData(stream, shown(text));
}

/** The same for what waits for nothing. */
export function say(stream: Writable, text: string): void {
  stream.write(`${shown(text)}\n`);
}

const CLEAR_LINE = '\r\u001b[K';

/** In the place of the line before; without a text that is only cleared. */
export function rewriteLine(stream: Writable, text = ''): void {
  stream.write(`${CLEAR_LINE}${shown(text)}`);
}

/** JSON, which has an escape of its own for what would act. */
export async function printJson(stream: Writable, json: string): Promise<void> {
  await printData(stream, escapeJson(json));
}

/** An answer, which brings colours of its own and has made its texts printable. */
export async function printData(stream: Writable, text: string): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  await new Promise<void>((resolve) => {
    // A reader that has seen enough (`| head`) closes the pipe: that is its right, not an error of ours.
    stream.write(whole, () => resolve());
  });
}

function shown(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Resolves when the signal aborts, or at once when it has. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { FtmError } from '../../engine/ftm-error.ts';
import { escapeJson } from '../../engine/text/escape-json.ts';
import type { Environment } from '../../platform/config/environment.ts';
import { printable } from '../../report/documents/printable.ts';
import { whyUnwritable } from '../process/private-file.ts';

/** The parts of the process that a command may use; tests provide their own. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Environment;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Aborted when the person or the supervisor ends the process. */
  readonly signal: AbortSignal;
  /** Makes SIGHUP call this instead of ending a process without a terminal. */
  readonly onHangup?: (listener: () => void) => void;
  /** Makes the first SIGINT call this instead of ending the process; without a listener it ends it again. */
  readonly onInterrupt?: (listener: (() => void) | undefined) => void;
  /** Sets the text for stderr if the process ends before its work is complete. */
  readonly setExitText?: (text: string | undefined) => void;
}

/**
 * Prints text for people on either stream. Names of files, folders, devices and commands are foreign text: control
 * characters are shown as `\x1b`. Resolves once the text is written, so that it is not cut when the process ends.
 */
export async function print(stream: Writable, text: string): Promise<void> {
  await printData(stream, escapeControls(text));
}

/** Same without waiting. */
export function printNow(stream: Writable, text: string): void {
  stream.write(`${escapeControls(text)}\n`);
}

const CLEAR_LINE = '\r\u001b[K';

/** Replaces the previous line for a person; without a text it is cleared. Prints nothing in a script, whose log it would fill. */
export function rewriteLine(stream: Io['stderr'], text = ''): void {
  if (stream.isTTY === true) stream.write(`${CLEAR_LINE}${escapeControls(text)}`);
}

/** JSON escapes control characters itself. */
export async function printJson(stream: Writable, json: string): Promise<void> {
  await printData(stream, escapeJson(json));
}

/** Prints an answer that contains colours and whose texts are already printable. */
export async function printData(stream: Writable, text: string): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  await new Promise<void>((resolve, reject) => {
    stream.write(whole, (error) => {
      // A reader that ends early (`| head`) closes the pipe, which is not an error.
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(new FtmError('ftm_usage', `The output cannot be written: ${whyUnwritable(error)}.`));
    });
  });
}

function escapeControls(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Resolves when the signal aborts, or at once if it has. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

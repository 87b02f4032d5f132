import type { ServerChannel } from 'ssh2';
import type { SimulatorBehaviour } from './behaviour.ts';

export interface Pty {
  readonly rows: number;
  readonly cols: number;
}

/** One session's bytes: keys in, text out, with the line discipline of FortiOS. */
export interface Terminal {
  /** `undefined` once the session is over. */
  readonly key: () => Promise<string | undefined>;
  /** Echoes what is typed; the Enter is echoed as CR CR LF. */
  readonly line: (options?: { readonly swallowFirst?: boolean }) => Promise<string | undefined>;
  readonly write: (text: string) => Promise<void>;
  /** Nothing is written any more; the session stays open. */
  readonly fallSilent: () => void;
}

export interface TerminalOptions {
  readonly channel: ServerChannel;
  readonly pty: Pty | undefined;
  readonly behaviour: SimulatorBehaviour;
  /** Cuts the connection, as a failing network would. */
  readonly cut: () => void;
}

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_U = '\x15';
const BACKSPACES = ['\b', '\x7f'];

export function createTerminal({ channel, pty, behaviour, cut }: TerminalOptions): Terminal {
  const typed: string[] = [];
  const session = { over: false, silent: false };
  let sent = 0;
  let wake: (() => void) | undefined;

  channel.on('data', (bytes: Buffer) => {
    typed.push(...Array.from(bytes.toString('utf8')));
    wake?.();
  });
  function finish(): void {
    session.over = true;
    wake?.();
  }
  channel.on('close', finish);
  channel.on('end', finish);
  channel.on('error', finish);

  async function rawKey(): Promise<string | undefined> {
    while (typed.length === 0 && !session.over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return typed.shift();
  }

  let afterReturn = false;
  /** `\r\n` is one Enter, and so is either of them alone. */
  async function key(): Promise<string | undefined> {
    let next = await rawKey();
    if (next === '\n' && afterReturn) next = await rawKey();
    afterReturn = next === '\r';
    return next === '\r' ? '\n' : next;
  }

  async function put(bytes: Buffer): Promise<void> {
    if (session.over || session.silent) return;
    const limit = behaviour.dropAfterBytes ?? Number.POSITIVE_INFINITY;
    const room = limit - sent;
    const allowed = bytes.subarray(0, Math.max(0, Math.min(room, bytes.length)));
    sent += allowed.length;
    if (allowed.length > 0 && !channel.write(allowed)) await drained();
    if (sent >= limit) {
      // Lets the last bytes reach the wire before the line goes dead.
      await pause(5);
      cut();
      finish();
    }
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      channel.once('drain', resolve);
      channel.once('close', resolve);
    });
  }

  async function write(text: string): Promise<void> {
    const bytes = Buffer.from(pty ? text : text.replaceAll('\r', ''), 'utf8');
    const step = behaviour.chunkBytes ?? bytes.length;
    for (let at = 0; at < bytes.length && !session.over && !session.silent; at += step) {
      await put(bytes.subarray(at, at + step));
      if (behaviour.trickleMs !== undefined) await pause(behaviour.trickleMs);
      else if (behaviour.chunkBytes !== undefined) await new Promise(setImmediate);
    }
  }

  async function line(options: { readonly swallowFirst?: boolean } = {}): Promise<string | undefined> {
    let text = '';
    let echo = '';
    let swallow = options.swallowFirst ?? false;
    for (;;) {
      if (typed.length === 0 && echo !== '') {
        if (pty) await write(echo);
        echo = '';
      }
      const next = await key();
      if (next === undefined) return undefined;
      if (swallow) {
        swallow = false;
      } else if (next === '\n') {
        if (pty) await write(`${echo}\r\r\n`);
        return text;
      } else if (next === CTRL_C || (next === CTRL_D && text === '')) {
        if (next === CTRL_D) await write('^D\b\bexit\r\n');
        return undefined;
      } else if (BACKSPACES.includes(next)) {
        if (text !== '') echo += '\b\x1b[K';
        text = text.slice(0, -1);
      } else if (next === CTRL_U) {
        if (text !== '') echo += `\x1b[${text.length}D\x1b[K`;
        text = '';
      } else if (next < ' ') {
        echo += '\x07';
      } else {
        text += next;
        echo += next;
      }
    }
  }

  return {
    key,
    line,
    write,
    fallSilent: () => {
      session.silent = true;
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

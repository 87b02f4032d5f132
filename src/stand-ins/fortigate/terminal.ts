import type { ServerChannel } from 'ssh2';
import type { SimulatorBehaviour } from './behaviour.ts';
import type { Cli } from './cli.ts';
import { createKeyboard } from './keyboard.ts';
import { EMPTY_LINE, editLine, insert, replaceLine } from './line-editor.ts';

export interface Pty {
  readonly rows: number;
  readonly cols: number;
}

/** Help and completion of a line that is being typed; Ctrl-C that `left` a block continues with a new prompt. */
export type LineHelp = Pick<Cli, 'prompt' | 'help' | 'complete' | 'interrupt'>;

export type TypedLine = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'left' };

export interface LineOptions {
  /** Earlier lines, oldest first. */
  readonly history: readonly string[];
  /** Number of characters that are dropped before any is accepted. */
  readonly swallow?: number;
  /** Milliseconds during which every key is dropped. */
  readonly deafMs?: number;
}

/** The bytes of one session: keys in, text out, with the line editing of FortiOS. */
export interface Terminal {
  /** `undefined` once the session is over. */
  readonly key: () => Promise<string | undefined>;
  /** Echoes what is typed; the Enter is echoed as CR CR LF. */
  readonly line: (help: LineHelp, options: LineOptions) => Promise<TypedLine | undefined>;
  readonly write: (text: string) => Promise<void>;
  /** Waits while a command prints: `false` if Ctrl-C, `q` or the end of the session interrupted it. */
  readonly wait: (ms: number) => Promise<boolean>;
  /** Nothing more is written; the session stays open. */
  readonly fallSilent: () => void;
}

export interface TerminalOptions {
  readonly channel: ServerChannel;
  readonly pty: Pty | undefined;
  readonly behaviour: SimulatorBehaviour;
  /** Without a key for this long the session ends with `Timeout`; read again for every key. */
  readonly idleMs: () => number | undefined;
  /** Cuts the connection, as a failing network would; false if it is to stay open. */
  readonly cut: () => boolean;
  /** Inserts messages of daemons into a text. */
  readonly noise?: ((text: string) => string) | undefined;
}

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_V = '\x16';
const UP = new Set(['\x10', '\x1b[A']);
const DOWN = new Set(['\x0e', '\x1b[B']);

export function createTerminal({ channel, pty, behaviour, idleMs, cut, noise }: TerminalOptions): Terminal {
  const keyboard = createKeyboard(channel, idleMs, () => write('\r\nTimeout\r\n'));
  const { session } = keyboard;
  let sent = 0;
  let limit = behaviour.dropAfterBytes ?? Number.POSITIVE_INFINITY;

  async function put(bytes: Buffer): Promise<void> {
    if (session.over || session.silent || bytes.length === 0) return;
    const room = limit - sent;
    const allowed = bytes.subarray(0, Math.max(0, Math.min(room, bytes.length)));
    sent += allowed.length;
    if (allowed.length > 0 && !channel.write(allowed)) await drained();
    if (sent >= limit) {
      // Lets the last bytes be sent before the connection goes silent.
      await pauseOutput(5);
      if (cut()) {
        keyboard.finish();
        return;
      }
      limit = Number.POSITIVE_INFINITY;
      await put(bytes.subarray(allowed.length));
    }
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      channel.once('drain', resolve);
      channel.once('close', resolve);
    });
  }

  let written = Promise.resolve();
  /** One text after another: a debug line must not be written between the bytes of an echo. */
  function write(text: string): Promise<void> {
    written = written.then(() => writeNow(text));
    return written;
  }

  async function writeNow(text: string): Promise<void> {
    const noisy = noise?.(text) ?? text;
    const bytes = Buffer.from(pty ? noisy : noisy.replaceAll('\r', ''), 'utf8');
    const step = behaviour.chunkBytes ?? bytes.length;
    for (let at = 0; at < bytes.length && !session.over && !session.silent; at += step) {
      await put(bytes.subarray(at, at + step));
      if (behaviour.trickleMs !== undefined) await pauseOutput(behaviour.trickleMs);
      else if (behaviour.chunkBytes !== undefined) await new Promise(setImmediate);
    }
  }

  async function line(
    help: LineHelp,
    { history, swallow: dropped = 0, deafMs = 0 }: LineOptions,
  ): Promise<TypedLine | undefined> {
    const deafUntil = performance.now() + deafMs;
    let state = EMPTY_LINE;
    let echo = '';
    let swallow = dropped;
    let recalled = history.length;

    async function flush(): Promise<void> {
      if (pty && echo !== '') await write(echo);
      echo = '';
    }
    function take(edited: { readonly state: typeof state; readonly echo: string }): void {
      state = edited.state;
      echo += edited.echo;
    }

    for (;;) {
      if (keyboard.waiting() === 0) await flush();
      const key = await keyboard.key();
      if (key === undefined) return undefined;
      if (deafMs > 0 && performance.now() < deafUntil) continue;
      if (swallow > 0) {
        swallow -= 1;
      } else if (key === '\n') {
        echo += '\r\r\n';
        await flush();
        return { kind: 'line', text: state.text };
      } else if (key === CTRL_C) {
        await flush();
        if (help.interrupt() === 'closed') return undefined;
        await write('\r\n');
        return { kind: 'left' };
      } else if (key === CTRL_D && state.text === '') {
        await write('^D\b\bexit\r\n');
        return undefined;
      } else if (key === '?') {
        await flush();
        const lines = help.help(state.text.slice(0, state.cursor)).map((each) => `${each}\r\n`);
        await write(`\r\n${lines.join('')}\r\n${help.prompt()}${state.text}`);
        state = { ...state, cursor: state.text.length };
      } else if (key === '\t') {
        const rest = help.complete(state.text.slice(0, state.cursor));
        take(rest === undefined ? { state, echo: '\x07' } : insert(state, rest));
      } else if (key === CTRL_V) {
        take(insert(state, (await keyboard.key()) ?? ''));
      } else if (UP.has(key) || DOWN.has(key)) {
        const next = recalled + (UP.has(key) ? -1 : 1);
        const known = next >= 0 && next <= history.length;
        recalled = known ? next : recalled;
        take(known ? replaceLine(state, history[next] ?? '') : { state, echo: '\x07' });
      } else {
        take(editLine(state, key));
      }
    }
  }

  return {
    key: keyboard.key,
    line,
    write,
    wait: keyboard.wait,
    fallSilent: () => {
      session.silent = true;
    },
  };
}

export function pauseOutput(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

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

/** The bytes of one session: keys in, text out, with the line editing of FortiOS. */
export class Terminal {
  /** `undefined` once the session is over. */
  readonly key: () => Promise<string | undefined>;
  /** Waits while a command prints: `false` if Ctrl-C, `q` or the end of the session interrupted it. */
  readonly wait: (ms: number) => Promise<boolean>;
  readonly #options: TerminalOptions;
  readonly #keyboard: ReturnType<typeof createKeyboard>;
  #sent = 0;
  #limit: number;
  #written = Promise.resolve();

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#limit = options.behaviour.dropAfterBytes ?? Number.POSITIVE_INFINITY;
    this.#keyboard = createKeyboard(options.channel, options.idleMs, () => this.write('\r\nTimeout\r\n'));
    this.key = this.#keyboard.key;
    this.wait = this.#keyboard.wait;
  }

  /** One text after another: a debug line must not be written between the bytes of an echo. */
  write(text: string): Promise<void> {
    this.#written = this.#written.then(() => this.#writeNow(text));
    return this.#written;
  }

  /** Echoes what is typed; the Enter is echoed as CR CR LF. */
  async line(
    help: LineHelp,
    { history, swallow: dropped = 0, deafMs = 0 }: LineOptions,
  ): Promise<TypedLine | undefined> {
    const deafUntil = performance.now() + deafMs;
    let state = EMPTY_LINE;
    let echo = '';
    let swallow = dropped;
    let recalled = history.length;

    const flush = async (): Promise<void> => {
      if (this.#options.pty && echo !== '') await this.write(echo);
      echo = '';
    };
    const take = (edited: { readonly state: typeof state; readonly echo: string }): void => {
      state = edited.state;
      echo += edited.echo;
    };

    for (;;) {
      if (this.#keyboard.waiting() === 0) await flush();
      const key = await this.#keyboard.key();
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
        await this.write('\r\n');
        return { kind: 'left' };
      } else if (key === CTRL_D && state.text === '') {
        await this.write('^D\b\bexit\r\n');
        return undefined;
      } else if (key === '?') {
        await flush();
        const lines = help.help(state.text.slice(0, state.cursor)).map((each) => `${each}\r\n`);
        await this.write(`\r\n${lines.join('')}\r\n${help.prompt()}${state.text}`);
        state = { ...state, cursor: state.text.length };
      } else if (key === '\t') {
        const rest = help.complete(state.text.slice(0, state.cursor));
        take(rest === undefined ? { state, echo: '\x07' } : insert(state, rest));
      } else if (key === CTRL_V) {
        take(insert(state, (await this.#keyboard.key()) ?? ''));
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

  /** Nothing more is written; the session stays open. */
  fallSilent(): void {
    this.#keyboard.session.silent = true;
  }

  async #put(bytes: Buffer): Promise<void> {
    const { session } = this.#keyboard;
    if (session.over || session.silent || bytes.length === 0) return;
    const room = this.#limit - this.#sent;
    const allowed = bytes.subarray(0, Math.max(0, Math.min(room, bytes.length)));
    this.#sent += allowed.length;
    if (allowed.length > 0 && !this.#options.channel.write(allowed)) await this.#drained();
    if (this.#sent >= this.#limit) {
      // Lets the last bytes be sent before the connection goes silent.
      await pauseOutput(5);
      if (this.#options.cut()) {
        this.#keyboard.finish();
        return;
      }
      this.#limit = Number.POSITIVE_INFINITY;
      await this.#put(bytes.subarray(allowed.length));
    }
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#options.channel.once('drain', resolve);
      this.#options.channel.once('close', resolve);
    });
  }

  async #writeNow(text: string): Promise<void> {
    const { noise, pty, behaviour } = this.#options;
    const { session } = this.#keyboard;
    const noisy = noise?.(text) ?? text;
    const bytes = Buffer.from(pty ? noisy : noisy.replaceAll('\r', ''), 'utf8');
    const step = behaviour.chunkBytes ?? bytes.length;
    for (let at = 0; at < bytes.length && !session.over && !session.silent; at += step) {
      await this.#put(bytes.subarray(at, at + step));
      if (behaviour.trickleMs !== undefined) await pauseOutput(behaviour.trickleMs);
      else if (behaviour.chunkBytes !== undefined) await new Promise(setImmediate);
    }
  }
}

export function pauseOutput(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

import { StringDecoder } from 'node:string_decoder';
import type { ServerChannel } from 'ssh2';

/** What the client types, one key at a time; an escape sequence is one key. */
export interface Keyboard {
  /** `undefined` once the session is over. */
  readonly key: () => Promise<string | undefined>;
  /** Keys typed ahead. */
  readonly waiting: () => number;
  readonly wait: (ms: number) => Promise<boolean>;
  readonly finish: () => void;
  readonly session: { over: boolean; silent: boolean };
}

const ESCAPE = '\x1b';
const STOPS = ['\x03', 'q', 'Q'];

export function createKeyboard(
  channel: ServerChannel,
  idleMs: () => number | undefined,
  onIdle: () => Promise<void>,
): Keyboard {
  const decoder = new StringDecoder('utf8');
  const typed: string[] = [];
  const session = { over: false, silent: false };
  let wake: (() => void) | undefined;

  channel.on('data', (bytes: Buffer) => {
    for (const character of decoder.write(bytes)) typed.push(character);
    wake?.();
  });
  function finish(): void {
    session.over = true;
    wake?.();
  }
  channel.on('close', finish);
  channel.on('end', finish);
  channel.on('error', finish);

  /** Resolves when something was typed, the session is over, or the time is over. */
  function something(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function character(): Promise<string | undefined> {
    const idle = idleMs();
    const until = idle === undefined ? Number.POSITIVE_INFINITY : Date.now() + idle;
    while (typed.length === 0 && !session.over) {
      const left = until - Date.now();
      if (left <= 0) {
        await onIdle();
        finish();
        return undefined;
      }
      await something(Number.isFinite(left) ? left : undefined);
    }
    return typed.shift();
  }

  let afterReturn = false;
  /** `\r\n` is one Enter, and so is each of them alone. */
  async function key(): Promise<string | undefined> {
    let next = await character();
    if (next === '\n' && afterReturn) next = await character();
    afterReturn = next === '\r';
    if (next === ESCAPE) return escapeSequence();
    return next === '\r' ? '\n' : next;
  }

  async function escapeSequence(): Promise<string | undefined> {
    const bracket = await character();
    if (bracket !== '[') return bracket === undefined ? undefined : ESCAPE + bracket;
    let sequence = `${ESCAPE}[`;
    for (;;) {
      const next = await character();
      if (next === undefined) return undefined;
      sequence += next;
      if (/[A-Za-z~]/.test(next) || sequence.length > 8) return sequence;
    }
  }

  async function wait(ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    for (;;) {
      const stop = typed.findIndex((each) => STOPS.includes(each));
      if (stop !== -1) typed.splice(0, stop + 1);
      if (stop !== -1 || session.over) return false;
      const left = until - Date.now();
      if (left <= 0) return true;
      await something(Number.isFinite(left) ? left : undefined);
    }
  }

  return { key, wait, finish, session, waiting: () => typed.length };
}

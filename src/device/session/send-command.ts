import { cutMessages, holdsMessage, withoutMessages } from '../../engine/fortios/async-messages.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type Prompt, type PromptMatcher, parsePromptLine } from '../../engine/fortios/prompt.ts';
import { protocolError } from '../device-errors.ts';
import { type Echo, findEcho } from './find-echo.ts';
import { readOutput } from './read-output.ts';
import type { Shell } from './shell.ts';
import { type WireLine, wireText, writeKey, writeLine } from './write-command.ts';

export interface Exchange {
  /** Without echo, prompt and the blank line before it. */
  readonly lines: readonly string[];
  readonly prompt: Prompt;
  /** Set when the CLI asked a `(y/n)` question; it was answered `n`. */
  readonly question?: string;
  /** The end of the output could not be recognised, so that it may contain foreign text. */
  readonly isDoubtful: boolean;
  /**
   * Whether text came after its prompt, before the next echo: the end of this output, or a daemon's. Known only later: of
   * the last command until the session ends.
   */
  readonly hasLateText: () => boolean;
}

type ExchangeResult = Exchange | 'closed';
type Answer = Omit<Exchange, 'hasLateText'>;
/** `dropped`: the device ran nothing of what was typed. `unseen`: it may have run it, and its output is unclear. */
type Miss = 'dropped' | 'unseen';

/** Time to wait for an echo after a prompt was printed instead. */
const ECHO_GRACE_MS = 1_000;
/** Without any echo: this multiple of the slowest echo so far, and at least this long. */
const ECHO_FACTOR = 4;
const MIN_ECHO_MS = 1_500;
const FIRST_ECHO_MS = 750;
/** FortiOS may drop input shortly after a prompt: required silence before each repetition. */
const RETRY_QUIET_MS = [150, 500, 1_200] as const;
export const DROPPED_INPUT_ADVICE =
  'The device may be overloaded. Try again; if it happens each time, look at its CPU with `get system performance status`.';

/** A VDOM is entered only directly after the device listed it: the sender of this line has to list again. */
export class GarbledEdit extends Error {}

/** `show` prints the name of the table first, so that the answer to a part of the command is recognised. */
export function answersTo(text: string, lines: readonly string[]): boolean {
  const header = tableHeader(text);
  return (
    header !== undefined &&
    cutMessages(lines)
      .find((line) => line.trim() !== '')
      ?.trim() === header
  );
}

/** The first line that a `show` prints, with `| grep -f …` behind it too. */
function tableHeader(text: string): string | undefined {
  const path = /^(?:sudo \S+ )?show (?:full-configuration )?([^|]+?)(?: \| .+)?$/.exec(text)?.[1];
  return path && `config ${path}`;
}

const MAX_RUNS = 2;

export function createSendAllowance() {
  let runs = 0;
  let lost = 0;
  return {
    isSpent: () => runs - lost >= MAX_RUNS,
    take() {
      runs += 1;
    },
    /** The device has run nothing of it, or its answer was lost with the connection. */
    giveBack() {
      lost += 1;
    },
    wasRepeated: () => runs - lost > 1,
  };
}

/**
 * How often the device may still run one command: once, and once more if the answer could not be read for any reason.
 * A repetition is not free: it takes time, and a device that prints messages of daemons often has problems.
 */
export type SendAllowance = ReturnType<typeof createSendAllowance>;

export class CommandChannel {
  readonly #shell: Shell;
  readonly #matcher: PromptMatcher;
  #previous: { readonly text: string; isFollowed: boolean } | undefined;
  /** Lines on the screen that belong to the last output. */
  #read = 0;
  #slowestEchoMs = FIRST_ECHO_MS;
  /** Silence before each line is typed. */
  #quietMs = 0;
  #dropped = 0;

  constructor(shell: Shell, matcher: PromptMatcher) {
    this.#shell = shell;
    this.#matcher = matcher;
  }

  async #attempt(line: WireLine, signal: AbortSignal, idleMs: number): Promise<Answer | Miss | 'closed'> {
    const text = wireText(line);
    if (this.#quietMs > 0 && (await this.#quiet(signal, this.#quietMs)) === 'closed') return 'closed';
    this.#noteLate(this.#shell.screen.lines.slice(this.#read));
    this.#shell.screen.drop();
    this.#read = 0;
    const before = this.#shell.screen.received();
    writeLine(this.#shell.channel, line);
    const echo = await this.#awaitEcho(text, before, signal);
    if (echo === 'closed' || echo === 'dropped' || echo === 'unseen') return echo;
    this.#noteLate(this.#shell.screen.lines.slice(0, echo.from));
    const output = await readOutput(this.#shell, this.#matcher, {
      from: echo.at + 1,
      isConfig: /^(?:sudo \S+ )?show /.test(text),
      signal,
      silenceMs: idleMs / 2,
    });
    this.#read = this.#shell.screen.lines.length;
    if (output === 'closed') return output;
    // Foreign text in the echo: the output of the command shows that it was received in full.
    if (!echo.isGarbled || answersTo(text, output.lines)) return output;
    const isForeign = this.#shell.screen.lines.slice(0, echo.at + 1).some(holdsMessage);
    const isRefused = output.lines.length === 0 || classifyOutput(cutMessages(output.lines)) !== undefined;
    return isRefused && !isForeign ? 'dropped' : 'unseen';
  }

  /** Lines that came after the prompt of the last output. */
  #noteLate(lines: readonly string[]): void {
    if (this.#previous && this.#isLate(lines, this.#previous.text)) this.#previous.isFollowed = true;
  }

  async #awaitEcho(text: string, before: number, signal: AbortSignal): Promise<Echo | Miss | 'closed'> {
    const typedAt = performance.now();
    let seen = 0;
    let isEntered = false;
    for (;;) {
      const echo = findEcho(this.#shell.screen.lines, seen, text, this.#matcher.host);
      if (echo) {
        this.#slowestEchoMs = Math.max(this.#slowestEchoMs, performance.now() - typedAt);
        return echo;
      }
      seen = this.#shell.screen.lines.length;
      const isPrompted = seen > 0 && this.#matcher.match(this.#shell.screen.tail()) !== undefined;
      const noEchoMs = Math.max(MIN_ECHO_MS, ECHO_FACTOR * this.#slowestEchoMs);
      const news = await this.#shell.news(signal, isPrompted ? ECHO_GRACE_MS : noEchoMs);
      if (news === 'closed') return 'closed';
      if (news === 'data') continue;
      const isSilent = this.#shell.screen.received() === before;
      const isTyped = !isSilent && withoutMessages(this.#shell.screen.tail()).endsWith(text);
      if (isEntered || !(isTyped || isSilent))
        return this.#inferredEcho(text) ?? (isSilent || this.#hasOutput() ? 'unseen' : 'dropped');
      // Everything except the Enter has arrived; or nothing, and a slow device will answer the line before the Enter.
      isEntered = true;
      writeKey(this.#shell.channel, 'enter');
    }
  }

  /** Foreign text made the echo unreadable, but the output names what it is. */
  #inferredEcho(text: string): Echo | undefined {
    const header = tableHeader(text);
    const first =
      header === undefined ? -1 : this.#shell.screen.lines.findIndex((line) => line.trim() === header);
    return first > 0 ? { at: first - 1, from: first, isGarbled: true } : undefined;
  }

  /** Whether anything but prompts was printed since the line was typed. */
  #hasOutput(): boolean {
    return cutMessages(this.#shell.screen.lines).some(
      (line) => line.trim() !== '' && parsePromptLine(line, this.#matcher.host)?.command !== '',
    );
  }

  /** Waits until nothing has arrived for this long. */
  async #quiet(signal: AbortSignal, ms: number): Promise<'closed' | undefined> {
    for (;;) {
      const news = await this.#shell.news(signal, ms);
      if (news !== 'data') return news === 'closed' ? news : undefined;
    }
  }

  #isLate(lines: readonly string[], text: string): boolean {
    // A repetition of the last line that was answered after all.
    if (lines.some((line) => parsePromptLine(line, this.#matcher.host)?.command === text)) return false;
    return lines.some(
      (line) => withoutMessages(line).trim() !== '' && !parsePromptLine(line, this.#matcher.host),
    );
  }

  /** After the last allowed attempt: the device is at a prompt again, and none of its output is used. */
  async #unread(signal: AbortSignal, idleMs: number): Promise<ExchangeResult> {
    const output = await readOutput(this.#shell, this.#matcher, {
      from: 0,
      isConfig: false,
      signal,
      silenceMs: idleMs / 2,
    });
    if (output === 'closed') return output;
    this.#read = this.#shell.screen.lines.length;
    return { lines: [], prompt: output.prompt, isDoubtful: true, hasLateText: () => false };
  }

  #watched(answer: Answer, text: string): Exchange {
    const sent = { text, isFollowed: false };
    this.#previous = sent;
    return {
      ...answer,
      hasLateText: () => {
        if (this.#previous === sent) this.#noteLate(this.#shell.screen.lines.slice(this.#read));
        return sent.isFollowed;
      },
    };
  }

  /**
   * Sends one line and reads up to the next prompt. One at a time. Rejects with `GarbledEdit` if the device received
   * only a part of an `edit`. `idleMs`: silence after which the caller gives up. When `allowance` is used up, the
   * exchange is doubtful and has no lines.
   */
  async exchange(
    line: WireLine,
    signal: AbortSignal,
    idleMs: number,
    allowance?: SendAllowance,
  ): Promise<ExchangeResult> {
    for (let tries = 0; ; tries += 1) {
      allowance?.take();
      const result = await this.#attempt(line, signal, idleMs);
      if (result === 'closed') return result;
      if (result !== 'dropped' && result !== 'unseen') return this.#watched(result, wireText(line));
      if (result === 'dropped') allowance?.giveBack();
      this.#dropped += 1;
      const retryMs = RETRY_QUIET_MS[tries];
      // Input dropped once, after one command, is no reason to wait before every other one.
      if (retryMs !== undefined && (this.#dropped > 1 || line.kind === 'edit-vdom'))
        this.#quietMs = Math.max(this.#quietMs, retryMs);
      if (line.kind === 'edit-vdom') throw new GarbledEdit('The device took only a part of `edit`.');
      if (allowance?.isSpent()) return await this.#unread(signal, idleMs);
      if (retryMs === undefined) {
        throw protocolError('The device does not echo what is typed, or drops a part of it.', {
          advice: DROPPED_INPUT_ADVICE,
        });
      }
      if ((await this.#quiet(signal, retryMs)) === 'closed') return 'closed';
    }
  }
}

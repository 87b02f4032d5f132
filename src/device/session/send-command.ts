import { cutMessages, holdsMessage, withoutMessages } from '../../engine/fortios/async-messages.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type Prompt, type PromptMatcher, parsePromptLine } from '../../engine/fortios/prompt.ts';
import { protocolError } from '../device-errors.ts';
import { type Echo, findEcho } from './find-echo.ts';
import { readOutput } from './read-output.ts';
import type { SendAllowance } from './send-allowance.ts';
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
  /** Text came after its prompt, before the next echo: the end of this output, or a daemon's. */
  readonly hasLateText: boolean;
}

type ExchangeResult = Exchange | 'closed';
type OwnExchange = Exchange & { hasLateText: boolean };
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

export interface CommandChannel {
  /**
   * Sends one line and reads up to the next prompt. One at a time. Rejects with `GarbledEdit` if the device received
   * only a part of an `edit`. `idleMs`: silence after which the caller gives up. When `allowance` is used up, the
   * exchange is doubtful and has no lines.
   */
  readonly exchange: (
    line: WireLine,
    signal: AbortSignal,
    idleMs: number,
    allowance?: SendAllowance,
  ) => Promise<ExchangeResult>;
}

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

export function createCommandChannel(shell: Shell, matcher: PromptMatcher): CommandChannel {
  const { screen } = shell;
  let previous: { readonly text: string; readonly exchange: OwnExchange } | undefined;
  /** Lines on the screen that belong to the last output. */
  let read = 0;
  let slowestEchoMs = FIRST_ECHO_MS;
  /** Silence before each line is typed. */
  let quietMs = 0;
  let dropped = 0;

  async function attempt(
    line: WireLine,
    signal: AbortSignal,
    idleMs: number,
  ): Promise<OwnExchange | Miss | 'closed'> {
    const text = wireText(line);
    if (quietMs > 0 && (await quiet(signal, quietMs)) === 'closed') return 'closed';
    noteLate(screen.lines.slice(read));
    screen.drop();
    read = 0;
    const before = screen.received();
    writeLine(shell.channel, line);
    const echo = await awaitEcho(text, before, signal);
    if (echo === 'closed' || echo === 'dropped' || echo === 'unseen') return echo;
    noteLate(screen.lines.slice(0, echo.from));
    const output = await readOutput(shell, matcher, {
      from: echo.at + 1,
      isConfig: /^(?:sudo \S+ )?show /.test(text),
      signal,
      silenceMs: idleMs / 2,
    });
    read = screen.lines.length;
    if (output === 'closed') return output;
    // Foreign text in the echo: the output of the command shows that it was received in full.
    if (!echo.isGarbled || answersTo(text, output.lines)) return { ...output, hasLateText: false };
    const isForeign = screen.lines.slice(0, echo.at + 1).some(holdsMessage);
    const isRefused = output.lines.length === 0 || classifyOutput(cutMessages(output.lines)) !== undefined;
    return isRefused && !isForeign ? 'dropped' : 'unseen';
  }

  /** Lines that came after the prompt of the last output. */
  function noteLate(lines: readonly string[]): void {
    if (previous && isLate(lines, previous.text)) previous.exchange.hasLateText = true;
  }

  async function awaitEcho(
    text: string,
    before: number,
    signal: AbortSignal,
  ): Promise<Echo | Miss | 'closed'> {
    const typedAt = performance.now();
    let seen = 0;
    let isEntered = false;
    for (;;) {
      const echo = findEcho(screen.lines, seen, text, matcher.host);
      if (echo) {
        slowestEchoMs = Math.max(slowestEchoMs, performance.now() - typedAt);
        return echo;
      }
      seen = screen.lines.length;
      const isPrompted = seen > 0 && matcher.match(screen.tail()) !== undefined;
      const noEchoMs = Math.max(MIN_ECHO_MS, ECHO_FACTOR * slowestEchoMs);
      const news = await shell.news(signal, isPrompted ? ECHO_GRACE_MS : noEchoMs);
      if (news === 'closed') return 'closed';
      if (news === 'data') continue;
      const isSilent = screen.received() === before;
      const isTyped = !isSilent && withoutMessages(screen.tail()).endsWith(text);
      if (isEntered || !(isTyped || isSilent))
        return inferredEcho(text) ?? (isSilent || hasOutput() ? 'unseen' : 'dropped');
      // Everything except the Enter has arrived; or nothing, and a slow device will answer the line before the Enter.
      isEntered = true;
      writeKey(shell.channel, 'enter');
    }
  }

  /** Foreign text made the echo unreadable, but the output names what it is. */
  function inferredEcho(text: string): Echo | undefined {
    const header = tableHeader(text);
    const first = header === undefined ? -1 : screen.lines.findIndex((line) => line.trim() === header);
    return first > 0 ? { at: first - 1, from: first, isGarbled: true } : undefined;
  }

  /** Whether anything but prompts was printed since the line was typed. */
  function hasOutput(): boolean {
    return cutMessages(screen.lines).some(
      (line) => line.trim() !== '' && parsePromptLine(line, matcher.host)?.command !== '',
    );
  }

  /** Waits until nothing has arrived for this long. */
  async function quiet(signal: AbortSignal, ms: number): Promise<'closed' | undefined> {
    for (;;) {
      const news = await shell.news(signal, ms);
      if (news !== 'data') return news === 'closed' ? news : undefined;
    }
  }

  function isLate(lines: readonly string[], text: string): boolean {
    // A repetition of the last line that was answered after all.
    if (lines.some((line) => parsePromptLine(line, matcher.host)?.command === text)) return false;
    return lines.some((line) => withoutMessages(line).trim() !== '' && !parsePromptLine(line, matcher.host));
  }

  /** After the last allowed attempt: the device is at a prompt again, and none of its output is used. */
  async function unread(signal: AbortSignal, idleMs: number): Promise<OwnExchange | 'closed'> {
    const output = await readOutput(shell, matcher, {
      from: 0,
      isConfig: false,
      signal,
      silenceMs: idleMs / 2,
    });
    if (output === 'closed') return output;
    read = screen.lines.length;
    return { lines: [], prompt: output.prompt, isDoubtful: true, hasLateText: false };
  }

  /** Text may also have arrived since: no further line follows the last command of a check to show it. */
  function watched(exchange: OwnExchange): OwnExchange {
    let isLateKnown = exchange.hasLateText;
    return {
      ...exchange,
      get hasLateText() {
        const isLast = previous?.exchange === this;
        return isLateKnown || (isLast && isLate(screen.lines.slice(read), previous?.text ?? ''));
      },
      set hasLateText(value) {
        isLateKnown = value;
      },
    };
  }

  return {
    async exchange(line, signal, idleMs, allowance) {
      for (let tries = 0; ; tries += 1) {
        allowance?.take();
        const result = await attempt(line, signal, idleMs);
        if (result === 'closed') return result;
        if (result !== 'dropped' && result !== 'unseen') {
          const exchange = watched(result);
          previous = { text: wireText(line), exchange };
          return exchange;
        }
        if (result === 'dropped') allowance?.giveBack();
        dropped += 1;
        const retryMs = RETRY_QUIET_MS[tries];
        // Input dropped once, after one command, is no reason to wait before every other one.
        if (retryMs !== undefined && (dropped > 1 || line.kind === 'edit-vdom'))
          quietMs = Math.max(quietMs, retryMs);
        if (line.kind === 'edit-vdom') throw new GarbledEdit('The device took only a part of `edit`.');
        if (allowance?.isSpent()) return await unread(signal, idleMs);
        if (retryMs === undefined) {
          throw protocolError('The device does not echo what is typed, or drops a part of it.', {
            advice: DROPPED_INPUT_ADVICE,
          });
        }
        if ((await quiet(signal, retryMs)) === 'closed') return 'closed';
      }
    },
  };
}

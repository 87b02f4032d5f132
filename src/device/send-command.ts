import { type Prompt, type PromptMatcher, parsePromptLine } from '../fortios/prompt.ts';
import { protocolError } from './device-errors.ts';
import { atPager, type OutputBuffer } from './output-buffer.ts';
import type { Shell } from './shell.ts';
import { type WireLine, wireText, writeKey, writeLine } from './write-command.ts';

export interface Exchange {
  /** Without echo, prompt and the blank line before it. Grows if the device turns out to have had more to say. */
  readonly lines: string[];
  readonly prompt: Prompt;
  /** Set when the CLI asked a `(y/n)` question; it was answered `n`. */
  readonly question?: string;
}

type ExchangeResult = Exchange | 'closed';

/** A chunk border may fall right after something that reads like a prompt: look again after this long. */
const SETTLE_MS = 50;
/** The same where it is doubtful: inside an open quote, which may hold a pasted transcript with prompts. */
const DOUBTFUL_SETTLE_MS = 1_000;
/** How long to wait for an echo once a prompt stands where the echo should be. */
const ECHO_GRACE_MS = 1_000;
const QUESTION = /\((?:y\/n|yes\/no)\)\s{0,2}$/i;

export interface CommandChannel {
  /** Sends one line and reads up to the next prompt. One at a time. */
  readonly exchange: (line: WireLine, signal: AbortSignal) => Promise<ExchangeResult>;
}

export function createCommandChannel(shell: Shell, matcher: PromptMatcher): CommandChannel {
  let previous: Exchange | undefined;

  async function attempt(line: WireLine, signal: AbortSignal): Promise<ExchangeResult | 'eaten'> {
    shell.screen.drop();
    writeLine(shell.channel, line);
    const echo = await awaitEcho(shell, matcher, wireText(line), signal);
    if (echo === 'closed') return 'closed';
    // A prompt taken for the end too early: what came after it still belongs to the command before.
    const late = shell.screen.lines.slice(0, echo.at);
    previous?.lines.push(...late.filter((text) => text !== '' && !matcher.match(text)));
    const rest = await readToPrompt(shell, matcher, echo.at + 1, wireText(line).startsWith('show'), signal);
    return echo.eaten && rest !== 'closed' ? 'eaten' : rest;
  }

  return {
    async exchange(line, signal) {
      let result = await attempt(line, signal);
      // FortiOS may swallow the first character typed after `get system status`.
      // A VDOM is entered only right after the device listed it: who sent the line lists again.
      if (result === 'eaten' && line.kind === 'edit-vdom') throw protocolError('The device garbled `edit`.');
      if (result === 'eaten') result = await attempt(line, signal);
      if (result === 'eaten') throw protocolError('The device garbles the input of its session.');
      if (result !== 'closed') previous = result;
      return result;
    },
  };
}

interface Echo {
  /** Index of the echo among the lines of the screen. */
  readonly at: number;
  readonly eaten: boolean;
}

async function awaitEcho(
  shell: Shell,
  matcher: PromptMatcher,
  text: string,
  signal: AbortSignal,
): Promise<Echo | 'closed'> {
  let seen = 0;
  let prompted = false;
  for (;;) {
    const { lines } = shell.screen;
    for (; seen < lines.length; seen += 1) {
      const typed = typedText(lines[seen] ?? '', matcher.host);
      if (typed === text) return { at: seen, eaten: false };
      if (typed === text.slice(1)) return { at: seen, eaten: true };
    }
    if (prompted) throw protocolError('The device does not echo the input of its session.');
    const waitsForEcho = seen > 0 && matcher.match(shell.screen.tail()) !== undefined;
    const news = await shell.news(signal, waitsForEcho ? ECHO_GRACE_MS : undefined);
    if (news === 'closed') return 'closed';
    prompted = news === 'idle';
  }
}

async function readToPrompt(
  shell: Shell,
  matcher: PromptMatcher,
  from: number,
  quoted: boolean,
  signal: AbortSignal,
): Promise<ExchangeResult> {
  const { screen, channel } = shell;
  const quotes = quoted ? createQuoteTracker() : undefined;
  let question: string | undefined;
  let counted = from;
  let answeredAt = -1;
  let idle = false;
  for (;;) {
    for (; counted < screen.lines.length; counted += 1) quotes?.line(screen.lines[counted] ?? '');
    const prompt = matcher.match(answeredAt === -1 ? screen.tail() : withoutEchoedKeys(screen.tail()));
    const buried = prompt ? undefined : buriedPrompt(screen, matcher, from);
    const open = buried !== undefined || (quotes?.open() ?? false);
    if ((prompt && !open && isCertain(screen.lines, from, prompt)) || (idle && (prompt ?? buried))) {
      const lines = withoutBlankEnd(screen.lines.slice(from, buried ? -1 : undefined));
      const ended = prompt ?? buried;
      if (ended) return { lines, prompt: ended, question };
    }
    const unanswered = screen.received() !== answeredAt;
    const asks = unanswered && QUESTION.test(screen.tail());
    if (asks && idle) {
      question = screen.tail().trim();
      answeredAt = screen.received();
      writeKey(channel, 'decline');
    }
    if (unanswered && atPager(screen)) {
      answeredAt = screen.received();
      writeKey(channel, 'next-page');
    }
    const news = await shell.news(signal, settleTime(prompt ?? buried, open, asks && !idle));
    if (news === 'closed') return 'closed';
    idle = news === 'idle';
  }
}

function settleTime(prompt: Prompt | undefined, doubtful: boolean, asks: boolean): number | undefined {
  if (prompt) return doubtful ? DOUBTFUL_SETTLE_MS : SETTLE_MS;
  return asks ? SETTLE_MS : undefined;
}

/** A daemon's message right after the prompt pushes it into a finished line, and no second prompt comes. */
function buriedPrompt(screen: OutputBuffer, matcher: PromptMatcher, from: number): Prompt | undefined {
  if (screen.tail() !== '' || screen.lines.length <= from) return undefined;
  return matcher.match(screen.lines.at(-1) ?? '');
}

/**
 * FortiOS prints an empty line before every prompt but the one after `edit <vdom>`: with either in sight there
 * is nothing to wait for.
 */
function isCertain(lines: readonly string[], from: number, prompt: Prompt): boolean {
  const last = lines.length > from ? lines.at(-1) : undefined;
  return last === '' || (prompt.context !== undefined && last?.startsWith('current vf=') === true);
}

/** A space for a pager that was none is echoed behind the prompt. */
function withoutEchoedKeys(tail: string): string {
  return `${tail.trimEnd()} `;
}

/** What was typed, whether or not the prompt is still in front of it. */
function typedText(line: string, host: string): string {
  return (parsePromptLine(line, host)?.command ?? line).trim();
}

function withoutBlankEnd(lines: string[]): string[] {
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines;
}

/** Whether a double quote is open after the lines so far; a backslash takes the next character's meaning. */
function createQuoteTracker(): { line: (text: string) => void; open: () => boolean } {
  let open = false;
  return {
    line(text) {
      for (let i = 0; i < text.length; i += 1) {
        if (text[i] === '\\') i += 1;
        else if (text[i] === '"') open = !open;
      }
    },
    open: () => open,
  };
}

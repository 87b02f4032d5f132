import { type Prompt, type PromptMatcher, parsePromptLine } from '../../engine/fortios/prompt.ts';
import {
  type FoundPrompt,
  findPrompt,
  findRenamedPrompt,
  looksLikePrompt,
  promptRemains,
} from './find-prompt.ts';
import { atPager, type OutputBuffer } from './output-buffer.ts';
import type { Shell } from './shell.ts';
import { writeKey } from './write-command.ts';

export interface Output {
  readonly lines: string[];
  readonly prompt: Prompt;
  /** Set when the CLI asked a `(y/n)` question; it was answered `n`. */
  readonly question?: string;
  /** The prompt could not be read, and Enter was sent to get another: the output may hold parts of the first. */
  readonly isDoubtful: boolean;
}

export interface ReadOptions {
  /** Index of the first line behind the echo. */
  readonly from: number;
  /** The output is configuration, whose quotes may hold anything. */
  readonly isConfig: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds of silence after which a new prompt is requested, whatever the last line is. */
  readonly silenceMs: number;
}

/** A chunk border may come directly after text that looks like a prompt: wait this long before deciding. */
const SETTLE_MS = 50;
/** The same in a doubtful case: inside an open quote, which may hold a pasted transcript with prompts. */
const DOUBTFUL_SETTLE_MS = 1_000;
/** Messages are in or after the prompt, and more may come. */
const INTERRUPTED_SETTLE_MS = 200;
/** After this much silence following an unreadable prompt, Enter requests another. */
const PROBE_MS = 1_000;
const MAX_PROBES = 3;
/** While the device answers Enter with prompts that cannot be read. */
const MAX_ANSWERED_PROBES = 8;
const QUESTION = /\((?:y\/n|yes\/no)\)\s{0,2}$/i;
/** Possible questions get no Enter, which could answer them. */
const MAYBE_QUESTION = /[?:)\]>]\s{0,3}$/;

export async function readOutput(
  shell: Shell,
  matcher: PromptMatcher,
  { from, isConfig, signal, silenceMs }: ReadOptions,
): Promise<Output | 'closed'> {
  const { screen, channel } = shell;
  const quotes = isConfig ? createQuoteTracker() : undefined;
  let question: string | undefined;
  let counted = from;
  let answeredAt = -1;
  let probes = 0;
  let silent = 0;
  let probedAt = 0;
  /** Other names in the prompts before a probe, with their scopes. */
  const renamed = new Set<string>();

  function probe(): void {
    probes += 1;
    silent = 0;
    answeredAt = -1;
    probedAt = screen.received();
    writeKey(channel, 'enter');
  }

  for (;;) {
    for (; counted < screen.lines.length; counted += 1) quotes?.line(screen.lines[counted] ?? '');
    const found = findPrompt(answeredAt === -1 ? screen : withoutEchoedKeys(screen), matcher, from);
    const isOpen = quotes?.open() ?? false;
    const settleMs = found && settleTime(found, isOpen, screen, from);
    if (found && settleMs !== undefined && silent >= settleMs) {
      const output = screen.lines.slice(from, found.lines > 0 ? -found.lines : undefined);
      const end = probes > 0 ? promptRemains(output, 0, matcher) : undefined;
      return {
        lines: withoutBlankEnds(output.slice(0, end)),
        prompt: found.prompt,
        question,
        isDoubtful: probes > 0 && end === undefined,
      };
    }
    const isUnanswered = screen.received() !== answeredAt;
    const asks = isUnanswered && QUESTION.test(screen.tail());
    if (asks && silent > 0) {
      question = screen.tail().trim();
      answeredAt = screen.received();
      writeKey(channel, 'decline');
    }
    if (isUnanswered && atPager(screen)) {
      answeredAt = screen.received();
      writeKey(channel, 'next-page');
    }
    const isReadable = found !== undefined || asks;
    const probeMs = looksLikePrompt(screen, matcher, from) ? Math.min(PROBE_MS, silenceMs) : silenceMs;
    const other = isReadable ? undefined : findRenamedPrompt(screen, matcher, from);
    const isAnswered = screen.received() > probedAt;
    // The same unknown prompt before and after Enter: the device has another name now.
    const isConfirmed = other !== undefined && isAnswered && renamed.has(promptName(other));
    if (isConfirmed && silent > 0) {
      matcher.rename(other.host);
      continue;
    }
    const maxProbes = isAnswered ? MAX_ANSWERED_PROBES : MAX_PROBES;
    if (!isReadable && silent >= probeMs && probes < maxProbes && mayProbe(screen, matcher)) {
      if (other) renamed.add(promptName(other));
      probe();
    }
    const wait = settleMs ?? (asks || isConfirmed ? SETTLE_MS : probeMs);
    const news = await shell.news(signal, wait);
    if (news === 'closed') return 'closed';
    silent = news === 'idle' ? silent + wait : 0;
  }
}

function promptName({ host, context }: Prompt): string {
  return `${host} ${context ?? ''}`;
}

/** Never at a question, and never within a line that could be one. */
function mayProbe(screen: OutputBuffer, matcher: PromptMatcher): boolean {
  const tail = screen.tail();
  const isAtPrompt = /[#$] $/.test(tail) || parsePromptLine(tail, matcher.host) !== undefined;
  return !atPager(screen) && (isAtPrompt || !MAYBE_QUESTION.test(tail));
}

/** Silence in milliseconds after which a prompt counts. */
function settleTime(found: FoundPrompt, isOpen: boolean, screen: OutputBuffer, from: number): number {
  if (isOpen) return DOUBTFUL_SETTLE_MS;
  if (found.lines > 0) return INTERRUPTED_SETTLE_MS;
  // FortiOS prints an empty line before every prompt except the one after `edit <vdom>`: if either is visible there is
  // nothing to wait for.
  const last = screen.lines.length > from ? screen.lines.at(-1) : undefined;
  const isAfterEdit = found.prompt.context !== undefined && last?.startsWith('current vf=');
  return last === '' || isAfterEdit ? 0 : SETTLE_MS;
}

/** A space for a pager that was none is echoed after the prompt. */
function withoutEchoedKeys(screen: OutputBuffer): OutputBuffer {
  return { ...screen, tail: () => `${screen.tail().trimEnd()} ` };
}

export function withoutBlankEnds(lines: string[]): string[] {
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines;
}

/** Whether a double quote is open after the lines so far; a backslash escapes the next character. */
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

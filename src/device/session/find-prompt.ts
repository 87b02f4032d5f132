import { joinAroundMessages, withoutMessages } from '../../engine/fortios/async-messages.ts';
import {
  learnPrompt,
  type Prompt,
  type PromptMatcher,
  parsePromptLine,
} from '../../engine/fortios/prompt.ts';
import type { OutputBuffer } from './output-buffer.ts';

export interface FoundPrompt {
  readonly prompt: Prompt;
  /** Finished lines at the end that hold the prompt, or messages in and after it, and no output. */
  readonly lines: number;
}

/** Number of messages allowed in and after one prompt. */
const MAX_LINES = 12;

/** The prompt at the end, also with known messages in it or after it. `from`: first line of the output. */
export function findPrompt(
  screen: OutputBuffer,
  matcher: Pick<PromptMatcher, 'match'> & { readonly host?: string },
  from: number,
): FoundPrompt | undefined {
  const tail = screen.tail();
  const direct = matcher.match(withoutMessages(tail));
  if (direct) return { prompt: direct, lines: 0 };
  const last = screen.lines.slice(Math.max(from, screen.lines.length - MAX_LINES));
  const joined = [...joinAroundMessages([...last, tail])];
  // A message after the prompt is followed by nothing, or by the line ends of further messages.
  while (joined.length > 1 && joined.at(-1)?.text === '') joined.pop();
  const end = joined.at(-1);
  if (!end) return undefined;
  const prompt = matcher.match(end.text);
  if (prompt) return { prompt, lines: last.length - end.from };
  // There were messages between the output and the prompt too, so that both are one line here.
  const at = matcher.host === undefined ? -1 : end.text.lastIndexOf(matcher.host);
  const behind = at > 0 ? matcher.match(end.text.slice(at)) : undefined;
  const lines = behind && countLines([...last.slice(end.from), tail], end.text.length - at);
  return behind && lines !== undefined ? { prompt: behind, lines } : undefined;
}

/**
 * Number of lines before the last that hold the last `length` characters, without messages; none if they begin within
 * a line.
 */
function countLines(lines: readonly string[], characters: number): number | undefined {
  let length = 0;
  for (let count = 0; count < lines.length; count += 1) {
    length += withoutMessages(lines.at(-1 - count) ?? '').length;
    if (length >= characters) return length === characters ? count : undefined;
  }
  return undefined;
}

/** Whether the end looks like a prompt, or a part of one, that foreign text made unreadable. */
export function looksLikePrompt(screen: OutputBuffer, matcher: PromptMatcher, from: number): boolean {
  const last = [...screen.lines.slice(Math.max(from, screen.lines.length - 4)), screen.tail()];
  const joined = joinAroundMessages(last).findLast(({ text }) => text !== '');
  return /[#$] $/.test(joined?.text ?? '') || last.some((line) => line.includes(matcher.host));
}

/** Number of the first of the last lines where an unreadable prompt begins, if one does. */
export function promptRemains(
  lines: readonly string[],
  from: number,
  matcher: PromptMatcher,
): number | undefined {
  for (let at = lines.length - 1; at >= Math.max(from, lines.length - MAX_LINES); at -= 1) {
    if (parsePromptLine(lines[at] ?? '', matcher.host)) return at;
  }
  return undefined;
}

/** A prompt with a different name than the session's; a second such prompt has to confirm it. */
export function findRenamedPrompt(
  screen: OutputBuffer,
  matcher: PromptMatcher,
  from: number,
): Prompt | undefined {
  const prompt = findPrompt(screen, { match: learnPrompt }, from)?.prompt;
  return prompt && prompt.host !== matcher.host ? prompt : undefined;
}

import { holdsMessage, joinAroundMessages, withoutMessages } from '../../engine/fortios/async-messages.ts';
import { learnPrompt, type Prompt, textBehindPrompt } from '../../engine/fortios/prompt.ts';
import { SIGN_IN_QUESTIONS, type SignInQuestion } from '../sign-in-questions.ts';
import { findEcho } from './find-echo.ts';
import { findPrompt } from './find-prompt.ts';
import type { OutputBuffer } from './output-buffer.ts';

/** What happened before the first prompt. Positions are numbers of characters received. */
export interface FirstPromptState {
  /** Since the last output or key. */
  readonly idleMs: number;
  readonly bannerAcceptedAt?: number;
  /** Enters sent to request another prompt. */
  readonly probes: number;
  readonly probedAt?: number;
  /** First line after the prompt that was there before the last probe. */
  readonly from: number;
  readonly namesBeforeProbe: readonly string[];
}

/** What the device shows before the first prompt. */
export interface FirstPromptScreen {
  readonly isEmpty: boolean;
  /** Only a person may answer it. */
  readonly question?: SignInQuestion | undefined;
  /** The banner that waits for its key. */
  readonly isBanner: boolean;
  /** The prompt to take, if nothing follows it. */
  readonly prompt?: Prompt | undefined;
  /** Readings of the last line, right or wrong. */
  readonly prompts: readonly Prompt[];
  /** Lines with text precede the last one. */
  readonly hasTextBefore: boolean;
  /** A message next to the prompt may have cut it in two. */
  readonly isInterrupted: boolean;
  /** A prompt, or its end, with other text around it. */
  readonly holdsPrompt: boolean;
  /** The last line may be a prompt of another product. */
  readonly isForeignPrompt: boolean;
  /** The last line may be a question. */
  readonly maybeQuestion: boolean;
}

/** The limit of probes while messages are next to each prompt; then a prompt is taken as it is. */
export const MAX_INTERRUPTED_PROBES = 6;
/** A garbled banner is recognised after this silence. */
const BANNER_SETTLE_MS = 1_500;
/** The end of a prompt whose name is in a previous line. */
const PROMPT_END = /^[^\w]{0,2} ?[#$] $/;
/** Text that may be a question gets no Enter. */
const MAYBE_QUESTION = /[:?]\s{0,3}$/;
const ACCEPT_TEXT = "(Press 'a' to accept):";
const ACCEPT_BANNER = /\(Press 'a' to accept\):\s{0,3}$/;
const FOREIGN_PROMPT = /^(?:\([A-Z]\) )?[^\s]{0,60}(?: [^\s]{1,40})? ?[#$>%] ?$/;

export function readFirstPromptScreen(screen: OutputBuffer, state: FirstPromptState): FirstPromptScreen {
  const tail = withoutMessages(screen.tail());
  const isAnswered = screen.received() !== state.probedAt;
  const from = isAnswered ? state.from : 0;
  const prompts = readPrompts(screen, from);
  const isInterrupted = isNearMessage(screen, from) && screen.lines.length > 0;
  // Of two consecutive prompts one is complete.
  const repeated = isAnswered
    ? prompts.findLast(({ host }) => state.namesBeforeProbe.includes(host))
    : undefined;
  const isDoubtful = isInterrupted && state.probes < MAX_INTERRUPTED_PROBES;
  return {
    isEmpty: screen.received() === 0,
    question: findQuestion(screen),
    isBanner: isBanner(screen, state),
    prompt: isDoubtful ? repeated : (prompts[0] ?? promptAbove(screen, state.probes)),
    prompts,
    hasTextBefore: screen.lines.some((line) => line !== ''),
    isInterrupted,
    holdsPrompt: holdsPrompt(screen) || PROMPT_END.test(tail),
    isForeignPrompt: FOREIGN_PROMPT.test(tail),
    maybeQuestion: MAYBE_QUESTION.test(tail),
  };
}

function findQuestion(screen: OutputBuffer): SignInQuestion | undefined {
  const shown = joinAroundMessages([...screen.lines.slice(-40), screen.tail()])
    .map(({ text }) => text)
    .join('\n');
  return SIGN_IN_QUESTIONS.find(([asked]) => asked.test(shown));
}

/** Messages in and after the banner's question push it into finished lines, and it still waits for its key. */
function isBanner(screen: OutputBuffer, { idleMs, bannerAcceptedAt }: FirstPromptState): boolean {
  if (screen.received() === bannerAcceptedAt) return false;
  // After the key the first line is the rest of the one that was accepted.
  const first = bannerAcceptedAt === undefined ? 0 : 1;
  const last = [...screen.lines.slice(first).slice(-8), screen.tail()];
  const shown = joinAroundMessages(last).findLast(({ text }) => text.trim() !== '');
  if (shown && ACCEPT_BANNER.test(shown.text)) return true;
  return idleMs >= BANNER_SETTLE_MS && findEcho(last, 0, ACCEPT_TEXT, '')?.isGarbled === false;
}

/** The prompt at the end as printed, and joined with the part that a message may have split from it. */
function readPrompts(screen: OutputBuffer, from: number): readonly Prompt[] {
  const tail = screen.tail();
  const joined = joinAroundMessages([...screen.lines.slice(from).slice(-12), tail]).at(-1)?.text ?? '';
  return [withoutMessages(tail), joined].flatMap((text) => learnPrompt(text) ?? []);
}

/** A prompt that messages push into a finished line even after Enter. */
function promptAbove(screen: OutputBuffer, probes: number): Prompt | undefined {
  return probes > 0 ? findPrompt(screen, { match: learnPrompt }, 0)?.prompt : undefined;
}

function isNearMessage(screen: OutputBuffer, from: number): boolean {
  return [...screen.lines.slice(from).slice(-3), screen.tail()].some(holdsMessage);
}

/** A prompt with other text after it, which pushed it into a finished line or continues. */
function holdsPrompt(screen: OutputBuffer): boolean {
  return [...screen.lines.slice(-6), screen.tail()].some((line) => textBehindPrompt(line) !== undefined);
}

import { holdsMessage, joinAroundMessages, withoutMessages } from '../../engine/fortios/async-messages.ts';
import { learnPrompt, type Prompt, textBehindPrompt } from '../../engine/fortios/prompt.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { notFortigate, sessionLost } from '../device-errors.ts';
import { questionError, SIGN_IN_QUESTIONS, type SignInQuestion } from '../sign-in-questions.ts';
import { findEcho } from './find-echo.ts';
import { findPrompt } from './find-prompt.ts';
import type { OutputBuffer } from './output-buffer.ts';
import type { Shell } from './shell.ts';
import { writeKey } from './write-command.ts';

/**
 * From the opened shell to the first prompt. Answers nothing except the post-login banner, with a bare `a`: with
 * Enter after it, each later answer would be read one prompt late. Enter alone is sent only if messages of daemons
 * made a prompt unreadable.
 */
export async function awaitFirstPrompt(
  shell: Shell,
  device: SshEndpoint,
  signal: AbortSignal,
): Promise<Prompt> {
  try {
    return await readUntilPrompt(shell, device, signal);
  } catch (error) {
    const isLate = error instanceof FtmError && error.code === 'ftm_device_timeout';
    throw isLate && shell.screen.received() > 0 ? noPrompt(device, shell.screen, error) : error;
  }
}

async function readUntilPrompt(shell: Shell, device: SshEndpoint, signal: AbortSignal): Promise<Prompt> {
  let state: FirstPromptState = { idleMs: 0, probes: 0, from: 0, namesBeforeProbe: [] };
  for (;;) {
    const screen = readFirstPromptScreen(shell.screen, state);
    const step = nextFirstPromptStep(screen, state);
    switch (step.kind) {
      case 'question':
        throw questionError(device, step.question);
      case 'prompt':
        return step.prompt;
      case 'foreign':
        throw notFortigate(device);
      case 'accept-banner':
        state = acceptBanner(shell, state);
        break;
      case 'probe':
        state = sendProbe(shell, state, screen);
        break;
      case 'wait': {
        const news = await shell.news(signal, step.idleMs);
        if (news === 'closed') throw screen.prompt ? sessionLost(device) : refusedShell(device, shell.screen);
        state = { ...state, idleMs: news === 'idle' ? state.idleMs + (step.idleMs ?? 0) : 0 };
      }
    }
  }
}

function acceptBanner({ screen, channel }: Shell, state: FirstPromptState): FirstPromptState {
  screen.drop();
  const accepted = { ...state, idleMs: 0, from: 0, bannerAcceptedAt: screen.received() };
  writeKey(channel, 'accept-banner');
  return accepted;
}

function sendProbe(
  { screen, channel }: Shell,
  state: FirstPromptState,
  { prompts }: FirstPromptScreen,
): FirstPromptState {
  const probed = {
    ...state,
    idleMs: 0,
    from: screen.lines.length + 1,
    probes: state.probes + 1,
    probedAt: screen.received(),
    namesBeforeProbe: [...state.namesBeforeProbe, ...prompts.map(({ host }) => host)],
  };
  writeKey(channel, 'enter');
  return probed;
}

/** The text itself is not part of the error: it is not redacted. */
function noPrompt(device: SshEndpoint, screen: OutputBuffer, cause: FtmError): FtmError {
  const lines =
    screen.lines.filter((line) => line.trim() !== '').length + (screen.tail().trim() === '' ? 0 : 1);
  const [looks, advice] = describeScreen(screen);
  return new FtmError(
    'ftm_device_timeout',
    `${device.alias} sent ${screen.received()} characters in ${lines} ${lines === 1 ? 'line' : 'lines'}, but no FortiOS ` +
      `prompt within ${device.timeouts.connect / 1000} s. ${looks}`,
    { advice, retryable: true, cause },
  );
}

const BY_HAND = 'Sign in by hand with this account to see what it shows.';
const IF_SLOW = `${BY_HAND} A slow device can be given a larger \`timeouts.connect\`.`;

function describeScreen(screen: OutputBuffer): readonly [looks: string, advice: string] {
  const last = (screen.tail().trim() || screen.lines.findLast((line) => line.trim() !== '')?.trim()) ?? '';
  if (last === '') return ['Only empty lines came.', IF_SLOW];
  if (/\p{C}/u.test(last))
    return [
      'The last line holds control characters.',
      `${BY_HAND} A menu or another product may answer there.`,
    ];
  if (/[:?]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a question.`, `${BY_HAND} Nothing was answered.`];
  if (/[#$>%]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a prompt of another product.`, BY_HAND];
  return ['The last line looks like a banner.', IF_SLOW];
}

/** A complete line was printed before the close. Its text is not part of the error: it is not redacted. */
function refusedShell(device: SshEndpoint, { lines }: OutputBuffer): FtmError {
  if (lines.every((line) => line.trim() === '')) return sessionLost(device);
  return new FtmError('ftm_device_dialogue', `${device.alias} closed the session before the first prompt.`, {
    advice: BY_HAND,
    retryable: true,
  });
}

type FirstPromptStep =
  | { readonly kind: 'question'; readonly question: SignInQuestion }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'accept-banner' }
  /** Enter, for another prompt. */
  | { readonly kind: 'probe' }
  /** Another product answers. */
  | { readonly kind: 'foreign' }
  /** For output, or until nothing came for `idleMs`. */
  | { readonly kind: 'wait'; readonly idleMs?: number };

/** A banner may end with something like a prompt: a prompt is accepted only after a silence. */
const SETTLE_MS = 50;
/** The same if nothing was printed before it, as on most devices. */
const SETTLE_ALONE_MS = 10;
/** Prompts of other products are recognised by waiting: a slow FortiGate may still be in the middle of a line. */
const FOREIGN_SETTLE_MS = 1_500;
/** The prompt is next to messages, and more may come. */
const INTERRUPTED_SETTLE_MS = 200;
/** After text without a prompt: unknown messages may have made it unreadable. */
const SILENCE_MS = 3_000;
const MAX_PROBES = 2;

function nextFirstPromptStep(screen: FirstPromptScreen, state: FirstPromptState): FirstPromptStep {
  const { question, prompt } = screen;
  if (question) return { kind: 'question', question };
  const settleMs = screen.hasTextBefore ? SETTLE_MS : SETTLE_ALONE_MS;
  if (prompt && state.idleMs >= settleMs) return { kind: 'prompt', prompt };
  if (screen.isBanner) return { kind: 'accept-banner' };
  if (prompt) return { kind: 'wait', idleMs: settleMs };
  if (isUnreadablePrompt(screen, state)) return afterUnreadablePrompt(screen, state);
  if (screen.isInterrupted) return { kind: 'wait', idleMs: INTERRUPTED_SETTLE_MS };
  return screen.isEmpty ? { kind: 'wait' } : { kind: 'wait', idleMs: FOREIGN_SETTLE_MS };
}

/** The last text, after a silence, may be a prompt that messages made unreadable, or that of another product. */
function isUnreadablePrompt(screen: FirstPromptScreen, { idleMs }: FirstPromptState): boolean {
  const { isInterrupted, holdsPrompt, isForeignPrompt } = screen;
  const isSilent = idleMs >= SILENCE_MS && !screen.isEmpty;
  const mayBePrompt = isInterrupted || holdsPrompt || isForeignPrompt || isSilent;
  const settleMs = holdsPrompt && isInterrupted ? INTERRUPTED_SETTLE_MS : FOREIGN_SETTLE_MS;
  return mayBePrompt && !screen.maybeQuestion && idleMs >= settleMs;
}

function afterUnreadablePrompt(screen: FirstPromptScreen, { probes }: FirstPromptState): FirstPromptStep {
  const { isInterrupted, holdsPrompt, isForeignPrompt } = screen;
  const maxProbes = isInterrupted ? MAX_INTERRUPTED_PROBES : MAX_PROBES;
  // Without a sign of messages it is the other product's own.
  if (isForeignPrompt && !isInterrupted && !holdsPrompt) return { kind: 'foreign' };
  if (probes < maxProbes) return { kind: 'probe' };
  return isForeignPrompt ? { kind: 'foreign' } : { kind: 'wait' };
}

/** What happened before the first prompt. Positions are numbers of characters received. */
interface FirstPromptState {
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
interface FirstPromptScreen {
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
const MAX_INTERRUPTED_PROBES = 6;
/** A garbled banner is recognised after this silence. */
const BANNER_SETTLE_MS = 1_500;
/** The end of a prompt whose name is in a previous line. */
const PROMPT_END = /^[^\w]{0,2} ?[#$] $/;
/** Text that may be a question gets no Enter. */
const MAYBE_QUESTION = /[:?]\s{0,3}$/;
const ACCEPT_TEXT = "(Press 'a' to accept):";
const ACCEPT_BANNER = /\(Press 'a' to accept\):\s{0,3}$/;
const FOREIGN_PROMPT = /^(?:\([A-Z]\) )?[^\s]{0,60}(?: [^\s]{1,40})? ?[#$>%] ?$/;

function readFirstPromptScreen(screen: OutputBuffer, state: FirstPromptState): FirstPromptScreen {
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

import type { SshEndpoint } from '../../config/inventory-types.ts';
import { holdsMessage, joinAroundMessages, withoutMessages } from '../../fortios/async-messages.ts';
import { beginsWithPrompt, learnPrompt, type Prompt } from '../../fortios/prompt.ts';
import { FtmError } from '../../ftm-error.ts';
import { notFortigate, sessionLost } from '../device-errors.ts';
import { questionError, SIGN_IN_QUESTIONS } from '../sign-in-questions.ts';
import { findEcho } from './find-echo.ts';
import { findPrompt } from './find-prompt.ts';
import type { OutputBuffer } from './output-buffer.ts';
import type { Shell } from './shell.ts';
import { writeKey } from './write-command.ts';

/** A banner may end with something like a prompt: a prompt is accepted only after a silence. */
const SETTLE_MS = 50;
/** The same if nothing was printed before it, as on most devices. */
const SETTLE_ALONE_MS = 10;
/** Prompts of other products are recognised by waiting: a slow FortiGate may still be in the middle of a line. */
const FOREIGN_SETTLE_MS = 1_500;
/** The prompt is next to messages, and more may come. */
const INTERRUPTED_SETTLE_MS = 200;
const MAX_PROBES = 2;
/** Limit while messages are next to each prompt. */
const MAX_INTERRUPTED_PROBES = 6;
/** After text without a prompt: unknown messages may have made it unreadable. */
const SILENCE_MS = 3_000;
/** The end of a prompt whose name is in a previous line. */
const PROMPT_END = /^[^\w]{0,2} ?[#$] $/;
/** Text that may be a question gets no Enter. */
const MAYBE_QUESTION = /[:?]\s{0,3}$/;
const ACCEPT_TEXT = "(Press 'a' to accept):";
const ACCEPT_BANNER = /\(Press 'a' to accept\):\s{0,3}$/;
const FOREIGN_PROMPT = /^(?:\([A-Z]\) )?[^\s]{0,60}(?: [^\s]{1,40})? ?[#$>%] ?$/;

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
    return await awaitPrompt(shell, device, signal);
  } catch (error) {
    const isLate = error instanceof FtmError && error.code === 'ftm_device_timeout';
    throw isLate && shell.screen.received() > 0 ? noPrompt(device, shell.screen, error) : error;
  }
}

async function awaitPrompt(shell: Shell, device: SshEndpoint, signal: AbortSignal): Promise<Prompt> {
  const { screen } = shell;
  let idle = 0;
  let acceptedAt = -1;
  let probes = 0;
  let probedAt = -1;
  /** First line after the prompt that was tested. */
  let from = 0;
  /** Names in the prompts before a probe. */
  const names = new Set<string>();
  for (;;) {
    const tail = withoutMessages(screen.tail());
    const shown = joinAroundMessages([...screen.lines.slice(-40), screen.tail()])
      .map(({ text }) => text)
      .join('\n');
    const question = SIGN_IN_QUESTIONS.find(([asked]) => asked.test(shown));
    if (question) throw questionError(device, question);
    const isAnswered = screen.received() !== probedAt;
    // A message next to the prompt may have cut it in two; of two consecutive prompts one is complete.
    const isInterrupted = isNearMessage(screen, isAnswered ? from : 0) && screen.lines.length > 0;
    const readings = readPrompts(screen, isAnswered ? from : 0);
    const agreed = isAnswered ? readings.findLast(({ host }) => names.has(host)) : undefined;
    const isLast = probes >= MAX_INTERRUPTED_PROBES;
    const prompt = isInterrupted && !isLast ? agreed : (readings[0] ?? promptAbove(screen, probes));
    const settleMs = screen.lines.some((line) => line !== '') ? SETTLE_MS : SETTLE_ALONE_MS;
    if (prompt && idle >= settleMs) return prompt;
    if (isBanner(screen, idle, acceptedAt !== -1) && screen.received() !== acceptedAt) {
      acceptedAt = screen.received();
      screen.drop();
      from = 0;
      writeKey(shell.channel, 'accept-banner');
      idle = 0;
      continue;
    }
    const hasPrompt = !prompt && (holdsPrompt(screen) || PROMPT_END.test(tail));
    const isSilent = !prompt && idle >= SILENCE_MS && screen.received() > 0;
    const mayBePrompt =
      !prompt &&
      !MAYBE_QUESTION.test(tail) &&
      (hasPrompt || isInterrupted || isSilent || FOREIGN_PROMPT.test(tail));
    if (mayBePrompt && idle >= (hasPrompt && isInterrupted ? INTERRUPTED_SETTLE_MS : FOREIGN_SETTLE_MS)) {
      const isForeign = FOREIGN_PROMPT.test(tail);
      const maxProbes = isInterrupted ? MAX_INTERRUPTED_PROBES : MAX_PROBES;
      if (isForeign && probes >= (isInterrupted || hasPrompt ? maxProbes : 0)) throw notFortigate(device);
      if (probes >= maxProbes) {
        idle = 0;
        if ((await shell.news(signal)) === 'closed') throw refusedShell(device, screen.lines);
        continue;
      }
      probes += 1;
      idle = 0;
      probedAt = screen.received();
      from = screen.lines.length + 1;
      for (const { host } of readings) names.add(host);
      writeKey(shell.channel, 'enter');
      continue;
    }
    const wait = waitTime(screen, prompt && settleMs, isInterrupted);
    const news = await shell.news(signal, wait);
    if (news === 'closed') throw prompt ? sessionLost(device) : refusedShell(device, screen.lines);
    idle = news === 'idle' ? idle + (wait ?? 0) : 0;
  }
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

/** Messages in and after the banner's question push it into finished lines, and it still waits for its key. */
function isBanner(screen: OutputBuffer, idle: number, wasAccepted: boolean): boolean {
  // The first line is then the rest of the one that was accepted.
  const last = [...screen.lines.slice(wasAccepted ? 1 : 0).slice(-8), screen.tail()];
  const shown = joinAroundMessages(last).findLast(({ text }) => text.trim() !== '');
  if (shown && ACCEPT_BANNER.test(shown.text)) return true;
  return idle >= FOREIGN_SETTLE_MS && findEcho(last, 0, ACCEPT_TEXT, '')?.isGarbled === false;
}

function waitTime(
  screen: OutputBuffer,
  settleMs: number | undefined,
  isInterrupted: boolean,
): number | undefined {
  if (settleMs !== undefined) return settleMs;
  if (isInterrupted) return INTERRUPTED_SETTLE_MS;
  return screen.received() > 0 ? FOREIGN_SETTLE_MS : undefined;
}

function isNearMessage(screen: OutputBuffer, from: number): boolean {
  return [...screen.lines.slice(from).slice(-3), screen.tail()].some(holdsMessage);
}

/** A prompt with other text after it, which pushed it into a finished line or continues. */
function holdsPrompt(screen: OutputBuffer): boolean {
  return [...screen.lines.slice(-6), screen.tail()].some((line) => beginsWithPrompt(line));
}

/** The text itself is not part of the error: it is not redacted. */
function noPrompt(device: SshEndpoint, screen: OutputBuffer, cause: FtmError): FtmError {
  const lines =
    screen.lines.filter((line) => line.trim() !== '').length + (screen.tail().trim() === '' ? 0 : 1);
  const [looks, advice] = appearance(screen);
  return new FtmError(
    'ftm_device_timeout',
    `${device.alias} sent ${screen.received()} characters in ${lines} ${lines === 1 ? 'line' : 'lines'}, but no FortiOS ` +
      `prompt within ${device.timeouts.connect / 1000} s. ${looks}`,
    { advice, retryable: true, cause },
  );
}

const BY_HAND = 'Sign in by hand with this account to see what it shows.';

function appearance(screen: OutputBuffer): readonly [looks: string, advice: string] {
  const last = (screen.tail().trim() || screen.lines.findLast((line) => line.trim() !== '')?.trim()) ?? '';
  if (last === '')
    return ['Only empty lines came.', `${BY_HAND} A slow device can be given a larger \`timeouts.connect\`.`];
  if (/\p{C}/u.test(last))
    return [
      'The last line holds control characters.',
      `${BY_HAND} A menu or another product may answer there.`,
    ];
  if (/[:?]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a question.`, `${BY_HAND} Nothing was answered.`];
  if (/[#$>%]$/.test(last))
    return [`The last line ends in \`${last.at(-1)}\`, like a prompt of another product.`, BY_HAND];
  return [
    'The last line looks like a banner.',
    `${BY_HAND} A slow device can be given a larger \`timeouts.connect\`.`,
  ];
}

/** A complete line was printed before the close. Its text is not part of the error: it is not redacted. */
function refusedShell(device: SshEndpoint, lines: readonly string[]): FtmError {
  if (lines.every((line) => line.trim() === '')) return sessionLost(device);
  return new FtmError('ftm_device_dialogue', `${device.alias} closed the session before the first prompt.`, {
    advice: 'Sign in by hand with this account to see what it shows.',
    retryable: true,
  });
}

import type { SshEndpoint } from '../config/inventory-types.ts';
import { learnPrompt, type Prompt } from '../fortios/prompt.ts';
import { FtmError } from '../ftm-error.ts';
import { sessionLost } from './device-errors.ts';
import type { Shell } from './shell.ts';
import { writeKey } from './write-command.ts';

/** A banner may end in something like a prompt: take one only once nothing follows it. */
const SETTLE_MS = 50;
/** The same where nothing at all stands before it, as on most devices. */
const SETTLE_ALONE_MS = 10;
/** Prompts of other products are told by waiting: a slow FortiGate may still be in the middle of a line. */
const FOREIGN_SETTLE_MS = 1_500;
const ACCEPT_BANNER = /\(Press 'a' to accept\):\s{0,3}$/;
const FOREIGN_PROMPT = /^(?:\([A-Z]\) )?[^\s]{0,60}(?: [^\s]{1,40})? ?[#$>%] ?$/;

type Question = readonly [asked: RegExp, message: string, advice: string];

const PASSWORD_CHANGE: Question = [
  /You are forced to change your password|(?:^|\n)(?:New|Old|Confirm) Password: ?$/i,
  'demands a new password for this account.',
  'Log in by hand once, set the new password, and update the secret the inventory points to.',
];

const TOKEN_CODE: Question = [
  /(?:token|verification|authentication)[ -]?code[^\n]{0,60}: ?$|FortiToken[^\n]{0,60}: ?$/i,
  'asks for a FortiToken code.',
  'Use an administrator without two-factor authentication for the bot, limited by trusted hosts and a read-only profile.',
];

/** Dialogues that only a person may answer; none of them is ever given a byte. */
const QUESTIONS: readonly Question[] = [
  PASSWORD_CHANGE,
  [
    /Reached maximum number of logged in administrators/i,
    'has reached its maximum number of logged-in administrators.',
    'Log out an idle session, or raise `admin-login-max` in `config system global`. No session was closed.',
  ],
  TOKEN_CODE,
];

/**
 * From the opened shell to the first prompt. Answers nothing but the post-login banner, and that with a bare
 * `a`: with Enter after it the session would be one prompt ahead of us from then on.
 */
export async function logIn(shell: Shell, device: SshEndpoint, signal: AbortSignal): Promise<Prompt> {
  const { screen } = shell;
  let idle = 0;
  let acceptedAt = -1;
  for (;;) {
    const tail = screen.tail();
    const text = [...screen.lines.slice(-40), tail].join('\n');
    const question = QUESTIONS.find(([asked]) => asked.test(text));
    if (question) throw dialogueError(device, question);
    const prompt = learnPrompt(tail);
    const settleMs = screen.lines.some((line) => line !== '') ? SETTLE_MS : SETTLE_ALONE_MS;
    if (prompt && idle >= settleMs) return prompt;
    // A daemon's message after the prompt pushed it into a finished line.
    const buried = tail === '' ? learnPrompt(screen.lines.at(-1) ?? '') : undefined;
    if (buried && idle >= FOREIGN_SETTLE_MS) return buried;
    if (!prompt && idle >= FOREIGN_SETTLE_MS && FOREIGN_PROMPT.test(tail)) throw notFortigate(device);
    if (ACCEPT_BANNER.test(tail) && screen.received() !== acceptedAt) {
      acceptedAt = screen.received();
      screen.drop();
      writeKey(shell.channel, 'accept-banner');
    }
    const undecided = (tail !== '' || buried !== undefined) && idle === 0;
    const wait = prompt ? settleMs : undecided ? FOREIGN_SETTLE_MS : undefined;
    const news = await shell.news(signal, wait);
    if (news === 'closed') throw prompt ? sessionLost(device) : refusedShell(device, screen.lines);
    idle = news === 'idle' ? (wait ?? 0) : 0;
  }
}

function dialogueError(device: SshEndpoint, [, message, advice]: Question): FtmError {
  return new FtmError('ftm_device_dialogue', `${device.alias} ${message}`, { advice });
}

/** The question a keyboard-interactive prompt asks, when it is not for the password. */
export function tokenQuestion(device: SshEndpoint): FtmError {
  return dialogueError(device, TOKEN_CODE);
}

/** The SSH form of the forced password change. */
export function passwordChange(device: SshEndpoint): FtmError {
  return dialogueError(device, PASSWORD_CHANGE);
}

export function notFortigate(device: SshEndpoint): FtmError {
  return new FtmError('ftm_device_not_fortigate', `${device.alias} answers, but not like a FortiGate.`, {
    advice: 'Check its address and port in the inventory: another product or host may answer there.',
  });
}

/** A line that was finished was meant to be read. It stays here: nobody has looked for secrets in it. */
function refusedShell(device: SshEndpoint, lines: readonly string[]): FtmError {
  if (lines.every((line) => line.trim() === '')) return sessionLost(device);
  return new FtmError('ftm_device_dialogue', `${device.alias} closed the session before the first prompt.`, {
    advice: 'Log in by hand with this account to see what it says.',
    retryable: true,
  });
}

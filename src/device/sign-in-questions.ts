import { FtmError } from '../engine/ftm-error.ts';
import type { SshEndpoint } from '../platform/config/inventory-types.ts';

export type SignInQuestion = readonly [asked: RegExp, message: string, advice: string];

const PASSWORD_CHANGE: SignInQuestion = [
  /You are forced to change your password|(?:^|\n)(?:New|Old|Confirm) Password: ?$/i,
  'demands a new password for this account.',
  'Log in by hand once, set the new password, and update the secret the inventory points to.',
];

const TOKEN_CODE: SignInQuestion = [
  /(?:token|verification|authentication)[ -]?code[^\n]{0,60}: ?$|FortiToken[^\n]{0,60}: ?$/i,
  'asks for a FortiToken code.',
  'Use an administrator without two-factor authentication for the bot, limited by trusted hosts and a read-only profile.',
];

/** Dialogues that only a person may answer; no byte is sent to any of them. */
export const SIGN_IN_QUESTIONS: readonly SignInQuestion[] = [
  PASSWORD_CHANGE,
  [
    /Reached maximum number of logged in administrators/i,
    'has reached its maximum number of logged-in administrators.',
    'Log out an idle session, or raise `admin-login-max` in `config system global`. No session was closed.',
  ],
  TOKEN_CODE,
];

/** Of a dialogue that only a person may answer. */
export function questionError(device: SshEndpoint, [, message, advice]: SignInQuestion): FtmError {
  return new FtmError('ftm_device_dialogue', `${device.alias} ${message}`, { advice });
}

/** What a device asks at sign-in other than the password; absent if it only requires a second factor. */
export function signInQuestionError(device: SshEndpoint, asked: string | undefined): FtmError {
  if (asked === undefined) {
    return questionError(device, [
      /$/,
      'accepts the password or key, and asks for a second factor such as a FortiToken code.',
      TOKEN_CODE[2],
    ]);
  }
  const known = [PASSWORD_CHANGE, TOKEN_CODE].find(([pattern]) => pattern.test(asked.trimEnd()));
  return questionError(device, known ?? [/$/, `asks at sign-in: “${printable(asked)}”`, ASKED_ADVICE]);
}

const ASKED_ADVICE =
  'Nothing was answered. Sign in by hand with this account to see what it asks; the bot needs an administrator that ' +
  'gets a prompt after its password or key alone.';
const MAX_QUOTED = 80;

/** Text of a device, without control characters and short enough for a message. */
function printable(text: string): string {
  const line = text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

/** The SSH form of the forced password change. */
export function passwordChangeError(device: SshEndpoint): FtmError {
  return questionError(device, PASSWORD_CHANGE);
}

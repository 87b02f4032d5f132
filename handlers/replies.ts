import type { FtmError } from '../src/ftm-error.ts';
import { escapeMrkdwn, inlineCode } from '../src/slack/escape.ts';
import { SLASH_COMMAND } from '../src/slack/manifest.ts';
import type { Permission } from './services.ts';

/** What people are told in private. All of it is Slack mrkdwn. */

const MOST_LISTED = 15;

export function helpText(devices: readonly string[]): string {
  return [
    'I find out why FortiToken push does not work on a FortiGate.',
    `• *Check a device:* \`${SLASH_COMMAND} <host> [--user U] [--vdom V]\`, or mention me with its name.`.replaceAll(
      '<host>',
      '&lt;host&gt;',
    ),
    '• *Read a log:* paste debug output, a configuration or a CLI session here, as text or as a text file.',
    yourDevices(devices),
  ].join('\n');
}

export function unclearText(reason: string, devices: readonly string[]): string {
  return `${escapeMrkdwn(reason)}\n${helpText(devices)}`;
}

export function unknownDeviceText(
  name: string,
  suggestions: readonly string[],
  devices: readonly string[],
): string {
  const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.map(inlineCode).join(' or ')}?`;
  return `I know no device named ${inlineCode(name)}.${guess}\n${yourDevices(devices)}`;
}

export function refusedText(
  { reason }: Extract<Permission, { kind: 'refused' }>,
  alias: string | undefined,
  devices: readonly string[],
): string {
  if (reason === 'no-grants') {
    return 'Nobody may use me yet. Whoever runs ftm-check can change that under `access` in the inventory.';
  }
  if (reason === 'not-this-person-or-channel') {
    return 'Sorry, I may not answer you in this channel. Whoever runs ftm-check can add you, or the channel, under `access` in the inventory.';
  }
  const device = alias === undefined ? 'That device' : inlineCode(alias);
  return `Sorry, ${device} is not among the devices you may check here.\n${yourDevices(devices)}`;
}

export function errorText({ message, advice }: FtmError): string {
  return [message, advice ?? ''].map(escapeMrkdwn).join(' ').trim();
}

export function waitingText(ahead: number): string {
  return `Accepted. ${ahead === 1 ? 'One check is' : `${ahead} checks are`} before yours.`;
}

export const joinedText = 'The same check is under way already. You get its answer here too.';

export const nothingToReadText = 'There is no text in that message that I could read.';

export const internalText = 'Something went wrong on my side and nothing was started. Please try again.';

export function unknownCommandText(command: string): string {
  return `I do not know ${inlineCode(command)}. Try \`${SLASH_COMMAND} help\`.`;
}

function yourDevices(devices: readonly string[]): string {
  if (devices.length === 0) return 'There is no device here that you may check.';
  const listed = devices.slice(0, MOST_LISTED).map(inlineCode).join(', ');
  const more = devices.length > MOST_LISTED ? ` and ${devices.length - MOST_LISTED} more` : '';
  return `*Your devices here:* ${listed}${more}`;
}

import type { FtmError } from '../../src/ftm-error.ts';
import type { Permission, Reconciliation } from '../../src/requests/ports.ts';
import { escapeMrkdwn, inlineCode } from '../../src/slack/escape.ts';
import { SLASH_COMMAND } from '../../src/slack/manifest.ts';

/** What people are told in private. All of it is Slack mrkdwn. */

const MAX_LISTED = 15;

export function helpText(devices: readonly string[]): string {
  return [
    'I find out why FortiToken push does not work on a FortiGate.',
    `• *Check a device:* \`${SLASH_COMMAND} <host> [--user U] [--vdom V]\`, or mention me with its name. With \`--live 60\` I watch the debug for 60 s while the user logs in, where that is allowed.`.replaceAll(
      '<host>',
      '&lt;host&gt;',
    ),
    `• *Look back or stop:* \`${SLASH_COMMAND} list\`, \`${SLASH_COMMAND} history &lt;host&gt;\`, \`${SLASH_COMMAND} cancel\`.`,
    `• *Call somebody, hand over:* \`${SLASH_COMMAND} escalate [host]\`, \`${SLASH_COMMAND} handover\`, \`${SLASH_COMMAND} bundle [host]\`.`,
    '• *Read a log:* paste debug output, a configuration or a CLI session here, as text, as a text file, or packed as .gz or .zip.',
    `• *Logs that nobody asks me to read:* \`${SLASH_COMMAND} auto on\` or \`auto off\`, for this channel.`,
    yourDevices(devices),
  ].join('\n');
}

export function autodetectText(state: boolean | 'forbidden'): string {
  if (state === 'forbidden') {
    return 'The inventory says that I do not read logs here unless somebody asks. Whoever runs ftm-check can change that under `channels`.';
  }
  return state
    ? `I read FortiGate logs here that somebody pastes, and leave all other talk alone. \`${SLASH_COMMAND} auto off\` stops that.`
    : `I read logs here only when somebody asks: by my name, or with “Check this FortiGate log” in the menu of a message. \`${SLASH_COMMAND} auto on\` changes that.`;
}

export function unclearText(reason: string, devices: readonly string[]): string {
  return `${escapeMrkdwn(reason)}\n${helpText(devices)}`;
}

export interface RefusedDevice {
  /** As it was asked for; absent where no device was named. */
  readonly alias?: string;
  /** Devices that may have been meant, of those that the person may check. */
  readonly suggestions?: readonly string[];
  /** All devices that the person may check here. */
  readonly devices?: readonly string[];
}

export function refusedText(
  permission: Extract<Permission, { kind: 'refused' }>,
  { alias, suggestions = [], devices = [] }: RefusedDevice = {},
): string {
  const { reason } = permission;
  if (reason === 'no-grants') {
    return 'Nobody may use me yet. Whoever runs ftm-check can change that under `access` in the inventory.';
  }
  if (reason === 'not-this-person-or-channel') {
    return 'Sorry, I may not answer you in this channel. Whoever runs ftm-check can add you, or the channel, under `access` in the inventory.';
  }
  if (reason === 'too-many-look-ups') {
    return `You asked for too many devices that you may not check here. Wait ten minutes, or choose one of yours.\n${yourDevices(devices)}`;
  }
  const device = alias === undefined ? 'that device' : inlineCode(alias);
  if (reason === 'live-not-here') {
    return (
      `Sorry, I may not switch on debug at ${device}, so I cannot watch a login there. Whoever runs ftm-check can ` +
      'allow it with `live: true` in the inventory. Without `--live` I can read the device all the same.'
    );
  }
  if (permission.reason === 'live-out-of-bounds') {
    const { least, most } = permission;
    return `I can watch a login at ${device} for ${least} to ${most} seconds: please ask again with a number in between.`;
  }
  const named = alias === undefined ? '' : ` named ${device}`;
  const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.map(inlineCode).join(' or ')}?`;
  return `I know no device${named} that you may check here.${guess}\n${yourDevices(devices)}`;
}

export function errorText({ message, advice }: FtmError): string {
  return [message, advice ?? ''].map(escapeMrkdwn).join(' ').trim();
}

export const readTogetherReason =
  'Read together with what came after it: the answer for the whole is in this thread.';

export function correctionText(truth: Reconciliation): string {
  return truth === 'taken'
    ? 'Your request had been taken after all: its answer comes by itself.'
    : 'Now I know: your request was not taken, and nothing was started. Please ask again.';
}

export const nothingToReadText = 'There is no text in that message that I could read.';

export const internalText = 'Something went wrong on my side and nothing was started. Please try again.';

export function unknownCommandText(command: string): string {
  return `I do not know ${inlineCode(command)}. Try \`${SLASH_COMMAND} help\`.`;
}

export const goneText = 'I no longer have that diagnosis: I keep them for 30 days. Please ask for it again.';

export const elsewhereText = 'That answer belongs to another channel: its buttons work only there.';

export const noDiagnosisText = 'That request ended without a diagnosis, so there is nothing to show.';

export const cannotRecheckText =
  'I do not keep what people paste, so I cannot read it again. Please paste it once more.';

export const recheckRunningText = 'That is being checked again already: the answer comes in this thread.';

export const stoppingText = 'I am stopping it.';

export const endedText = 'It had ended already.';

export const nothingRunsText = 'Nothing of that is running or waiting.';

export function stoppedText(count: number): string {
  return count === 1 ? 'I am stopping it.' : `I am stopping ${count} requests.`;
}

export function cancelReason(name: string): string {
  return `Cancelled by ${name}.`;
}

export const reportAttachedText = 'The report is in this thread now.';

export const reportThereText = 'The report is in this thread already.';

export const draftIntroText = 'A draft for the customer. Only you see it; please read it before you send it.';

export const feedbackThanksText =
  'Thank you, that is noted. What often helps: paste a debug log of one login into this thread, or press “Show all evidence”.';

export const tooSlowText = 'Slack did not let me open that in time. Please press once more.';

export const cannotEscalateText =
  'Nobody can be paged from here at the moment. Please call your on-call person the usual way.';

export const unknownButtonText =
  'This button belongs to another version of me, and I do not know what it did. Please ask again.';

function yourDevices(devices: readonly string[]): string {
  if (devices.length === 0) return 'There is no device here that you may check.';
  const listed = devices.slice(0, MAX_LISTED).map(inlineCode).join(', ');
  const more = devices.length > MAX_LISTED ? ` and ${devices.length - MAX_LISTED} more` : '';
  return `*Your devices here:* ${listed}${more}`;
}

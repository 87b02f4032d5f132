import type { Permission, Reconciliation } from '../../src/bot/requests/ports.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import type { FtmError } from '../../src/engine/ftm-error.ts';
import { ALL_DEVICES, groupLabel } from '../../src/platform/runs/group.ts';
import { escapeMrkdwn, inlineCode } from '../../src/report/block-kit/escape.ts';
import { slackTime } from '../../src/report/block-kit/slack-date.ts';

/** Texts of private replies. All of them are Slack mrkdwn. */

const MAX_LISTED = 15;

/** What the person may check here; `paging`: whether the inventory says who is paged. */
export interface HelpFor {
  readonly devices: readonly string[];
  readonly paging: boolean;
}

export function helpText({ devices, paging }: HelpFor): string {
  return [
    'I find out why a person cannot log in to the VPN of a FortiGate.',
    `• *Check a device:* \`${SLASH_COMMAND} <host> [--user U] [--vdom V]\`, or mention me: “please check <host> for marlow”. With \`--live 60\` I watch the debug output for 60 s while the user logs in, if that is allowed.`.replaceAll(
      '<host>',
      '&lt;host&gt;',
    ),
    `• *Check many devices:* \`${SLASH_COMMAND} group:NAME\`, or \`${SLASH_COMMAND} all\`.`,
    `• *History and cancel:* \`${SLASH_COMMAND} list\`, \`${SLASH_COMMAND} history [host]\`, \`${SLASH_COMMAND} cancel\`.`,
    ...(paging
      ? [
          `• *Escalate and hand over:* ${['escalate [host]', 'handover', 'page @person [host]', 'oncall', 'silence'].map((words) => `\`${SLASH_COMMAND} ${words}\``).join(', ')}.`,
        ]
      : []),
    `• *Pass a case on:* \`${SLASH_COMMAND} bundle [host]\`: everything about the last answer in one archive.`,
    '• *Read a log:* paste debug output, a configuration or a CLI session here, as text, text file, .gz or .zip.',
    '• *No log?* Mention me and tell the trouble in two or three sentences: what happens, to whom, since when, and what still works.',
    `• *Read pasted logs automatically:* \`${SLASH_COMMAND} auto on\` or \`auto off\`, for this channel.`,
    `• *Read about one cause:* \`${SLASH_COMMAND} explain &lt;rule&gt;\`.`,
    yourDevices(devices),
  ].join('\n');
}

export function autodetectText(state: boolean | 'forbidden'): string {
  if (state === 'forbidden') {
    return 'The inventory turns automatic reading of logs off in this channel. The operator of ftm-check can change that under `channels`.';
  }
  return state
    ? `I read FortiGate logs pasted here automatically, and ignore other messages. \`${SLASH_COMMAND} auto off\` turns that off.`
    : `I read logs here only on request: mention me, or use “Check this FortiGate log” in the menu of a message. \`${SLASH_COMMAND} auto on\` changes that.`;
}

export function unclearText(reason: string, help: HelpFor): string {
  return `${escapeMrkdwn(reason)}\n${helpText(help)}`;
}

export function didYouMeanUserText(alias: string, user: string): string {
  return `Did you mean ${inlineCode(`${alias} --user ${user}`)}?`;
}

export function nothingNamedText(help: HelpFor): string {
  return `I found no FortiGate log to read, and your message names no device that you may check here.\n${helpText(help)}`;
}

export interface RefusedDevice {
  /** As typed, if a group was named; `ALL_DEVICES` for all devices. */
  readonly group?: string;
  /** As typed; absent if no device was named. */
  readonly alias?: string;
  /** Similar names among the devices that the person may check. */
  readonly suggestions?: readonly string[];
  /** All devices that the person may check here. */
  readonly devices?: readonly string[];
}

export function refusedText(
  permission: Extract<Permission, { kind: 'refused' }>,
  { alias, group, suggestions = [], devices = [] }: RefusedDevice = {},
): string {
  const { reason } = permission;
  if (reason === 'no-grants') {
    return 'Nobody has access yet. The operator of ftm-check can grant it under `access` in the inventory.';
  }
  if (reason === 'not-this-person-or-channel') {
    return 'Sorry, you have no access in this channel. The operator of ftm-check can add you, or the channel, under `access` in the inventory.';
  }
  if (reason === 'too-many-look-ups') {
    return `You asked for too many devices that you may not check here. Wait ten minutes, or choose one of your devices.\n${yourDevices(devices)}`;
  }
  const device = alias === undefined ? 'that device' : inlineCode(alias);
  if (reason === 'live-not-here') {
    return (
      `Sorry, live debug is not allowed on ${device}, so I cannot watch a login there. The operator of ftm-check can ` +
      'allow it with `live: true` in the inventory. Without `--live` I can still read the device.'
    );
  }
  if (permission.reason === 'live-out-of-bounds') {
    const { min, max } = permission;
    return `I can watch a login on ${device} for ${min} to ${max} seconds. Please use a number in this range.`;
  }
  if (reason === 'not-this-group' && group !== undefined && group !== ALL_DEVICES) {
    const named = suggestions.map((each) => inlineCode(groupLabel(each)));
    const guess = named.length === 0 ? '' : ` Did you mean ${named.join(' or ')}?`;
    return `There is no group named ${inlineCode(group)} with devices that you may check here.${guess}\n${yourDevices(devices)}`;
  }
  const named = alias === undefined ? '' : ` named ${device}`;
  const guess = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.map(inlineCode).join(' or ')}?`;
  return `There is no device${named} that you may check here.${guess}\n${yourDevices(devices)}`;
}

export function errorText({ message, advice }: FtmError): string {
  return [message, advice ?? ''].map(escapeMrkdwn).join(' ').trim();
}

export function correctionText(truth: Reconciliation): string {
  return truth === 'taken'
    ? 'Your request was accepted after all. The answer will follow.'
    : 'Your request was not accepted, and nothing was started. Please ask again.';
}

export const nothingToReadText = 'That message contains no text that I can read.';

export const ownMessageText = 'That is my own message, and no evidence. Choose the message with the log.';

export const internalText = 'An internal error occurred, and nothing was started. Please try again.';

export function unknownCommandText(command: string): string {
  return `Unknown command ${inlineCode(command)}. Try \`${SLASH_COMMAND} help\`.`;
}

export const goneText =
  'That request is not stored any more: it is older than 30 days, or its data was deleted or lost. Please check again.';

export const elsewhereText = 'That answer belongs to another channel. Its buttons work only there.';

export const noDiagnosisText = 'That request ended without a diagnosis. There is nothing to show.';

export const cannotRecheckText =
  'Pasted text is not stored, so I cannot read it again. Please paste it again.';

export const cannotWatchText = 'The inventory allows no live check of this device any more.';

export const recheckRunningText = 'A re-check is already running. The answer will be in this thread.';

export const shownDeviceText = 'The answer about this device is in the thread.';

export const resultExpiredText =
  'The result of this device is no longer kept (after 24 hours). Please check it again.';

export function shownBeforeText(link: string | undefined): string {
  const answer = link === undefined ? 'The answer' : `<${link}|The answer>`;
  return `${answer} about this device is in the thread already.`;
}

export const stoppingText = 'Cancelling the check.';

export const endedText = 'This check has already ended.';

export const nothingRunsText = 'No check is running.';

export function stoppedText(count: number): string {
  return count === 1 ? 'Cancelling the check.' : `Cancelling ${count} requests.`;
}

/** Without a name where Slack reports none: an id does not tell who it was. */
export function cancelReason(name: string | undefined): string {
  return name === undefined ? 'Cancelled on request.' : `Cancelled by ${name}.`;
}

/** `reason`: as `cancelReason` says it. `at`: milliseconds since the Unix epoch. */
export function cancelledBeforeText(reason: string, at: number): string {
  return `${escapeMrkdwn(reason.replace(/\.$/, ''))} at ${slackTime(at)} already.`;
}

export const reportAttachedText = 'The report is in this thread now.';

export const reportThereText = 'The report is in this thread already.';

export const draftIntroText =
  'Draft for the customer, in English and visible only to you. Please read it before you send it.';

export const feedbackThanksText =
  'Thank you, your feedback is recorded. What often helps: paste a debug log of one login into this thread, or press “Show all evidence”.';

export const tooSlowText = 'Slack did not open the form in time. Please try again.';

export const cannotEscalateText =
  'Paging is not set up here. Please call your on-call person in the usual way.';

export const cannotBundleText =
  'I cannot attach a bundle at the moment. In a terminal, `ftm-check bundle` makes one.';

export const unknownButtonText =
  'This button belongs to another version of ftm-check and no longer works. Please check again.';

function yourDevices(devices: readonly string[]): string {
  if (devices.length === 0) return 'You may not check any device here.';
  const listed = devices.slice(0, MAX_LISTED).map(inlineCode).join(', ');
  const more = devices.length > MAX_LISTED ? ` and ${devices.length - MAX_LISTED} more` : '';
  return `*Your devices here:* ${listed}${more}`;
}

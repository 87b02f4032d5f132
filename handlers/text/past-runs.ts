import { groupLabel } from '../../src/platform/runs/group.ts';
import {
  type DeviceChecks,
  type DeviceName,
  type PastCheck,
  toPastState,
} from '../../src/platform/runs/past-check.ts';
import { isDirectMessage, type Run } from '../../src/platform/runs/run.ts';
import { escapeMrkdwn, inlineCode, personText } from '../../src/report/block-kit/escape.ts';
import { messageLink } from '../../src/report/block-kit/message-link.ts';
import { slackDate } from '../../src/report/block-kit/slack-date.ts';
import { HISTORY_DAYS } from '../../src/report/documents/history/days.ts';
import {
  checkCounts,
  fleetCounts,
  STATE_WORDS,
  worstFirst,
} from '../../src/report/documents/history/fleet.ts';
import type { DeviceHistoryView } from '../../src/report/documents/history/history.ts';
import {
  DEVICE_LEGEND,
  deviceSparkline,
  FLEET_LEGEND,
  fleetSparkline,
} from '../../src/report/documents/history/sparkline.ts';
import { placeText } from '../../src/report/documents/places.ts';

/** Texts about earlier runs. All of them are Slack mrkdwn. */

const HEADLINE_LIMIT = 160;

/** A device that a person may check, with its last run. */
export interface ListedDevice extends DeviceName {
  readonly last?: Run | undefined;
}

export function listedLine({ last, ...device }: ListedDevice): string {
  const result = last === undefined ? 'never checked' : `${resultText(last)}, ${slackDate(last.acceptedAt)}`;
  return `• ${deviceNameText(device)}: ${result}`;
}

/** `fgt-1` (Northwind, Lyon) */
function deviceNameText(device: DeviceName): string {
  const place = placeText(device);
  return `${inlineCode(device.alias)}${place === '' ? '' : ` (${escapeMrkdwn(place)})`}`;
}

export function deviceListText(devices: readonly ListedDevice[], hidden: number): string {
  if (devices.length === 0) return 'You may not check any device here.';
  return [
    '*Your devices here*',
    ...devices.map(listedLine),
    ...(hidden > 0 ? [`and ${hidden} more`] : []),
  ].join('\n');
}

/** `checks`: all that are kept, for the chart; `runs`: the last ones. `reader`: Slack user id. */
export function historyText(
  device: DeviceName,
  runs: readonly Run[],
  reader: string,
  { checks, until }: DeviceHistoryView,
): string {
  if (runs.length === 0 && checks.length === 0)
    return `${deviceNameText(device)} has no checks that are kept.`;
  const chart =
    checks.length === 0
      ? []
      : [
          `${checkCounts(checks)}. The last ${HISTORY_DAYS} days:`,
          `${inlineCode(deviceSparkline(checks, until))}  ${DEVICE_LEGEND}`,
        ];
  return [
    `*Last checks of* ${deviceNameText(device)}`,
    ...chart,
    ...runs.map((run) => runLine(run, reader)),
  ].join('\n');
}

/** When, by whom, with what result, and where to read it. `reader`: Slack user id. */
export function runLine(run: Run, reader: string): string {
  const { asker, acceptedAt, replyTo } = run;
  // A link into a direct message opens for its own person only.
  const link = isDirectMessage(replyTo.channel) && asker.id !== reader ? undefined : answerLink(run);
  return `• ${slackDate(acceptedAt)} by ${personText(asker)}: ${resultText(run)}${headlineText(run)}${link === undefined ? '' : ` (<${link}|open>)`}`;
}

/** Undefined while there is no answer. */
export function answerLink({ replyTo: { channel, thread }, rootTs, answerTs: ts }: Run): string | undefined {
  return ts === undefined ? undefined : messageLink(channel, ts, thread ?? rootTs);
}

export function aboutText({ kind, alias, group }: Run): string {
  if (group !== undefined) return inlineCode(groupLabel(group.name));
  return kind === 'check' ? inlineCode(alias ?? 'a device') : 'a pasted log';
}

function resultText({ outcome, answeredAt }: Run): string {
  if (outcome === undefined || answeredAt === undefined) return 'under way';
  if (outcome.kind === 'group') return outcome.headline;
  return STATE_WORDS[outcome.kind === 'failed' ? 'failed' : toPastState(outcome.diagnosis)];
}

function headlineText({ outcome }: Run): string {
  if (outcome === undefined || outcome.kind === 'group') return '';
  const text = outcome.kind === 'diagnosed' ? outcome.diagnosis.headline : outcome.message;
  if (text === '') return '';
  const short = text.length > HEADLINE_LIMIT ? `${text.slice(0, HEADLINE_LIMIT).toWellFormed()}…` : text;
  return ` · ${escapeMrkdwn(short.replaceAll(/\s+/g, ' '))}`;
}

const MAX_LINES = 15;

/** The history of all devices that a person may check here: counts, a chart, and the worst devices first. Slack mrkdwn. */
export function fleetHistoryReply(devices: readonly DeviceChecks[], until: number): string {
  if (devices.length === 0) return 'You may not check any device here.';
  const checked = worstFirst(devices).filter(({ checks }) => checks.length > 0);
  const more = checked.length - MAX_LINES;
  return [
    `*History of your devices here* · ${fleetCounts(devices)}`,
    ...fleetChart(devices, until),
    ...checked.slice(0, MAX_LINES).map((device) => deviceLine(device, until)),
    ...(checked.length === 0 ? [] : [DEVICE_LEGEND]),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

/** One line for all devices; nothing if none was checked. */
export function fleetChart(devices: readonly DeviceChecks[], until: number): readonly string[] {
  if (devices.every(({ checks }) => checks.length === 0)) return [];
  const chart = fleetSparkline(listChecks(devices), until);
  return [`The last ${HISTORY_DAYS} days: ${inlineCode(chart)}  ${FLEET_LEGEND}`];
}

/** One after the other: a list of half a million would take megabytes. */
function* listChecks(devices: readonly DeviceChecks[]): Generator<PastCheck> {
  for (const { checks } of devices) yield* checks;
}

function deviceLine(device: DeviceChecks, until: number): string {
  const { checks } = device;
  const last = checks.at(-1);
  const name = `• ${deviceNameText(device)} ${inlineCode(deviceSparkline(checks, until))}`;
  if (last === undefined) return name;
  const { at, asker, rules } = last;
  const cause = rules[0] === undefined ? '' : ` (${escapeMrkdwn(rules[0])})`;
  return `${name} ${STATE_WORDS[toPastState(last)]}${cause}, ${slackDate(at)} by ${personText(asker)}`;
}

import { type DeviceChecks, type PastCheck, stateOf } from '../../src/platform/runs/past-check.ts';
import { escapeMrkdwn, inlineCode, personText } from '../../src/report/block-kit/escape.ts';
import { slackDate } from '../../src/report/block-kit/slack-date.ts';
import { HISTORY_DAYS } from '../../src/report/documents/history/days.ts';
import { fleetCounts, STATE_WORDS, worstFirst } from '../../src/report/documents/history/fleet.ts';
import {
  DEVICE_LEGEND,
  deviceSparkline,
  FLEET_LEGEND,
  fleetSparkline,
} from '../../src/report/documents/history/sparkline.ts';
import { deviceNameText } from './past-runs.ts';

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
  const chart = fleetSparkline(checksOf(devices), until);
  return [`The last ${HISTORY_DAYS} days: ${inlineCode(chart)}  ${FLEET_LEGEND}`];
}

/** One after the other: a list of half a million would take megabytes. */
function* checksOf(devices: readonly DeviceChecks[]): Generator<PastCheck> {
  for (const { checks } of devices) yield* checks;
}

function deviceLine(device: DeviceChecks, until: number): string {
  const { checks } = device;
  const last = checks.at(-1);
  const name = `• ${deviceNameText(device)} ${inlineCode(deviceSparkline(checks, until))}`;
  if (last === undefined) return name;
  const { at, asker, rules } = last;
  const cause = rules[0] === undefined ? '' : ` (${escapeMrkdwn(rules[0])})`;
  return `${name} ${STATE_WORDS[stateOf(last)]}${cause}, ${slackDate(at)} by ${personText(asker)}`;
}

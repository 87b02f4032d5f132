import type { HomeView } from '@slack/types';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import type { DeviceChecks } from '../../src/platform/runs/past-check.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { actions, button, header, section } from '../../src/report/block-kit/build-blocks.ts';
import { codePoints, LIMITS } from '../../src/report/block-kit/limits.ts';
import { aboutText, fleetChart, type ListedDevice, listedLine, runLine } from '../text/past-runs.ts';

export interface HomeContent {
  /** Slack user id. */
  readonly reader: string;
  /** The reader's own, newest first. */
  readonly runs: readonly Run[];
  /** What the reader may check wherever they ask, with the last result. */
  readonly devices: readonly ListedDevice[];
  readonly moreDevices: number;
  readonly history: readonly DeviceChecks[];
  /** When it is shown, in milliseconds since the Unix epoch. */
  readonly now: number;
}

/** The reader's last requests and devices, how to ask, and what the reader may do. */
export function homeView({ reader, runs, devices, moreDevices, history, now }: HomeContent): HomeView {
  return {
    type: 'home',
    blocks: [
      header('Find out why a VPN login fails'),
      ...(devices.length === 0
        ? []
        : [actions(button(ACTIONS.openCheck, 'Check a device', undefined, 'primary'))]),
      header('Your last requests'),
      section(wholeLines(runsText(runs, reader))),
      header('Your devices'),
      section(wholeLines([...fleetChart(history, now), devicesText(devices, moreDevices)].join('\n'))),
      header('How to ask'),
      section(
        [
          `• \`${SLASH_COMMAND} &lt;host&gt;\` checks a FortiGate; \`${SLASH_COMMAND}\` alone opens a form.`,
          `• \`${SLASH_COMMAND} group:NAME\` or \`${SLASH_COMMAND} all\` checks many, with one table.`,
          '• Mention me in your own words: “please check &lt;host&gt; for marlow”. Without a device I read the thread.',
          '• Paste debug output, a configuration or a CLI session, as text or as a file (.gz and .zip too).',
          '• “Check this FortiGate log” in the menu of any message reads that message.',
          `• \`${SLASH_COMMAND} list\`, \`history [host]\` and \`cancel\` show and stop checks.`,
          `• \`${SLASH_COMMAND} auto off\` in a channel: I read logs there only on request; \`auto on\` undoes it.`,
        ].join('\n'),
      ),
      header('What you may do'),
      section(rightsText(devices.length + moreDevices)),
    ],
  };
}

function rightsText(count: number): string {
  const everywhere =
    count === 0
      ? 'You have no devices that you may check in every channel.'
      : `You may check ${count === 1 ? 'one device' : `${count} devices`} in every channel, cancel their checks, and re-check them.`;
  return `${everywhere} Some channels allow more devices: \`${SLASH_COMMAND} list\` there shows them. The operator of ftm-check grants devices under \`access\` in the inventory.`;
}

function devicesText(devices: HomeContent['devices'], more: number): string {
  if (devices.length === 0) return 'None that you may check in every channel.';
  return [...devices.map(listedLine), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function runsText(runs: readonly Run[], reader: string): string {
  if (runs.length === 0) return 'None in the last 30 days.';
  return runs.map((run) => runLine(run, reader).replace('• ', `• ${aboutText(run)} · `)).join('\n');
}

/** Cuts at line ends, so that no link or date is split. */
function wholeLines(text: string): string {
  let kept = '';
  for (const line of text.split('\n')) {
    if (codePoints(kept) + codePoints(line) + 1 > LIMITS.text) break;
    kept += kept === '' ? line : `\n${line}`;
  }
  return kept;
}

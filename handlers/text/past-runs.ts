import { groupLabel } from '../../src/platform/runs/group.ts';
import { stateOf } from '../../src/platform/runs/past-check.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { escapeMrkdwn, inlineCode, personText } from '../../src/report/block-kit/escape.ts';
import { slackDate } from '../../src/report/block-kit/slack-date.ts';
import { HISTORY_DAYS } from '../../src/report/documents/history/days.ts';
import { checkCounts, STATE_WORDS } from '../../src/report/documents/history/fleet.ts';
import type { DeviceHistoryView } from '../../src/report/documents/history/history.ts';
import { DEVICE_LEGEND, deviceSparkline } from '../../src/report/documents/history/sparkline.ts';

/** Texts about earlier runs. All of them are Slack mrkdwn. */

const HEADLINE_LIMIT = 160;

export function deviceListText(
  devices: readonly { readonly alias: string; readonly last?: Run }[],
  hidden: number,
): string {
  if (devices.length === 0) return 'You may not check any device here.';
  const lines = devices.map(({ alias, last }) =>
    last === undefined
      ? `• ${inlineCode(alias)}: never checked`
      : `• ${inlineCode(alias)}: ${resultText(last)}, ${slackDate(last.acceptedAt)}`,
  );
  return ['*Your devices here*', ...lines, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('\n');
}

/** A run with the link that opens its answer. */
export interface LinkedRun {
  readonly run: Run;
  readonly link?: string | undefined;
}

/** `history`: all checks that are kept, for the chart; `runs`: the last ones. */
export function historyText(
  alias: string,
  runs: readonly LinkedRun[],
  { checks, until }: DeviceHistoryView,
): string {
  if (runs.length === 0 && checks.length === 0) return `${inlineCode(alias)} has no checks that are kept.`;
  const chart =
    checks.length === 0
      ? []
      : [
          `${checkCounts(checks)}. The last ${HISTORY_DAYS} days:`,
          `${inlineCode(deviceSparkline(checks, until))}  ${DEVICE_LEGEND}`,
        ];
  return [`*Last checks of* ${inlineCode(alias)}`, ...chart, ...runs.map(runLine)].join('\n');
}

/** When, by whom, with what result, and where to read it. */
export function runLine({ run, link }: LinkedRun): string {
  const { asker, acceptedAt } = run;
  return `• ${slackDate(acceptedAt)} by ${personText(asker)}: ${resultText(run)}${headlineText(run)}${link === undefined ? '' : ` (<${link}|open>)`}`;
}

export function aboutText({ kind, alias, group }: Run): string {
  if (group !== undefined) return inlineCode(groupLabel(group.name));
  return kind === 'check' ? inlineCode(alias ?? 'a device') : 'a pasted log';
}

export function resultText({ outcome, answeredAt }: Run): string {
  if (outcome === undefined || answeredAt === undefined) return 'under way';
  if (outcome.kind === 'group') return outcome.headline;
  return STATE_WORDS[outcome.kind === 'failed' ? 'failed' : stateOf(outcome.diagnosis)];
}

function headlineText({ outcome }: Run): string {
  if (outcome === undefined || outcome.kind === 'group') return '';
  const text = outcome.kind === 'diagnosed' ? outcome.diagnosis.headline : outcome.message;
  if (text === '') return '';
  const short = text.length > HEADLINE_LIMIT ? `${text.slice(0, HEADLINE_LIMIT).toWellFormed()}…` : text;
  return ` · ${escapeMrkdwn(short.replaceAll(/\s+/g, ' '))}`;
}

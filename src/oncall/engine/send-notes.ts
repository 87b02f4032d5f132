import { FtmError } from '../../engine/ftm-error.ts';
import type { Run } from '../../platform/runs/run.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { cut } from '../core/pager-text.ts';
import { answerThread } from '../core/threads.ts';
import type { KnownAlert } from '../intake/alert-index.ts';
import { noteText, writeIncidentNote } from '../intake/incident-note.ts';
import type { AfterAnswerContext } from './after-answer.ts';

const MAX_TITLE = 200;
const RETENTION_MS = 7 * 24 * 3_600_000;
/** A storm of alerts that all get no answer for the same reason is one notice an hour. */
const REFUSAL_TOLD_MS = 3_600_000;

/** A run, or the id of one that was refused, and the alerts that asked for it. */
interface AlertedRun extends AfterAnswerContext {
  readonly runId: string;
  readonly run: Run | undefined;
  readonly alerts: readonly KnownAlert[];
}

/** Writes the findings into the incidents of all alerts of a run; rejects if the job should be retried. */
export async function sendNotes(alerted: AlertedRun): Promise<void> {
  const text = composeText(alerted);
  // There is no answer yet: it sends the notes.
  if (text === undefined) return;
  let later = await tellOps(alerted);
  for (const known of alerted.alerts) {
    if (!known.noted) later = (await sendNote(known, text, alerted)) ?? later;
  }
  if (later !== undefined) throw later;
}

/** Returns an error if the note should be sent again. */
async function sendNote(
  { alert, noteBegun = false }: KnownAlert,
  text: string,
  { runId, run, alertIndex, writeIncidentNote: options, logger }: AlertedRun,
): Promise<unknown> {
  if (options === undefined) return undefined;
  const delivery = alertIndex.alertRunId(alert, run?.alias ?? '');
  if (!noteBegun) await alertIndex.markNoteBegun(runId, alert.id);
  const sent = await writeIncidentNote(alert, { runId: delivery, text, mayBeDone: noteBegun }, options).catch(
    (error: unknown) => {
      logger.error({ run: runId, err: error }, 'a note could not be sent');
      return { kind: 'later', reason: 'The settings of notes cannot be used; see the log.' } as const;
    },
  );
  if (sent.kind === 'later') return new FtmError('ftm_internal', sent.reason, { retryable: true });
  if (sent.kind === 'refused') {
    logger.warn({ run: runId, reason: sent.reason }, 'note not added to the incident');
  }
  await alertIndex.markNoted(runId, alert.id);
  return undefined;
}

function composeText({ run, alerts }: AlertedRun): string | undefined {
  if (run?.outcome !== undefined && run.outcome.kind !== 'group') return noteText(run, run.outcome);
  const refused = findRefusal(alerts);
  return refused === undefined ? undefined : `ftm-check started no check: ${refused}`;
}

/**
 * No other part notices that an alert ends without an answer in Slack. Returns an error if they should be told
 * again: the note to the incident does not wait for it.
 */
async function tellOps(alerted: AlertedRun): Promise<unknown> {
  const { runId, run, logger, reportToOps } = alerted;
  const refused = run?.outcome === undefined ? findRefusal(alerted.alerts) : undefined;
  const reason = refused === undefined ? explainUnseen(run) : `${refused}.`.replace(/\.\.$/, '.');
  if (reason === undefined) return undefined;
  logger.warn({ run: runId, reason }, 'an alert got no answer in Slack');
  try {
    await reportToOps?.({
      key: refused === undefined ? `alert-unseen:${runId}` : `alert-refused:${reason}`,
      text: `${describeAlerts(alerted)} got no answer in Slack: ${reason} \`ftm-check doctor\` checks the channels.`,
      keepMs: refused === undefined ? RETENTION_MS : REFUSAL_TOLD_MS,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

function explainUnseen(run: Run | undefined): string | undefined {
  // Without `answeredAt` Slack is away, and the answer follows.
  if (run?.outcome === undefined || run.answeredAt === undefined || answerThread(run) !== undefined)
    return undefined;
  const why = run.answerRefused === undefined ? '' : ` (${run.answerRefused})`;
  const device = run.alias ?? 'the device';
  return `the bot cannot post in <#${run.replyTo.channel}>, which is mapped to \`${device}\`${why}.`;
}

/** `The alert “VPN logins fail” about fgt-branch-07`, in Slack mrkdwn. */
function describeAlerts({ run, alerts: [first, ...others] }: AlertedRun): string {
  const device = run?.alias === undefined ? '' : ` about \`${run.alias}\``;
  const title = escapeMrkdwn(cut(first?.alert.title ?? '', MAX_TITLE));
  if (others.length === 0) return `The alert “${title}”${device}`;
  return `${others.length + 1} alerts${device}, the first “${title}”,`;
}

function findRefusal(alerts: readonly KnownAlert[]): string | undefined {
  return alerts.find(({ refused }) => refused !== undefined)?.refused;
}

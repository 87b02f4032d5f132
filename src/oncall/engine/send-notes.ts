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

/** Writes the findings into the incidents of all alerts of a run; rejects if the job should be retried. */
export async function sendNotes(
  runId: string,
  run: Run | undefined,
  alerts: readonly KnownAlert[],
  parts: AfterAnswerContext,
): Promise<void> {
  const text = composeText(run, alerts);
  // There is no answer yet: it sends the notes.
  if (text === undefined) return;
  const untold = await reportToOps(runId, run, alerts, parts);
  let later: unknown = untold;
  for (const known of alerts) {
    if (known.noted) continue;
    later = (await sendNote(runId, run, known, text, parts)) ?? later;
  }
  if (later !== undefined) throw later;
}

/** Returns an error if the note should be sent again. */
async function sendNote(
  runId: string,
  run: Run | undefined,
  { alert, noteBegun = false }: KnownAlert,
  text: string,
  { alertIndex, writeIncidentNote: options, logger }: AfterAnswerContext,
): Promise<FtmError | undefined> {
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

function composeText(run: Run | undefined, alerts: readonly KnownAlert[]): string | undefined {
  if (run?.outcome !== undefined && run.outcome.kind !== 'group') return noteText(run, run.outcome);
  const refused = findRefusal(alerts);
  return refused === undefined ? undefined : `ftm-check started no check: ${refused}`;
}

/**
 * No other part notices that an alert ends without an answer in Slack. Returns an error if they should be told
 * again: the note to the incident does not wait for it.
 */
async function reportToOps(
  runId: string,
  run: Run | undefined,
  alerts: readonly KnownAlert[],
  { reportToOps: tell, logger }: AfterAnswerContext,
): Promise<unknown> {
  const unseen = explainUnseen(run, alerts);
  if (unseen === undefined) return undefined;
  logger.warn({ run: runId, reason: unseen.reason }, 'an alert got no answer in Slack');
  try {
    await tell?.({
      key: unseen.isRefusal ? `alert-refused:${unseen.reason}` : `alert-unseen:${runId}`,
      text: `${describeAlerts(run, alerts)} got no answer in Slack: ${unseen.reason} \`ftm-check doctor\` checks the channels.`,
      keepMs: unseen.isRefusal ? REFUSAL_TOLD_MS : RETENTION_MS,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

function explainUnseen(
  run: Run | undefined,
  alerts: readonly KnownAlert[],
): { readonly reason: string; readonly isRefusal: boolean } | undefined {
  if (run?.outcome === undefined) {
    const refused = findRefusal(alerts);
    return refused === undefined
      ? undefined
      : { reason: `${refused}.`.replace(/\.\.$/, '.'), isRefusal: true };
  }
  // Without `answeredAt` Slack is away, and the answer follows.
  if (run.answeredAt === undefined || answerThread(run) !== undefined) return undefined;
  const why = run.answerRefused === undefined ? '' : ` (${run.answerRefused})`;
  const device = run.alias ?? 'the device';
  return {
    reason: `the bot cannot post in <#${run.replyTo.channel}>, which is mapped to \`${device}\`${why}.`,
    isRefusal: false,
  };
}

/** `The alert “VPN logins fail” about fgt-branch-07`, in Slack mrkdwn. */
function describeAlerts(run: Run | undefined, [first, ...others]: readonly KnownAlert[]): string {
  const device = run?.alias === undefined ? '' : ` about \`${run.alias}\``;
  const title = escapeMrkdwn(cut(first?.alert.title ?? '', MAX_TITLE));
  if (others.length === 0) return `The alert “${title}”${device}`;
  return `${others.length + 1} alerts${device}, the first “${title}”,`;
}

function findRefusal(alerts: readonly KnownAlert[]): string | undefined {
  return alerts.find(({ refused }) => refused !== undefined)?.refused;
}

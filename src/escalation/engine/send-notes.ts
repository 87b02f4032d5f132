import { FtmError } from '../../ftm-error.ts';
import type { Run } from '../../runs/run.ts';
import { answerThread } from '../core/answer-thread.ts';
import { threadLink } from '../core/thread-link.ts';
import type { KnownAlert } from '../intake/alert-index.ts';
import { noteText, writeIncidentNote } from '../intake/incident-note.ts';
import type { AfterAnswerContext } from './after-answer.ts';

const RETENTION_MS = 7 * 24 * 3_600_000;

/** Writes the findings into the incidents of all alerts of a run; rejects if the job should be retried. */
export async function sendNotes(runId: string, parts: AfterAnswerContext): Promise<void> {
  const alerts = (await parts.alertIndex.of(runId)).filter(({ over }) => !over);
  if (alerts.length === 0) return;
  const run = await parts.runs.get(runId);
  const text = textOf(run, alerts);
  // There is no answer yet: it sends the notes.
  if (text === undefined) return;
  await reportUnansweredAlert(runId, run, alerts, parts);
  let later: string | undefined;
  for (const { alert, noted } of alerts) {
    if (noted || parts.writeIncidentNote === undefined) continue;
    const delivery = parts.alertIndex.runIdOf(alert, run?.alias ?? '');
    const sent = await writeIncidentNote(alert, { runId: delivery, text }, parts.writeIncidentNote);
    if (sent.kind === 'later') {
      later = sent.reason;
      continue;
    }
    if (sent.kind === 'refused') {
      parts.logger.warn({ run: runId, reason: sent.reason }, 'note not added to the incident');
    }
    await parts.alertIndex.markNoted(runId, alert.id);
  }
  if (later !== undefined) throw new FtmError('ftm_internal', later, { retryable: true });
}

function textOf(run: Run | undefined, alerts: readonly KnownAlert[]): string | undefined {
  if (run?.outcome !== undefined && run.outcome.kind !== 'group') {
    const thread = answerThread(run);
    return noteText(run.outcome, thread && threadLink(thread));
  }
  const refused = refusalOf(alerts);
  return refused === undefined ? undefined : `ftm-check started no check: ${refused}`;
}

/** Once per run: nobody else would notice that an alert ends without an answer in Slack. */
async function reportUnansweredAlert(
  runId: string,
  run: Run | undefined,
  alerts: readonly KnownAlert[],
  { postToOps, records, logger }: AfterAnswerContext,
): Promise<void> {
  const reason = whyUnseen(run, alerts);
  if (reason === undefined || postToOps === undefined) return;
  const key = `alert-unseen:${runId}`;
  if ((await records.get(key)) !== undefined) return;
  try {
    await postToOps(`An alert got no answer in Slack: ${reason} \`ftm-check doctor\` checks the channels.`);
    await records.put(key, 'told', 0, RETENTION_MS);
  } catch (error) {
    // The note to the incident is more important, and says it too.
    logger.warn({ err: error, run: runId }, 'the operations channel was not told about an alert');
  }
}

function whyUnseen(run: Run | undefined, alerts: readonly KnownAlert[]): string | undefined {
  if (run?.outcome === undefined) {
    const refused = refusalOf(alerts);
    return refused === undefined ? undefined : `${refused}.`.replace(/\.\.$/, '.');
  }
  if (answerThread(run) !== undefined) return undefined;
  return `the bot cannot post in <#${run.replyTo.channel}>, which is mapped to \`${run.alias ?? 'the device'}\`.`;
}

function refusalOf(alerts: readonly KnownAlert[]): string | undefined {
  return alerts.find(({ refused }) => refused !== undefined)?.refused;
}

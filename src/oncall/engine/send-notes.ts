import { FtmError } from '../../engine/ftm-error.ts';
import type { Run } from '../../platform/runs/run.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { findResolution } from '../core/escalation.ts';
import { clipToLimit } from '../core/pager-text.ts';
import { answerThread, whereText } from '../core/threads.ts';
import type { StoredAlert } from '../intake/alert.ts';
import type { KnownAlert } from '../intake/alert-index.ts';
import { noteText, writeIncidentNote } from '../intake/incident-note.ts';
import { actorName } from '../thread/people.ts';
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
  for (const { alert, refused = '' } of alerted.alerts) {
    const about = [alerted.runId, alert.source, alert.id, refused];
    later = (await noteOnce(alert, about, text, alerted)) ?? later;
  }
  if (later !== undefined) throw later;
}

/**
 * Writes the note of the person who resolved a page into the incidents that started its checks. Rejects if the job
 * should be retried.
 */
export async function sendResolution(escalationId: string, parts: AfterAnswerContext): Promise<void> {
  const escalation = (await parts.store.get(escalationId))?.escalation;
  const resolution = escalation && findResolution(escalation);
  if (escalation === undefined || resolution?.by === undefined) return;
  const text = `Resolved by ${actorName(resolution.by)}: ${resolution.reason ?? ''}\n${whereText(escalation.thread)}`;
  let later: unknown;
  for (const runId of [escalation.runId, ...escalation.laterRuns]) {
    for (const { alert, over } of await parts.alertIndex.list(runId)) {
      if (over) continue;
      const about = [escalationId, alert.source, alert.incident ?? ''];
      later = (await noteOnce(alert, about, text, parts)) ?? later;
    }
  }
  if (later !== undefined) throw later;
}

/** Written before the note is sent: after a crash it is looked up. */
const BEGUN = 'begun';

/** Writes one note into the incident of an alert. `about`: names the note. Resolves with an error if it should be tried again. */
async function noteOnce(
  alert: StoredAlert,
  about: readonly string[],
  text: string,
  { records, writeIncidentNote: options, logger }: AfterAnswerContext,
): Promise<unknown> {
  if (options === undefined || alert.incident === undefined) return undefined;
  const id = sha256(about.join('\n'), 32);
  const key = `incident-noted:${id}`;
  const known = await records.get(key);
  if (known !== undefined && known.text !== BEGUN) return undefined;
  if (known === undefined) await records.put(key, BEGUN, 0, RETENTION_MS);
  const note = { id, text, mayBeDone: known !== undefined };
  const sent = await writeIncidentNote(alert, note, options).catch((error: unknown) => {
    if (!(error instanceof FtmError)) throw error;
    logger.error({ incident: alert.incident, err: error }, 'a note could not be sent');
    return { kind: 'later', reason: 'The settings of notes cannot be used; see the log.' } as const;
  });
  if (sent.kind === 'later') return new FtmError('ftm_internal', sent.reason, { retryable: true });
  if (sent.kind === 'refused') {
    logger.warn({ incident: alert.incident, reason: sent.reason }, 'note not added to the incident');
  }
  await records.put(key, 'noted', known?.version ?? 1, RETENTION_MS);
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
  const title = escapeMrkdwn(clipToLimit(first?.alert.title ?? '', MAX_TITLE));
  if (others.length === 0) return `The alert “${title}”${device}`;
  return `${others.length + 1} alerts${device}, the first “${title}”,`;
}

function findRefusal(alerts: readonly KnownAlert[]): string | undefined {
  return alerts.find(({ refused }) => refused !== undefined)?.refused;
}

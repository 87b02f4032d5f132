import { FtmError } from '../../engine/ftm-error.ts';
import type { JobContext } from '../../platform/queue/job-queue.ts';
import { type Actor, type Escalation, type EscalationRequest, findResolution } from '../core/escalation.ts';
import { isJoinable, joinGroup } from '../core/group.ts';
import { acknowledge, addToOpen, askForPerson, openEscalation, resolve } from '../core/machine.ts';
import { type EscalationEvent, type EscalationJob, resolutionJob, wakeJob } from '../jobs.ts';
import { type AfterAnswerContext, afterAnswer, afterSilence, openByPolicy } from './after-answer.ts';
import { correlateRun } from './correlate-incidents.ts';
import { drainOutbox } from './drain-outbox.ts';
import { updateEscalation } from './engine-context.ts';
import { handOver } from './hand-over.ts';
import { sendNotes, sendResolution } from './send-notes.ts';
import { reportSilenced } from './silenced-escalations.ts';

/**
 * Processes one job. Every kind is safe to repeat after a crash: decisions and finished actions are in the store, and
 * actions that may have been done are looked up.
 */
export async function processEscalationJob(
  job: EscalationJob,
  context: Pick<JobContext<null>, 'signal'>,
  parts: AfterAnswerContext,
): Promise<null> {
  if (context.signal.aborted) throw context.signal.reason;
  await work(job, parts);
  return null;
}

async function work(job: EscalationJob, parts: AfterAnswerContext): Promise<void> {
  switch (job.kind) {
    case 'open':
      return await open(job.draft, parts);
    case 'event': {
      // Includes resolved escalations: the process that resolved one may have crashed before it notified the routes.
      const stored = await parts.store.lastByKey(job.key);
      // A late event must not close the next page about the same cause.
      const { at = Number.POSITIVE_INFINITY } = job.event;
      if (stored === undefined || at < stored.escalation.openedAt) {
        parts.logger.info({ key: job.key }, 'update for an unknown page');
        return;
      }
      const { id } = stored.escalation;
      const latest = await updateEscalation(parts, id, (before) => applyEvent(before, job.event, parts));
      if (latest !== undefined && findResolution(latest)?.reason !== undefined) {
        await parts.queue.enqueue(resolutionJob(id));
      }
      return await drainOutbox(id, 'provider', parts);
    }
    case 'person':
      await updateEscalation(parts, job.escalation, (latest) =>
        askForPerson(latest, job.person, parts.now()),
      );
      return await drainOutbox(job.escalation, 'provider', parts);
    case 'wake':
      return await drainOutbox(job.escalation, job.side, parts, job.at);
    case 'answered':
      return await afterAnswer(job.runId, parts);
    case 'unanswered':
      return await afterSilence(job.runId, job.policy, parts);
    case 'correlation':
      return await correlateRun(job.runId, parts);
    case 'silence-ended':
      return await reportSilenced(job, parts);
    case 'handover':
      return await handOver(job.at, parts);
    case 'note-back':
      return await noteBackAndPage(job.runId, parts);
    case 'resolution':
      return await sendResolution(job.escalation, parts);
  }
}

/**
 * A page of a policy joins the open one about the same cause, of the same customer and site. What is due is performed
 * in the job group of the escalation.
 */
async function open(draft: EscalationRequest, parts: AfterAnswerContext): Promise<void> {
  const { store, now } = parts;
  const { group } = draft;
  const isKnown = (await store.openByKey(draft.key)) !== undefined;
  const known = group === undefined || isKnown ? undefined : (await store.lastByGroup(group))?.escalation;
  let { id } = known ?? draft;
  if (known !== undefined && isJoinable(known, draft.openedAt, parts.settings.grouping ?? 0)) {
    await store.link({ key: draft.key }, id);
    await updateEscalation(parts, id, (latest) => joinGroup(latest, draft, now()));
  } else {
    const { escalation } = await store.create(openEscalation(draft));
    ({ id } = escalation);
    if (id === draft.id) {
      if (group !== undefined) await store.link({ group }, id);
    } else await updateEscalation(parts, id, (latest) => addToOpen(latest, draft, now()));
  }
  const stored = await store.get(id);
  if (stored === undefined) return;
  await parts.queue.enqueue(
    wakeJob(stored.escalation, now(), now(), 'provider', `open ${draft.id} ${stored.version}`),
  );
}

/** An alert that joined the run after its answer may be of a source that pages. */
async function noteBackAndPage(runId: string, parts: AfterAnswerContext): Promise<void> {
  const alerts = (await parts.alertIndex.list(runId)).filter(({ over }) => !over);
  if (alerts.length === 0) return;
  const run = await parts.runs.get(runId);
  if (run !== undefined) await openByPolicy({ ...parts, run, alerts });
  await sendNotes({ ...parts, runId, run, alerts });
}

function applyEvent(
  latest: Escalation,
  { kind, by, note }: EscalationEvent,
  parts: AfterAnswerContext,
): Escalation {
  const actor = fromOwnRoute(latest, by, parts);
  return kind === 'acknowledged'
    ? acknowledge(latest, actor, parts.now(), parts.settings)
    : resolve(latest, actor, parts.now(), note);
}

/** An actor names a provider by its kind; the route that took the page must not be notified of its own change. */
function fromOwnRoute(latest: Escalation, by: Actor, { settings }: AfterAnswerContext): Actor {
  const route = settings.routes.find(({ kind, name }) => kind === by.via && latest.routes.includes(name));
  return route === undefined || route.kind === 'slack' ? by : { ...by, via: route.name };
}

export function isRetryable(error: unknown): boolean {
  return !(error instanceof FtmError) || error.retryable || error.code === 'ftm_queue_unavailable';
}

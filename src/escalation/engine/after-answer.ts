import type { EscalationSettings } from '../../config/escalation-types.ts';
import { findDevice } from '../../config/find-device.ts';
import type { Inventory } from '../../config/inventory-types.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { FtmError } from '../../ftm-error.ts';
import type { Run } from '../../runs/run.ts';
import type { Records } from '../../store/records.ts';
import type { RunStore } from '../../store/run-store.ts';
import { answerThread } from '../core/answer-thread.ts';
import type { Escalation, ThreadRef } from '../core/escalation.ts';
import { offerToResolve } from '../core/machine.ts';
import { policyFor, ranksAtLeast } from '../core/policy.ts';
import { dedupKey, subjectOf } from '../core/subject.ts';
import type { AlertIndex, KnownAlert } from '../intake/alert-index.ts';
import type { IncidentNoteOptions } from '../intake/incident-note.ts';
import { correlationJob, incidentNoteJob, openJob, unansweredJob } from '../jobs.ts';
import { correlate } from './correlate-incidents.ts';
import { drainOutbox } from './drain-outbox.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';
import { toPageRequest } from './page-request.ts';

export interface AfterAnswerContext extends EngineContext {
  readonly inventory: Inventory;
  readonly runs: Pick<RunStore, 'get' | 'byDevice'>;
  readonly records: Records;
  readonly alertIndex: AlertIndex;
  /** Absent if no alerts are configured. */
  readonly writeIncidentNote?: IncidentNoteOptions;
  /** Posts Slack mrkdwn to the operations channel; absent if none is set. */
  readonly postToOps?: ((text: string) => Promise<unknown>) | undefined;
}

/**
 * Actions after a final answer: incident correlation, policies, the offer to close a page, the note to the incident
 * that started the run.
 */
export async function afterAnswer(runId: string, parts: AfterAnswerContext): Promise<void> {
  const run = await parts.runs.get(runId);
  if (run?.outcome === undefined) return;
  const alerts = await parts.alertIndex.of(runId);
  if (alerts.length > 0) await parts.queue.enqueue(incidentNoteJob(runId));
  const thread = answerThread(run);
  if (run.outcome.kind !== 'diagnosed' || thread === undefined) return;
  const { diagnosis } = run.outcome;

  if (mayPage(run, diagnosis, alerts, parts.settings)) {
    await applyPolicies(run, diagnosis, thread, alerts, parts);
  }
  await offerClosing(run, diagnosis, thread, parts);
  if (parts.settings.radar !== undefined) await parts.queue.enqueue(correlationJob(runId));
}

/** Rejects when Slack is unavailable, so that the job is retried. */
export async function correlateRun(runId: string, parts: AfterAnswerContext): Promise<void> {
  const { settings, records, thread: slack } = parts;
  const run = await parts.runs.get(runId);
  const thread = run && answerThread(run);
  if (run?.outcome?.kind !== 'diagnosed' || thread === undefined || settings.radar === undefined) return;
  const { team } = settings.radar;
  // With several workspaces, the notice names the devices of its own.
  if (team !== undefined && thread.team !== undefined && thread.team !== team) return;
  const { diagnosis } = run.outcome;
  const device = run.alias ?? diagnosis.device.hostname;
  if (device === undefined) return;
  const at = run.answeredAt ?? run.acceptedAt;
  await correlate(
    { device, runId, at, diagnosis, thread },
    { settings: settings.radar, records, thread: slack },
  );
}

/**
 * A run that an alert started pages nobody unless its source may: the recipient of the alert is paged already, and gets
 * the findings as a note.
 */
function mayPage(
  run: Run,
  diagnosis: Diagnosis,
  alerts: readonly KnownAlert[],
  { alerts: settings }: EscalationSettings,
): boolean {
  const subject = subjectOf(run, diagnosis);
  if (subject === undefined) return false;
  // A device of a group was not asked about: only a sweep may say that it pages.
  if (run.partOf !== undefined && !run.partOf.pages) return false;
  if (alerts.length === 0) return true;
  return alerts.some(({ alert, over }) => {
    const pages = settings?.[alert.source]?.pages ?? 'never';
    return !over && pages !== 'never' && ranksAtLeast(subject.severity, pages);
  });
}

/** The first policy that matches; of an alert whose source pages, else the routes of a page by a person. */
async function applyPolicies(
  run: Run,
  diagnosis: Diagnosis,
  thread: ThreadRef,
  alerts: readonly KnownAlert[],
  parts: AfterAnswerContext,
): Promise<void> {
  const subject = subjectOf(run, diagnosis);
  if (subject === undefined) return;
  const { policies, order } = parts.settings;
  const matching = policyFor(policies, subject, groupsOf(run, parts.inventory));
  const [first] = alerts;
  const ofSource =
    first === undefined || order.length === 0
      ? undefined
      : { name: `alerts of ${first.alert.source}`, routes: order, unanswered: undefined };
  const policy = matching ?? ofSource;
  if (policy === undefined) return;
  if (policy.unanswered !== undefined) {
    await parts.queue.enqueue(unansweredJob(run.id, policy.name, policy.unanswered));
    return;
  }
  await parts.queue.enqueue(
    openJob(toPageRequest(run, thread, { kind: 'policy', policy: policy.name }, policy.routes, parts.now())),
  );
}

/** Nobody wrote, reacted, checked again or paged since the answer, so the policy pages. */
export async function afterSilence(
  runId: string,
  policyName: string,
  parts: AfterAnswerContext,
): Promise<void> {
  const run = await parts.runs.get(runId);
  const thread = run && answerThread(run);
  const policy = parts.settings.policies.find(({ name }) => name === policyName);
  if (run?.outcome?.kind !== 'diagnosed' || thread === undefined || policy === undefined) return;
  const subject = subjectOf(run, run.outcome.diagnosis);
  if (subject === undefined) return;
  if ((await parts.store.openByKey(dedupKey(subject, thread))) !== undefined) return;
  const later = run.alias === undefined ? [] : await parts.runs.byDevice(run.alias, 5);
  if (later.some(({ id, acceptedAt }) => id !== run.id && acceptedAt > run.acceptedAt)) return;
  const since = run.answeredAt ?? run.acceptedAt;
  const reaction = await parts.thread.hasReaction(thread, since);
  if (reaction.kind === 'later') {
    throw new FtmError('ftm_slack_failed', reaction.reason, { retryable: true });
  }
  // If Slack cannot be queried, the policy pages: one page too many is better than one too few.
  if (reaction.kind === 'done' && reaction.value) return;
  await parts.queue.enqueue(
    openJob(toPageRequest(run, thread, { kind: 'policy', policy: policyName }, policy.routes, parts.now())),
  );
}

/** Asks whether to close a page whose cause this check finds healthy. */
async function offerClosing(
  run: Run,
  diagnosis: Diagnosis,
  thread: ThreadRef,
  parts: AfterAnswerContext,
): Promise<void> {
  if (run.alias === undefined) return;
  const alias = run.alias.toLowerCase();
  for (const escalation of await parts.store.open()) {
    if (escalation.subject.alias?.toLowerCase() !== alias || escalation.runId === run.id) continue;
    if (!isRepaired(escalation, diagnosis)) continue;
    await updateEscalation(parts, escalation.id, (latest) =>
      offerToResolve(latest, { runId: run.id, thread }, parts.now()),
    );
    await drainOutbox(escalation.id, parts);
  }
}

function isRepaired({ subject }: Escalation, diagnosis: Diagnosis): boolean {
  if (diagnosis.verdict === 'healthy') return true;
  const check = diagnosis.checks.find(({ rule }) => rule === subject.cause);
  return check?.verdict === 'healthy';
}

function groupsOf({ alias }: Run, inventory: Inventory): readonly string[] {
  return (alias === undefined ? undefined : findDevice(inventory, alias))?.groups ?? [];
}

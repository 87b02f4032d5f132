import type {
  EscalationSettings,
  PagerPolicy,
  PagerSeverity,
} from '../../platform/config/escalation-schema.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { findDevice, listsDevice } from '../../platform/config/listed-devices.ts';
import type { PageThreshold } from '../../platform/config/sweep-schema.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Escalation, Subject, ThreadRef } from '../core/escalation.ts';
import { listPagedDevices, nameGroup, recoverDevice } from '../core/group.ts';
import { offerToResolve } from '../core/machine.ts';
import { dedupKey, nameSubject } from '../core/subject.ts';
import { answerThread, hasThread, threadOrChannel } from '../core/threads.ts';
import type { AlertIndex, KnownAlert } from '../intake/alert-index.ts';
import type { FindSilence } from '../intake/alertmanager-silences.ts';
import type { IncidentNoteOptions } from '../intake/incident-note.ts';
import { correlationJob, incidentNoteJob, openJob, unansweredJob, wakeJob } from '../jobs.ts';
import { orThrow } from '../thread/thread-result.ts';
import { draftEscalation } from './draft-escalation.ts';
import { type EngineContext, updateEscalation } from './engine-context.ts';
import { silenceEscalation } from './silenced-escalations.ts';

export interface AfterAnswerContext extends EngineContext, Pick<Dependencies, 'inventory' | 'records'> {
  readonly runs: Pick<RunStore, 'get' | 'byDevice'>;
  readonly alertIndex: AlertIndex;
  readonly findSilence: FindSilence;
  /** Absent if no alerts are configured. */
  readonly writeIncidentNote?: IncidentNoteOptions;
}

interface AnsweredRun extends AfterAnswerContext {
  readonly run: Run;
  readonly alerts: readonly KnownAlert[];
}

/**
 * Actions after a final answer: incident correlation, policies, the offer to close a page, the note to the incident
 * that started the run. A page of a provider and a note need no Slack.
 */
export async function afterAnswer(runId: string, parts: AfterAnswerContext): Promise<void> {
  const run = await parts.runs.get(runId);
  if (run?.outcome === undefined) return;
  const alerts = await parts.alertIndex.list(runId);
  if (alerts.length > 0) await parts.queue.enqueue(incidentNoteJob(runId));
  await openByPolicy({ ...parts, run, alerts });
  const thread = answerThread(run);
  if (thread === undefined) return;
  await adoptThread(run, thread, parts);
  if (run.outcome.kind !== 'diagnosed') return;
  await offerClosing(run, thread, parts);
  if (parts.settings.correlation !== undefined) await parts.queue.enqueue(correlationJob(runId));
}

/** Pages as the policies and the sources of the alerts say; a repeated call pages only once. */
export async function openByPolicy(answered: AnsweredRun): Promise<void> {
  const { outcome } = answered.run;
  if (outcome?.kind === 'failed' && outcome.code !== 'ftm_cancelled') await pageForFailure(answered);
  const subject = toSubject(answered.run);
  if (subject !== undefined && mayPage(subject, answered)) await applyPolicies(subject, answered);
}

function toSubject(run: Run): Subject | undefined {
  return run.outcome?.kind === 'diagnosed' ? nameSubject(run, run.outcome.diagnosis) : undefined;
}

/**
 * A run that an alert started pages only if its source may: the recipient of the alert is paged already, and gets
 * the findings as a note.
 */
function mayPage({ severity }: Subject, { run, alerts, settings }: AnsweredRun): boolean {
  // A device of a group was not asked about: only a sweep may say that it pages.
  if (run.partOf !== undefined && !run.partOf.pages) return false;
  if (alerts.length === 0) return true;
  return alerts.some((known) => {
    const pages = sourceThreshold(known, settings);
    return pages !== 'never' && ranksAtLeast(severity, pages);
  });
}

function sourceThreshold({ alert, over }: KnownAlert, { alerts }: EscalationSettings): PageThreshold {
  return over ? 'never' : (alerts?.[alert.source]?.pages ?? 'never');
}

/**
 * The alert of a source that pages may have been seen nowhere else: a check that failed says nothing against it. A person who
 * cancelled the check has seen it.
 */
async function pageForFailure(answered: AnsweredRun): Promise<void> {
  const { alerts, settings } = answered;
  const first = alerts.find((known) => sourceThreshold(known, settings) !== 'never');
  if (first === undefined || settings.order.length === 0) return;
  await enqueuePage({ name: alertPolicy(first), routes: settings.order }, answered);
}

function alertPolicy({ alert }: KnownAlert): string {
  return `alerts of ${alert.source}`;
}

/** A page that was opened while Slack was away is shown in the thread of the answer once that is there. */
async function adoptThread(run: Run, thread: ThreadRef, parts: AfterAnswerContext): Promise<void> {
  for (const escalation of await parts.store.open()) {
    if (escalation.runId !== run.id || hasThread(escalation.thread)) continue;
    await updateEscalation(parts, escalation.id, (latest) => ({ ...latest, thread, statusShown: '' }));
    await wake(escalation, `thread ${run.id}`, parts);
  }
}

/** Performs what is due in the job group of Slack's jobs about the escalation, where no other worker does. */
async function wake(escalation: Escalation, why: string, { queue, now }: AfterAnswerContext): Promise<void> {
  await queue.enqueue(wakeJob(escalation, now(), now(), 'slack', why));
}

/** The first policy that matches; of an alert or a sweep that pages, else the routes of a page by a person. */
async function applyPolicies(subject: Subject, answered: AnsweredRun): Promise<void> {
  const { run, alerts, settings, queue } = answered;
  const { policies, order: routes } = settings;
  const [first] = alerts;
  const source = first === undefined ? (run.partOf?.pages ? 'sweep' : undefined) : alertPolicy(first);
  const ofSource = source === undefined || routes.length === 0 ? undefined : { name: source, routes };
  const matching = policyFor(policies, subject, findDeviceName(run, answered));
  if (matching?.unanswered !== undefined)
    await queue.enqueue(unansweredJob(run.id, matching.name, matching.unanswered));
  else if (matching !== undefined) await enqueuePage(matching, answered);
  else if (ofSource !== undefined) await enqueuePage(ofSource, answered);
}

async function enqueuePage(
  { name, routes }: Pick<PagerPolicy, 'name' | 'routes'>,
  answered: AnsweredRun,
): Promise<void> {
  const { run, alerts, queue, settings, now } = answered;
  const device = findDeviceName(run, answered);
  const draft = draftEscalation(run, threadOrChannel(run), { kind: 'policy', policy: name }, routes, now(), {
    device,
  });
  if (device !== undefined && (await silenceEscalation(draft, device, alerts, answered))) return;
  const group =
    settings.grouping === undefined || device === undefined ? undefined : nameGroup(draft, device);
  await queue.enqueue(openJob({ ...draft, group }));
}

/** Without a message, reaction, new check or page since the answer, the policy pages. */
export async function afterSilence(
  runId: string,
  policyName: string,
  parts: AfterAnswerContext,
): Promise<void> {
  const run = await parts.runs.get(runId);
  const policy = parts.settings.policies.find(({ name }) => name === policyName);
  const subject = run && toSubject(run);
  if (run === undefined || subject === undefined || policy === undefined) return;
  const thread = threadOrChannel(run);
  if ((await parts.store.openByKey(dedupKey(subject, thread))) !== undefined) return;
  const later = run.alias === undefined ? [] : await parts.runs.byDevice(run.alias, 5);
  if (later.some(({ id, acceptedAt }) => id !== run.id && acceptedAt > run.acceptedAt)) return;
  const since = run.answeredAt ?? run.acceptedAt;
  const reaction = hasThread(thread)
    ? await parts.thread.hasReaction(thread, since)
    : ({ kind: 'done', value: false } as const);
  // If Slack refuses the query, the policy pages: one page too many is better than one too few.
  if (reaction.kind !== 'refused' && orThrow(reaction)) return;
  await enqueuePage(policy, { ...parts, run, alerts: await parts.alertIndex.list(runId) });
}

/** Asks whether to close a page whose cause this check finds healthy. */
async function offerClosing(run: Run, thread: ThreadRef, parts: AfterAnswerContext): Promise<void> {
  if (run.alias === undefined) return;
  const alias = run.alias.toLowerCase();
  for (const escalation of await parts.store.open()) {
    const device = listPagedDevices(escalation).find((each) => each.toLowerCase() === alias);
    if (device === undefined || escalation.runId === run.id || !isRepaired(escalation, run)) continue;
    await updateEscalation(parts, escalation.id, (latest) => {
      const { escalation: next, isLast } = recoverDevice(latest, device, parts.now());
      return isLast ? offerToResolve(next, { runId: run.id, thread }, parts.now()) : next;
    });
    await wake(escalation, `offer ${run.id}`, parts);
  }
}

function isRepaired({ subject }: Escalation, { outcome }: Run): boolean {
  if (outcome?.kind !== 'diagnosed') return false;
  const { verdict, checks } = outcome.diagnosis;
  return verdict === 'healthy' || checks.find(({ rule }) => rule === subject.cause)?.verdict === 'healthy';
}

export function findDeviceName(
  { alias }: Run,
  { inventory }: Pick<AfterAnswerContext, 'inventory'>,
): Device | undefined {
  return alias === undefined ? undefined : findDevice(inventory, alias);
}

const RANK: Readonly<Record<PagerSeverity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };

function ranksAtLeast(severity: PagerSeverity, min: PagerSeverity): boolean {
  return RANK[severity] >= RANK[min];
}

/** Returns the first policy whose threshold the diagnosis reaches. `known`: absent for pasted evidence. */
export function policyFor(
  policies: readonly PagerPolicy[],
  subject: Subject,
  known: Pick<Device, 'groups' | 'customer' | 'site'> | undefined,
): PagerPolicy | undefined {
  const device = { groups: [], ...known, alias: subject.alias ?? '' };
  return policies.find(
    (policy) =>
      listsDevice(policy.devices, device) &&
      ranksAtLeast(subject.severity, policy.severity) &&
      subject.affectedUsers >= policy.affectedUsers,
  );
}

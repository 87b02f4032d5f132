import type { Run } from '../../platform/runs/run.ts';
import type { PageRequest, PageText, Subject, ThreadRef } from '../core/escalation.ts';
import { pageText, summaryOf, withWhere } from '../core/page-text.ts';
import { dedupKey, subjectOf } from '../core/subject.ts';
import { escalationId } from '../jobs.ts';

/**
 * Builds the page request about a run. `requestId` distinguishes one decision of a person from the next; a policy
 * decides once per run. A person may page about any run, also about one without a finding.
 */
export function toPageRequest(
  run: Run,
  thread: ThreadRef,
  trigger: PageRequest['trigger'],
  routes: readonly string[],
  now: number,
  options: { readonly impact?: string | undefined; readonly requestId?: string } = {},
): PageRequest {
  const { impact, requestId = '' } = options;
  const subject = subjectFor(run);
  const key = dedupKey(subject, thread);
  const decided = trigger.kind === 'policy' ? trigger.policy : `${trigger.user} ${requestId}`;
  return {
    id: escalationId(key, run.id, trigger.kind, decided),
    key,
    subject,
    runId: run.id,
    thread,
    trigger,
    routes: [...routes],
    text: textFor(run, subject, thread, impact),
    openedAt: now,
    impact,
  };
}

function subjectFor(run: Run): Subject {
  const { outcome, alias } = run;
  const found = outcome?.kind === 'diagnosed' ? subjectOf(run, outcome.diagnosis) : undefined;
  if (found !== undefined) return found;
  return {
    device: alias ?? 'an unknown device',
    alias,
    cause: outcome?.kind === 'failed' ? outcome.code : 'unknown',
    severity: 'medium',
    affectedUsers: 0,
  };
}

function textFor(run: Run, subject: Subject, thread: ThreadRef, impact: string | undefined): PageText {
  const { outcome } = run;
  if (outcome?.kind === 'diagnosed') {
    const { diagnosis, sinceHealthy } = outcome;
    return pageText({ subject, diagnosis, sinceHealthy, impact, thread });
  }
  const failure = outcome?.kind === 'failed' ? outcome : undefined;
  const message = failure?.message ?? 'There is no answer about FortiToken push yet.';
  const summary = summaryOf(subject, message);
  const details = [
    summary.endsWith(message) ? '' : message,
    failure?.advice ?? '',
    impact === undefined ? '' : `Impact: ${impact}`,
  ].filter((line) => line !== '');
  return { summary, details: withWhere(details.join('\n'), thread).trim() };
}

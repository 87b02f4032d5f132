import type { Device } from '../../platform/config/inventory-types.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { EscalationRequest, PagerText, Subject, ThreadRef } from '../core/escalation.ts';
import { type PageContext, pagerText, summarize, withWhere } from '../core/pager-text.ts';
import { dedupKey, nameSubject } from '../core/subject.ts';
import { escalationId } from '../jobs.ts';

interface DraftOptions {
  readonly impact?: string | undefined;
  readonly requestId?: string;
  /** The device in the inventory, if it is there. */
  readonly device?: Pick<Device, 'customer' | 'site'> | undefined;
}

/**
 * Builds the page request about a run. `requestId` distinguishes one decision of a person from the next; a policy
 * decides once per run. A person may page about any run, also about one without a finding.
 */
export function draftEscalation(
  run: Run,
  thread: ThreadRef,
  trigger: EscalationRequest['trigger'],
  routes: readonly string[],
  now: number,
  options: DraftOptions = {},
): EscalationRequest {
  const { impact, requestId = '', device: { customer, site } = {} } = options;
  const subject = { ...nameRunSubject(run), customer, site };
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
    text: textFor(run, { subject, thread, impact }),
    openedAt: now,
    impact,
  };
}

function nameRunSubject(run: Run): Subject {
  const { outcome, alias } = run;
  const found = outcome?.kind === 'diagnosed' ? nameSubject(run, outcome.diagnosis) : undefined;
  if (found !== undefined) return found;
  return {
    device: alias ?? 'an unknown device',
    alias,
    cause: outcome?.kind === 'failed' ? outcome.code : 'unknown',
    severity: 'medium',
    affectedUsers: 0,
  };
}

function textFor({ outcome }: Run, about: Omit<PageContext, 'diagnosis' | 'sinceHealthy'>): PagerText {
  if (outcome?.kind === 'diagnosed') {
    const { diagnosis, sinceHealthy } = outcome;
    return pagerText({ ...about, diagnosis, sinceHealthy });
  }
  const { subject, impact, thread } = about;
  const failure = outcome?.kind === 'failed' ? outcome : undefined;
  const message = failure?.message ?? 'There is no answer about FortiToken push yet.';
  const summary = summarize(subject, message);
  const details = [
    summary.endsWith(message) ? '' : message,
    failure?.advice ?? '',
    impact === undefined ? '' : `Impact: ${impact}`,
  ].filter((line) => line !== '');
  return { summary, details: withWhere(details.join('\n'), thread).trim() };
}

import type { JobQueue, NewJob } from '../platform/queue/job-queue.ts';
import { sha256 } from '../platform/store/sha256.ts';
import type { Actor, EscalationRequest, PersonRequest } from './core/escalation.ts';

/** An action of a provider or a person on a page. */
export interface EscalationEvent {
  readonly kind: 'acknowledged' | 'resolved';
  readonly by: Actor;
  /** When it happened, in milliseconds since the Unix epoch, if known. */
  readonly at?: number;
  /** What a person who resolved wrote; without secrets. */
  readonly note?: string;
}

/** Who performs an entry: a provider, or Slack. */
export type Side = 'provider' | 'slack';

export type EscalationJob =
  /** A person or a policy decided to page. */
  | { readonly kind: 'open'; readonly draft: EscalationRequest }
  | { readonly kind: 'event'; readonly key: string; readonly event: EscalationEvent }
  /** A person was chosen to be paged about this open page. */
  | { readonly kind: 'person'; readonly escalation: string; readonly person: PersonRequest }
  /** An entry of this side is due at `at`, in milliseconds since the Unix epoch. */
  | { readonly kind: 'wake'; readonly escalation: string; readonly at: number; readonly side: Side }
  /** A run has its final answer. */
  | { readonly kind: 'answered'; readonly runId: string }
  /** The time for a reaction to the answer has passed. */
  | { readonly kind: 'unanswered'; readonly runId: string; readonly policy: string }
  /** Checks whether other devices have the same problem. */
  | { readonly kind: 'correlation'; readonly runId: string }
  /** A maintenance window or a silence ends at `at`; `since`: a person ended it then. */
  | { readonly kind: 'silence-ended'; readonly at: number; readonly since?: number }
  /** A shift ends at `at`. */
  | { readonly kind: 'handover'; readonly at: number }
  /** Sends the findings to the incident that started the run. */
  | { readonly kind: 'note-back'; readonly runId: string }
  /** Sends the note of the person who resolved to the incidents that started the runs of the page. */
  | { readonly kind: 'resolution'; readonly escalation: string };

export type EscalationQueue = JobQueue<EscalationJob, null>;

type Job = NewJob<EscalationJob>;

/** `parts`: what makes two jobs of a kind the same. */
function jobId(kind: string, ...parts: readonly string[]): string {
  return `${kind}.${sha256(parts.join(' '), 32)}`;
}

export function openJob(draft: EscalationRequest): Job {
  // Pages that may join each other are opened one after another.
  return {
    id: `open.${draft.id}`,
    jobGroup: escalationGroup(draft.group ?? draft.key),
    data: { kind: 'open', draft },
  };
}

/** `eventId` is the provider's or the interaction's; it makes a repeated event the same job. */
export function eventJob(key: string, event: EscalationEvent, eventId: string): Job {
  const id = jobId('event', key, event.kind, eventId);
  return { id, jobGroup: escalationGroup(key), data: { kind: 'event', key, event } };
}

type Page = Pick<EscalationRequest, 'id' | 'key'>;

export function personJob({ id, key }: Page, person: PersonRequest): Job {
  const data = { kind: 'person', escalation: id, person } as const;
  return { id: jobId('person', id, person.id), jobGroup: escalationGroup(key), data };
}

export function resolutionJob(escalation: string): Job {
  return { id: `resolution.${escalation}`, data: { kind: 'resolution', escalation } };
}

/** `why` separates jobs that are due at the same moment. */
export function wakeJob({ id, key }: Page, at: number, now: number, side: Side, why: string): Job {
  return {
    id: `wake.${side}.${id}.${at}.${sha256(why, 32)}`,
    jobGroup: side === 'slack' ? slackGroup(key) : escalationGroup(key),
    delayMs: Math.max(0, at - now),
    data: { kind: 'wake', escalation: id, at, side },
  };
}

/** `early`: Slack does not take the answer yet; the same job follows when it does. */
export function answeredJob(runId: string, { early = false }: { readonly early?: boolean } = {}): Job {
  return { id: jobId(early ? 'answered-early' : 'answered', runId), data: { kind: 'answered', runId } };
}

export function unansweredJob(runId: string, policy: string, delayMs: number): Job {
  const data = { kind: 'unanswered', runId, policy } as const;
  return { id: jobId('unanswered', runId), jobGroup: slackGroup(runId), delayMs, data };
}

/** `alertId`: of an alert that joined the run, maybe after its answer. */
export function incidentNoteJob(runId: string, ...alertId: readonly string[]): Job {
  const id = jobId('note-back', runId, ...alertId);
  return { id, jobGroup: `note-${sha256(runId, 32)}`, data: { kind: 'note-back', runId } };
}

/** All correlation jobs share a jobGroup: two that see the same wave must not post two notices. */
export function correlationJob(runId: string): Job {
  return { id: jobId('correlation', runId), jobGroup: 'correlation', data: { kind: 'correlation', runId } };
}

export function handoverJob(at: number, now: number): Job {
  const delayMs = Math.max(0, at - now);
  return { id: `handover.${at}`, jobGroup: slackGroup('handover'), delayMs, data: { kind: 'handover', at } };
}

/** `since`: a person ends it then, which is now. */
export function silenceEndedJob(at: number, now: number, since?: number): Job {
  return {
    id: since === undefined ? `silence-ended.${at}` : `silence-ended.${at}.${since}`,
    jobGroup: slackGroup('silence'),
    delayMs: since === undefined ? Math.max(0, at - now) : 0,
    data: { kind: 'silence-ended', at, since },
  };
}

/** `esc-` and a hash that identifies the decision. */
export function escalationId(...parts: readonly string[]): string {
  return `esc-${sha256(parts.join('\n'), 32)}`;
}

/** Jobs that may run at the same time in a process. More than wait for Slack, so that a page never waits for it. */
export const CONCURRENCY = 24;
const SLACK_GROUPS = 8;

/** Jobs that call Slack share a few job groups: while it hangs, the others still find a place. */
function slackGroup(key: string): string {
  return `slack-${Number.parseInt(sha256(key, 32).slice(0, 8), 16) % SLACK_GROUPS}`;
}

/** All jobs of providers about one escalation run one after another. */
function escalationGroup(key: string): string {
  return `page-${sha256(key, 32)}`;
}

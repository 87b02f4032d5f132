import type { EscalationSettings } from '../../platform/config/escalation-types.ts';
import {
  type Actor,
  countRounds,
  type Escalation,
  type EscalationRequest,
  type HistoryEntry,
  type OutboxEntry,
  type ThreadRef,
} from './escalation.ts';
import {
  againEntry,
  changeEntry,
  noteEntry,
  remindEntry,
  threadEntry,
  triggerEntry,
  withoutEntry,
} from './outbox-entries.ts';
import { askForPerson, PERSON_TIMEOUT_MS, skipPerson } from './person.ts';

/** States: confirmed → paged → acknowledged → resolved. Pure: no step undoes a later state. */
export function openEscalation(draft: EscalationRequest): Escalation {
  const { impact, person, ...rest } = draft;
  const firstRouteAt = draft.openedAt + (person === undefined ? 0 : PERSON_TIMEOUT_MS);
  const opened: Escalation = {
    ...rest,
    impact,
    joined: [],
    recovered: [],
    laterRuns: [],
    asked: [],
    offered: [],
    notified: [],
    places: [draft.thread.channel],
    state: 'confirmed',
    accepted: [],
    outbox: [triggerEntry(draft.routes[0] ?? '', 0, firstRouteAt)],
    history: [{ at: draft.openedAt, what: 'opened' }],
    statusStarted: false,
    statusShown: '',
    copies: [],
  };
  return person === undefined ? opened : askForPerson(opened, person, draft.openedAt);
}

const MAX_ROUTE_ATTEMPTS = 4;
const MAX_ENTRY_ATTEMPTS = 8;
const MIN_RETRY_DELAY_MS = 5000;
const MAX_RETRY_DELAY_MS = 5 * 60_000;
/** A person is waiting to be paged: a route that asks for a longer pause is skipped. */
const MAX_RETRY_AFTER_MS = 2 * 60_000;

interface Delay {
  readonly reason: string;
  readonly retryAfterMs?: number | undefined;
  /** The attempt came further than the one before, and does not count. */
  readonly advanced?: boolean | undefined;
}

/** Temporary failure: the entry is tried again later; a page goes to the next route after a few attempts. */
export function delayEntry(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  { reason, retryAfterMs = 0, advanced = false }: Delay,
): Escalation {
  const attempts = entry.attempts + (advanced ? 0 : 1);
  const backoffMs = MIN_RETRY_DELAY_MS * 4 ** Math.max(0, attempts - 1);
  const pause = Math.max(retryAfterMs, Math.min(backoffMs, MAX_RETRY_DELAY_MS));
  const isPage = PAGES.has(entry.kind);
  const isLast = attempts >= MAX_ROUTE_ATTEMPTS || retryAfterMs > MAX_RETRY_AFTER_MS;
  if (isPage && isLast) return failPage(escalation, entry, at, reason);
  if (!isPage && attempts >= MAX_ENTRY_ATTEMPTS) return abandonEntry(escalation, entry, at, reason);
  const later: OutboxEntry = { ...entry, attempts, started: true, notBefore: at + pause };
  const first: HistoryEntry = { at, what: 'retrying', route: entry.route, reason };
  return {
    ...escalation,
    outbox: escalation.outbox.map((each) => (each.id === entry.id ? later : each)),
    history: isPage && attempts === 1 ? [...escalation.history, first] : escalation.history,
  };
}

/** The entry is not performed before `until`; this counts as no attempt. */
export function postponeEntry(escalation: Escalation, { id }: OutboxEntry, until: number): Escalation {
  const outbox = escalation.outbox.map((each) => (each.id === id ? { ...each, notBefore: until } : each));
  return { ...escalation, outbox };
}

/** Permanent failure: another attempt would be refused too. */
export function refuseEntry(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  reason: string,
): Escalation {
  return PAGES.has(entry.kind)
    ? failPage(escalation, entry, at, reason)
    : abandonEntry(escalation, entry, at, reason);
}

/** Entries that page a person. */
const PAGES: ReadonlySet<OutboxEntry['kind']> = new Set(['page', 'call', 'person']);

function failPage(escalation: Escalation, entry: OutboxEntry, at: number, reason: string): Escalation {
  return entry.kind === 'person'
    ? skipPerson(escalation, entry, at, reason)
    : failRoute(escalation, entry, at, reason);
}

export function completeEntry(escalation: Escalation, entry: OutboxEntry): Escalation {
  return withoutEntry(escalation, entry.id);
}

function abandonEntry(escalation: Escalation, entry: OutboxEntry, at: number, reason: string): Escalation {
  const next = withoutEntry(escalation, entry.id);
  if (entry.kind === 'say' || entry.kind === 'offer' || entry.kind === 'mention' || entry.kind === 'remind')
    return next;
  return { ...next, history: [...next.history, { at, what: 'not-told', route: entry.route, reason }] };
}

export function failRoute(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  reason: string,
): Escalation {
  const route = entry.route ?? '';
  const next = withoutEntry(escalation, entry.id);
  const failed: HistoryEntry = { at, what: 'route-failed', route, reason };
  return startNextRoute({ ...next, history: [...next.history, failed] }, route, at);
}

/** Starts again with the first route after the last one: a page that reached no person is not given up. */
export function startNextRoute(escalation: Escalation, route: string, at: number): Escalation {
  const index = escalation.routes.indexOf(route) + 1;
  const following = escalation.routes[index];
  if (following !== undefined) {
    return { ...escalation, outbox: [...escalation.outbox, triggerEntry(following, index, at)] };
  }
  const round = countRounds(escalation) + 1;
  const first = triggerEntry(
    escalation.routes[0] ?? '',
    round * escalation.routes.length,
    at + MAX_RETRY_DELAY_MS,
  );
  return {
    ...escalation,
    outbox: [...escalation.outbox, first],
    history: [...escalation.history, { at, what: 'nobody-reached' }],
  };
}

/** Another run found the same cause: the open page gets a note instead of a second page. `line`: its text. */
export function addToOpen(
  escalation: Escalation,
  draft: Pick<EscalationRequest, 'runId' | 'impact' | 'thread' | 'text' | 'person' | 'subject'>,
  at: number,
  line?: string,
): Escalation {
  const { runId, impact, thread, person } = draft;
  if (person !== undefined) return askForPerson(escalation, person, at);
  const isKnown = runId === escalation.runId || escalation.laterRuns.includes(runId);
  if (escalation.state === 'resolved' || (isKnown && impact === undefined)) return escalation;
  const id = isKnown ? `${runId}.impact` : runId;
  if (escalation.outbox.some((each) => each.id.startsWith(`note:${id}:`))) return escalation;
  const again = impact === undefined ? `Seen again: ${draft.text.summary}` : `Seen again. Impact: ${impact}`;
  const text = line ?? again;
  const notice = notifiedKey('say', thread);
  const elsewhere = !sameThread(thread, escalation.thread) && !escalation.notified.includes(notice);
  return {
    ...escalation,
    notified: elsewhere ? [...escalation.notified, notice] : escalation.notified,
    recovered: escalation.recovered.filter((device) => device !== draft.subject.device),
    laterRuns: isKnown ? escalation.laterRuns : [...escalation.laterRuns, runId],
    outbox: [
      ...escalation.outbox,
      ...escalation.accepted.map((route) => noteEntry(id, route, text, at)),
      ...(elsewhere ? [threadEntry('say', id, thread, at)] : []),
    ],
    history: [...escalation.history, { at, what: 'added', reason: text }],
  };
}

/** A later check finds nothing wrong: the thread asks whether to close the page. */
export function offerToResolve(
  escalation: Escalation,
  { runId, thread }: Pick<EscalationRequest, 'runId' | 'thread'>,
  at: number,
): Escalation {
  if (escalation.state === 'resolved' || escalation.offered.includes(runId)) return escalation;
  const key = notifiedKey('offer', thread);
  if (escalation.notified.includes(key)) return { ...escalation, offered: [...escalation.offered, runId] };
  return {
    ...escalation,
    notified: [...escalation.notified, key],
    offered: [...escalation.offered, runId],
    places: [...new Set([...escalation.places, thread.channel])],
    outbox: [...escalation.outbox, threadEntry('offer', runId, thread, at)],
  };
}

/** The person who acknowledged was reminded. `again`: milliseconds to the next reminder. */
export function repeatReminder(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  again: number | undefined,
): Escalation {
  const next = withoutEntry(escalation, entry.id);
  if (again === undefined || next.state !== 'acknowledged') return next;
  const count = Number(entry.id.split(':')[1] ?? 1) + 1;
  return { ...next, outbox: [...next.outbox, remindEntry(count, at + again)] };
}

/** Entries that are unnecessary once a person acknowledged. */
const CALLS: ReadonlySet<OutboxEntry['kind']> = new Set(['page', 'call', 'mention', 'direct']);

/** `remind` and `acknowledgedFor`: milliseconds to a reminder, and to the next page if it is not resolved. */
export function acknowledge(
  escalation: Escalation,
  by: Actor,
  at: number,
  { remind, acknowledgedFor }: Pick<EscalationSettings, 'remind' | 'acknowledgedFor'> = {},
): Escalation {
  if (escalation.state === 'acknowledged' || escalation.state === 'resolved') return escalation;
  return {
    ...escalation,
    state: 'acknowledged',
    assignee: by.via === 'slack' ? by.user : undefined,
    outbox: [
      ...escalation.outbox.filter(({ kind }) => !CALLS.has(kind)),
      ...notifyRoutes(escalation, 'acknowledge', by, at),
      ...(remind === undefined ? [] : [remindEntry(1, at + remind)]),
      ...(acknowledgedFor === undefined ? [] : [againEntry(countRounds(escalation), at + acknowledgedFor)]),
    ],
    history: [...escalation.history, { at, what: 'acknowledged', by }],
  };
}

/** The person who acknowledged did not resolve in time: the routes begin again, and a person must acknowledge again. */
export function escalateAgain(escalation: Escalation, entry: OutboxEntry, at: number): Escalation {
  const next = withoutEntry(escalation, entry.id);
  if (next.state !== 'acknowledged') return next;
  const begun: Escalation = {
    ...next,
    state: 'confirmed',
    assignee: undefined,
    outbox: next.outbox.filter(({ kind }) => kind !== 'remind'),
    history: [...next.history, { at, what: 'forgotten' }],
  };
  const index = countRounds(begun) * begun.routes.length;
  return { ...begun, outbox: [...begun.outbox, triggerEntry(begun.routes[0] ?? '', index, at)] };
}

/** `note`: what the person wrote about the end, for the thread, the provider and the incident. */
export function resolve(escalation: Escalation, by: Actor, at: number, note?: string): Escalation {
  if (escalation.state === 'resolved') return escalation;
  return {
    ...escalation,
    state: 'resolved',
    outbox: [
      ...escalation.outbox.filter(({ kind }) => kind === 'say'),
      ...notifyRoutes(escalation, 'resolve', by, at, note),
    ],
    history: [...escalation.history, { at, what: 'resolved', by, reason: note }],
  };
}

/** Includes routes that may have accepted the page, except the one that reported the change. */
function notifyRoutes(
  { accepted, outbox }: Escalation,
  kind: 'acknowledge' | 'resolve',
  by: Actor,
  at: number,
  text?: string,
): readonly OutboxEntry[] {
  const maybeAccepted = outbox.flatMap((each) =>
    each.kind === 'page' && each.started && each.route !== undefined ? [each.route] : [],
  );
  return [...new Set([...accepted, ...maybeAccepted])]
    .filter((route) => route !== by.via)
    .map((route) => changeEntry(kind, route, text, at));
}

export function markStarted(escalation: Escalation, id: string): Escalation {
  return {
    ...escalation,
    outbox: escalation.outbox.map((each) => (each.id === id ? { ...each, started: true } : each)),
  };
}

function notifiedKey(kind: 'say' | 'offer', { channel, ts }: ThreadRef): string {
  return `${kind}:${channel}:${ts}`;
}

function sameThread(a: ThreadRef, b: ThreadRef): boolean {
  return a.channel === b.channel && a.ts === b.ts;
}

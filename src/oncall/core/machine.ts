import type { EscalationSettings } from '../../platform/config/escalation-schema.ts';
import {
  type Actor,
  countRounds,
  type Escalation,
  type EscalationRequest,
  type HistoryEntry,
  type OutboxEntry,
  type PersonRequest,
  type ThreadRef,
} from './escalation.ts';

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
    outbox: [routeEntry(draft.routes[0] ?? '', 0, firstRouteAt)],
    history: [{ at: draft.openedAt, what: 'opened' }],
    statusStarted: false,
    statusShown: '',
    copies: [],
  };
  return person === undefined ? opened : askForPerson(opened, person, draft.openedAt);
}

type Kind = OutboxEntry['kind'];

export interface Performed {
  readonly entry: OutboxEntry;
  readonly at: number;
}

/** `key`: of entries of a kind, those with the same key are the same. */
export function newEntry(
  kind: Kind,
  key: string,
  notBefore: number,
  more: Partial<OutboxEntry> = {},
): OutboxEntry {
  return { id: `${kind}:${key}`, kind, started: false, attempts: 0, notBefore, ...more };
}

/** Pages by a route; `index` counts the routes of all rounds. */
function routeEntry(route: string, index: number, notBefore: number): OutboxEntry {
  return newEntry('page', `${index}:${route}`, notBefore, { route, level: 0 });
}

/** A message of a call that Slack did not accept, though it may have been posted. */
export function retryEntry(
  kind: 'mention' | 'direct',
  call: OutboxEntry,
  at: number,
  to: string,
): OutboxEntry {
  const { route, level } = call;
  const whom = kind === 'mention' ? { text: to } : { user: to };
  const key = kind === 'mention' ? call.id : `${call.id}:${to}`;
  const more = { route, level, ...whom, started: true, attempts: 1 };
  return newEntry(kind, key, at + MIN_RETRY_DELAY_MS, more);
}

/** The page with changes; outbox and history: what is added to them. */
function amend(
  escalation: Escalation,
  { outbox = [], history = [], ...changes }: Partial<Escalation>,
): Escalation {
  return {
    ...escalation,
    ...changes,
    outbox: [...escalation.outbox, ...outbox],
    history: [...escalation.history, ...history],
  };
}

/** The same, without an entry that was performed or is given up. */
export function settle(
  escalation: Escalation,
  { id }: OutboxEntry,
  changes: Partial<Escalation> = {},
): Escalation {
  const outbox = escalation.outbox.filter((each) => each.id !== id);
  return amend({ ...escalation, outbox }, changes);
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
  { entry, at }: Performed,
  { reason, retryAfterMs = 0, advanced = false }: Delay,
): Escalation {
  const attempts = entry.attempts + (advanced ? 0 : 1);
  const backoffMs = MIN_RETRY_DELAY_MS * 4 ** Math.max(0, attempts - 1);
  const pause = Math.max(retryAfterMs, Math.min(backoffMs, MAX_RETRY_DELAY_MS));
  const isPage = PAGES.has(entry.kind);
  const isLast = isPage
    ? attempts >= MAX_ROUTE_ATTEMPTS || retryAfterMs > MAX_RETRY_AFTER_MS
    : attempts >= MAX_ENTRY_ATTEMPTS;
  if (isLast) return refuseEntry(escalation, { entry, at }, reason);
  const later = changeEntry(escalation, entry.id, { attempts, started: true, notBefore: at + pause });
  const first: HistoryEntry = { at, what: 'retrying', route: entry.route, reason };
  return isPage && attempts === 1 ? amend(later, { history: [first] }) : later;
}

export function changeEntry(escalation: Escalation, id: string, change: Partial<OutboxEntry>): Escalation {
  const outbox = escalation.outbox.map((each) => (each.id === id ? { ...each, ...change } : each));
  return { ...escalation, outbox };
}

/** Entries that page a person. */
const PAGES: ReadonlySet<Kind> = new Set(['page', 'call', 'person']);
/** Entries of the thread, which shows itself what was not posted there. */
const OF_THREAD: ReadonlySet<Kind> = new Set(['say', 'offer', 'mention', 'remind']);

/** Permanent failure: another attempt would be refused too. */
export function refuseEntry(escalation: Escalation, { entry, at }: Performed, reason: string): Escalation {
  if (entry.kind === 'person') return skipPerson(escalation, { entry, at }, reason);
  if (PAGES.has(entry.kind)) return failRoute(escalation, { entry, at }, reason);
  if (OF_THREAD.has(entry.kind)) return settle(escalation, entry);
  return settle(escalation, entry, { history: [{ at, what: 'not-told', route: entry.route, reason }] });
}

export function failRoute(escalation: Escalation, { entry, at }: Performed, reason: string): Escalation {
  const route = entry.route ?? '';
  const failed = settle(escalation, entry, { history: [{ at, what: 'route-failed', route, reason }] });
  return startNextRoute(failed, route, at);
}

/** Starts again with the first route after the last one: a page that reached no person is not given up. */
export function startNextRoute(escalation: Escalation, route: string, at: number): Escalation {
  const { routes } = escalation;
  const index = routes.indexOf(route) + 1;
  const following = routes[index];
  if (following !== undefined) return amend(escalation, { outbox: [routeEntry(following, index, at)] });
  const round = countRounds(escalation) + 1;
  return amend(escalation, {
    outbox: [routeEntry(routes[0] ?? '', round * routes.length, at + MAX_RETRY_DELAY_MS)],
    history: [{ at, what: 'nobody-reached' }],
  });
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
  return amend(escalation, {
    notified: elsewhere ? [...escalation.notified, notice] : escalation.notified,
    recovered: escalation.recovered.filter((device) => device !== draft.subject.device),
    laterRuns: isKnown ? escalation.laterRuns : [...escalation.laterRuns, runId],
    outbox: [
      ...escalation.accepted.map((route) => newEntry('note', `${id}:${route}`, at, { route, text })),
      ...(elsewhere ? [newEntry('say', id, at, { thread })] : []),
    ],
    history: [{ at, what: 'added', reason: text }],
  });
}

/** A later check finds nothing wrong: the thread asks whether to close the page. */
export function offerToResolve(
  escalation: Escalation,
  { runId, thread }: Pick<EscalationRequest, 'runId' | 'thread'>,
  at: number,
): Escalation {
  if (escalation.state === 'resolved' || escalation.offered.includes(runId)) return escalation;
  const key = notifiedKey('offer', thread);
  const offered = [...escalation.offered, runId];
  if (escalation.notified.includes(key)) return { ...escalation, offered };
  return amend(escalation, {
    notified: [...escalation.notified, key],
    offered,
    places: [...new Set([...escalation.places, thread.channel])],
    outbox: [newEntry('offer', runId, at, { thread })],
  });
}

/** The person who acknowledged was reminded. `again`: milliseconds to the next reminder. */
export function repeatReminder(
  escalation: Escalation,
  { entry, at }: Performed,
  again: number | undefined,
): Escalation {
  if (again === undefined || escalation.state !== 'acknowledged') return settle(escalation, entry);
  const count = Number(entry.id.split(':')[1] ?? 1) + 1;
  return settle(escalation, entry, { outbox: [newEntry('remind', String(count), at + again)] });
}

/** Entries that are unnecessary once a person acknowledged. */
const CALLS: ReadonlySet<Kind> = new Set(['page', 'call', 'mention', 'direct']);

/** `remind` and `acknowledgedFor`: milliseconds to a reminder, and to the next page if it is not resolved. */
export function acknowledge(
  escalation: Escalation,
  by: Actor,
  at: number,
  { remind, acknowledgedFor }: Pick<EscalationSettings, 'remind' | 'acknowledgedFor'> = {},
): Escalation {
  if (escalation.state === 'acknowledged' || escalation.state === 'resolved') return escalation;
  const again = String(countRounds(escalation));
  const outbox = escalation.outbox.filter(({ kind }) => !CALLS.has(kind));
  return amend(
    { ...escalation, outbox },
    {
      state: 'acknowledged',
      assignee: by.via === 'slack' ? by.user : undefined,
      outbox: [
        ...notifyRoutes(escalation, 'acknowledge', by, at),
        ...(remind === undefined ? [] : [newEntry('remind', '1', at + remind)]),
        ...(acknowledgedFor === undefined ? [] : [newEntry('again', again, at + acknowledgedFor)]),
      ],
      history: [{ at, what: 'acknowledged', by }],
    },
  );
}

/** The person who acknowledged did not resolve in time: the routes begin again, and a person must acknowledge again. */
export function escalateAgain(escalation: Escalation, { entry, at }: Performed): Escalation {
  if (escalation.state !== 'acknowledged') return settle(escalation, entry);
  const outbox = escalation.outbox.filter(({ kind }) => kind !== 'remind');
  const begun = settle({ ...escalation, outbox }, entry, {
    state: 'confirmed',
    assignee: undefined,
    history: [{ at, what: 'forgotten' }],
  });
  const index = countRounds(begun) * begun.routes.length;
  return amend(begun, { outbox: [routeEntry(begun.routes[0] ?? '', index, at)] });
}

/** `note`: what the person wrote about the end, for the thread, the provider and the incident. */
export function resolve(escalation: Escalation, by: Actor, at: number, note?: string): Escalation {
  if (escalation.state === 'resolved') return escalation;
  const outbox = escalation.outbox.filter(({ kind }) => kind === 'say');
  return amend(
    { ...escalation, outbox },
    {
      state: 'resolved',
      outbox: notifyRoutes(escalation, 'resolve', by, at, note),
      history: [{ at, what: 'resolved', by, reason: note }],
    },
  );
}

/** Includes routes that may have accepted the page, except the one that reported the change. */
function notifyRoutes(
  { accepted, outbox }: Escalation,
  kind: 'acknowledge' | 'resolve',
  by: Actor,
  at: number,
  text?: string,
): OutboxEntry[] {
  const maybeAccepted = outbox.flatMap((each) =>
    each.kind === 'page' && each.started && each.route !== undefined ? [each.route] : [],
  );
  return [...new Set([...accepted, ...maybeAccepted])]
    .filter((route) => route !== by.via)
    .map((route) => newEntry(kind, route, at, { route, text }));
}

function notifiedKey(kind: 'say' | 'offer', { channel, ts }: ThreadRef): string {
  return `${kind}:${channel}:${ts}`;
}

function sameThread(a: ThreadRef, b: ThreadRef): boolean {
  return a.channel === b.channel && a.ts === b.ts;
}

/** Time that a person who was chosen has to acknowledge before the routes of the page follow: a level's default. */
const PERSON_TIMEOUT_MS = 10 * 60_000;

/** Pages a chosen person, beside the routes. Does nothing if the request was taken before. */
export function askForPerson(escalation: Escalation, request: PersonRequest, at: number): Escalation {
  const { id, ...person } = request;
  if (escalation.state === 'resolved' || escalation.asked.includes(id)) return escalation;
  return amend(escalation, {
    asked: [...escalation.asked, id],
    outbox: [newEntry('person', id, at, person)],
  });
}

/** Slack took the direct message. `mentionLater`: the message in the thread is tried again. */
export function recordPerson(
  escalation: Escalation,
  { entry, at }: Performed,
  mentionLater: boolean,
): Escalation {
  const { by, role, user = '' } = entry;
  const whom = `<@${user}>`;
  const isAssigned = role === 'assignee';
  return settle(escalation, entry, {
    state: escalation.state === 'confirmed' ? 'paged' : escalation.state,
    ...(isAssigned ? { assignee: user } : {}),
    outbox: mentionLater ? [retryEntry('mention', entry, at, whom)] : [],
    history: [
      { at, what: 'paged', whom, by },
      ...(isAssigned ? [{ at, what: 'assigned' as const, whom, by }] : []),
    ],
  });
}

/** Slack does not take the direct message. While the page has reached no person, its routes need not wait for this person. */
function skipPerson(escalation: Escalation, { entry, at }: Performed, reason: string): Escalation {
  const isFirst = escalation.history.every(({ what }) => what === 'opened' || what === 'retrying');
  const outbox = escalation.outbox.map((each) =>
    isFirst && each.kind === 'page' ? { ...each, notBefore: at } : each,
  );
  const whom = `<@${entry.user ?? ''}>`;
  const history: HistoryEntry[] = [{ at, what: 'not-reached', whom, by: entry.by, reason }];
  return settle({ ...escalation, outbox }, entry, { history });
}

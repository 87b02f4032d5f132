import type { Actor, Escalation, HistoryEntry, OutboxEntry, PageRequest, ThreadRef } from './escalation.ts';

/** confirmed → paged → acknowledged → resolved. Pure: every step gives a new escalation and never undoes a later state. */
export function openEscalation(draft: PageRequest): Escalation {
  const { impact, ...rest } = draft;
  return {
    ...rest,
    impact,
    laterRuns: [],
    offered: [],
    places: [draft.thread.channel],
    state: 'confirmed',
    accepted: [],
    effects: [pageEffect(draft.routes[0] ?? '', 0, draft.openedAt)],
    history: [{ at: draft.openedAt, what: 'opened' }],
    statusBegun: false,
    statusShown: '',
  };
}

/** `ladder`: how many are on it and the pause between them, where the route is a Slack ladder. */
export interface PolicyShape {
  readonly levels: number;
  readonly every: number;
}

export function routeAccepted(
  escalation: Escalation,
  effect: OutboxEntry,
  at: number,
  { whom, ladder }: { readonly whom: string; readonly ladder?: PolicyShape | undefined },
): Escalation {
  const route = effect.route ?? '';
  const next = without(escalation, effect.id);
  const notes = next.laterRuns.map((runId) => noteEffect(runId, route, seenAgainText(next, runId), at));
  return {
    ...next,
    state: next.state === 'confirmed' ? 'paged' : next.state,
    accepted: next.accepted.includes(route) ? next.accepted : [...next.accepted, route],
    effects: [
      ...next.effects,
      ...(ladder === undefined ? notes : []),
      ...(ladder === undefined ? [] : nextCall(route, 0, at, ladder)),
    ],
    history: [...next.history, { at, what: 'paged', route, whom }],
  };
}

/** A further step of a ladder was called. */
export function levelCalled(
  escalation: Escalation,
  effect: OutboxEntry,
  at: number,
  { whom, ladder }: { readonly whom: string; readonly ladder: PolicyShape },
): Escalation {
  const route = effect.route ?? '';
  const next = without(escalation, effect.id);
  if (effect.rung === ladder.levels) {
    const ended: HistoryEntry = { at, what: 'ladder-ended', route };
    return startNextRoute({ ...next, history: [...next.history, ended] }, route, at);
  }
  return {
    ...next,
    effects: [...next.effects, ...nextCall(route, effect.rung ?? 0, at, ladder)],
    history: [...next.history, { at, what: 'called', route, whom }],
  };
}

/** The step after the last one says that nobody answered, and turns to the next route. */
function nextCall(route: string, rung: number, at: number, { every }: PolicyShape): readonly OutboxEntry[] {
  const next = rung + 1;
  return [
    {
      id: `call:${route}:${next}`,
      kind: 'call',
      route,
      rung: next,
      begun: false,
      tries: 0,
      notBefore: at + every,
    },
  ];
}

const ROUTE_TRIES = 4;
const OTHER_TRIES = 8;
const FIRST_PAUSE_MS = 5000;
const MAX_PAUSE_MS = 5 * 60_000;
/** Somebody is waiting to be woken: who asks for more is passed over. */
const MAX_RETRY_AFTER_MS = 2 * 60_000;

/** The world did not take it now: again later, or, for a page after a few tries, the next route. */
export function entryDelayed(
  escalation: Escalation,
  effect: OutboxEntry,
  at: number,
  { reason, retryAfterMs = 0 }: { readonly reason: string; readonly retryAfterMs?: number | undefined },
): Escalation {
  const tries = effect.tries + 1;
  const pause = Math.max(retryAfterMs, Math.min(FIRST_PAUSE_MS * 4 ** (tries - 1), MAX_PAUSE_MS));
  const isPage = effect.kind === 'page' || effect.kind === 'call';
  if (isPage && (tries >= ROUTE_TRIES || retryAfterMs > MAX_RETRY_AFTER_MS)) {
    return routeFailed(escalation, effect, at, reason);
  }
  if (!isPage && tries >= OTHER_TRIES) return effectGivenUp(escalation, effect, at, reason);
  const later: OutboxEntry = { ...effect, tries, begun: true, notBefore: at + pause };
  const first: HistoryEntry = { at, what: 'retrying', ...routeOf(effect), reason };
  return {
    ...escalation,
    effects: escalation.effects.map((each) => (each.id === effect.id ? later : each)),
    history: isPage && tries === 1 ? [...escalation.history, first] : escalation.history,
  };
}

/** The world said no, and would again. */
export function entryRefused(
  escalation: Escalation,
  effect: OutboxEntry,
  at: number,
  reason: string,
): Escalation {
  return effect.kind === 'page' || effect.kind === 'call'
    ? routeFailed(escalation, effect, at, reason)
    : effectGivenUp(escalation, effect, at, reason);
}

export function entryDone(escalation: Escalation, effect: OutboxEntry): Escalation {
  return without(escalation, effect.id);
}

function effectGivenUp(escalation: Escalation, effect: OutboxEntry, at: number, reason: string): Escalation {
  const next = without(escalation, effect.id);
  if (effect.kind === 'say' || effect.kind === 'offer') return next;
  return { ...next, history: [...next.history, { at, what: 'not-told', ...routeOf(effect), reason }] };
}

function routeFailed(escalation: Escalation, effect: OutboxEntry, at: number, reason: string): Escalation {
  const route = effect.route ?? '';
  const next = without(escalation, effect.id);
  const failed: HistoryEntry = { at, what: 'route-failed', route, reason };
  return startNextRoute({ ...next, history: [...next.history, failed] }, route, at);
}

/** After the last route it begins anew: a page that reached nobody is not given up. */
function startNextRoute(escalation: Escalation, route: string, at: number): Escalation {
  const index = escalation.routes.indexOf(route) + 1;
  const following = escalation.routes[index];
  if (following !== undefined) {
    return { ...escalation, effects: [...escalation.effects, pageEffect(following, index, at)] };
  }
  const round = escalation.history.filter(({ what }) => what === 'nobody-reached').length + 1;
  const first = pageEffect(escalation.routes[0] ?? '', round * escalation.routes.length, at + MAX_PAUSE_MS);
  return {
    ...escalation,
    effects: [...escalation.effects, first],
    history: [...escalation.history, { at, what: 'nobody-reached' }],
  };
}

/** Told again by another run: the open page gets a note, and nobody is paged twice. */
export function addToOpen(
  escalation: Escalation,
  draft: Pick<PageRequest, 'runId' | 'impact' | 'thread' | 'text'>,
  at: number,
): Escalation {
  const { runId, impact, thread } = draft;
  const isKnown = runId === escalation.runId || escalation.laterRuns.includes(runId);
  if (escalation.state === 'resolved' || (isKnown && impact === undefined)) return escalation;
  const id = isKnown ? `${runId}.impact` : runId;
  if (escalation.effects.some((each) => each.id.startsWith(`note:${id}:`))) return escalation;
  const text = impact === undefined ? `Seen again: ${draft.text.summary}` : `Seen again. Impact: ${impact}`;
  const elsewhere = !sameThread(thread, escalation.thread);
  return {
    ...escalation,
    laterRuns: isKnown ? escalation.laterRuns : [...escalation.laterRuns, runId],
    effects: [
      ...escalation.effects,
      ...escalation.accepted.map((route) => noteEffect(id, route, text, at)),
      ...(elsewhere ? [sayEffect(id, thread, at)] : []),
    ],
    history: [...escalation.history, { at, what: 'added', reason: text }],
  };
}

/** A later check finds nothing wrong any more: somebody may close the page. */
export function offerToResolve(
  escalation: Escalation,
  { runId, thread }: Pick<PageRequest, 'runId' | 'thread'>,
  at: number,
): Escalation {
  const id = `offer:${runId}`;
  if (escalation.state === 'resolved' || escalation.offered.includes(runId)) return escalation;
  const offer: OutboxEntry = { id, kind: 'offer', thread, begun: false, tries: 0, notBefore: at };
  return {
    ...escalation,
    offered: [...escalation.offered, runId],
    places: [...new Set([...escalation.places, thread.channel])],
    effects: [...escalation.effects, offer],
  };
}

export function acknowledge(escalation: Escalation, by: Actor, at: number): Escalation {
  if (escalation.state === 'acknowledged' || escalation.state === 'resolved') return escalation;
  return {
    ...escalation,
    state: 'acknowledged',
    effects: [
      ...escalation.effects.filter(({ kind }) => kind !== 'page' && kind !== 'call'),
      ...tellRoutes(escalation, 'acknowledge', by, at),
    ],
    history: [...escalation.history, { at, what: 'acknowledged', by }],
  };
}

export function resolve(escalation: Escalation, by: Actor, at: number): Escalation {
  if (escalation.state === 'resolved') return escalation;
  return {
    ...escalation,
    state: 'resolved',
    effects: [
      ...escalation.effects.filter(({ kind }) => kind === 'say'),
      ...tellRoutes(escalation, 'resolve', by, at),
    ],
    history: [...escalation.history, { at, what: 'resolved', by }],
  };
}

/** Also those that may have taken a page whose end nobody saw; who told us need not be told. */
function tellRoutes(
  { accepted, effects }: Escalation,
  kind: 'acknowledge' | 'resolve',
  by: Actor,
  at: number,
): readonly OutboxEntry[] {
  const perhaps = effects.flatMap((each) =>
    each.kind === 'page' && each.begun && each.route !== undefined ? [each.route] : [],
  );
  return [...new Set([...accepted, ...perhaps])]
    .filter((route) => route !== by.via)
    .map((route) => ({
      id: `${kind}:${route}`,
      kind,
      route,
      begun: false,
      tries: 0,
      notBefore: at,
    }));
}

export function markStarted(escalation: Escalation, id: string): Escalation {
  return {
    ...escalation,
    effects: escalation.effects.map((each) => (each.id === id ? { ...each, begun: true } : each)),
  };
}

export function dueEntry(escalation: Escalation, now: number): OutboxEntry | undefined {
  return escalation.effects.find(({ notBefore }) => notBefore <= now);
}

/** When something has to be done next; nothing where all is done. */
export function nextDueAt(escalation: Escalation): number | undefined {
  const times = escalation.effects.map(({ notBefore }) => notBefore);
  return times.length === 0 ? undefined : Math.min(...times);
}

function pageEffect(route: string, index: number, notBefore: number): OutboxEntry {
  return { id: `page:${index}:${route}`, kind: 'page', route, rung: 0, begun: false, tries: 0, notBefore };
}

function noteEffect(id: string, route: string, text: string, at: number): OutboxEntry {
  return { id: `note:${id}:${route}`, kind: 'note', route, text, begun: false, tries: 0, notBefore: at };
}

function sayEffect(id: string, thread: ThreadRef, at: number): OutboxEntry {
  return { id: `say:${id}`, kind: 'say', thread, begun: false, tries: 0, notBefore: at };
}

function seenAgainText({ text }: Escalation, runId: string): string {
  return `Seen again (${runId}): ${text.summary}`;
}

function without(escalation: Escalation, id: string): Escalation {
  return { ...escalation, effects: escalation.effects.filter((each) => each.id !== id) };
}

function routeOf({ route }: OutboxEntry): { readonly route?: string } {
  return route === undefined ? {} : { route };
}

function sameThread(a: ThreadRef, b: ThreadRef): boolean {
  return a.channel === b.channel && a.ts === b.ts;
}

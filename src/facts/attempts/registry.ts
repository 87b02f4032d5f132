import type { SslVpnSession } from '../../fortios/debug/record.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import { createLoginState, isUser, isWaiting, type LoginState } from './login-state.ts';

/** Logins that may still get lines. A real gateway has far fewer at once; the bound keeps every step cheap. */
const MAX_OPEN = 1_000;
/** Longest wait FortiOS can be set to is 10 × 300 + 30 s; after that nothing more comes. Seconds. */
const MAX_AGE_SECONDS = 3_600;
/** sslvpn and fnbamd print the same request within this many seconds, whatever file each was recorded to. */
const SAME_REQUEST = 5;
/** Logins back in the log among which the other daemon's word for a new one may be. */
const RECENT = 50;

export interface Registry {
  readonly drafts: LoginState[];
  readonly live: Set<LoginState>;
  readonly bySession: Map<string, LoginState>;
  /** The login that a worker process of sslvpn handled last: lines with session `0` are about it. */
  readonly byProcess: Map<string, LoginState>;
  readonly byRequest: Map<string, LoginState>;
  readonly audible: Set<string>;
}

export function createRegistry(): Registry {
  return {
    drafts: [],
    live: new Set(),
    bySession: new Map(),
    byProcess: new Map(),
    byRequest: new Map(),
    audible: new Set(),
  };
}

export function sessionKey({ pid, vdom, sid }: SslVpnSession): string {
  return `${pid}:${vdom}:${sid}`;
}

export function processKey({ pid, vdom }: SslVpnSession): string {
  return `${pid}:${vdom}`;
}

interface Opening {
  readonly user?: string;
  readonly vdom?: string;
  readonly request?: string;
  readonly fromStart: boolean;
}

export function openLogin(registry: Registry, sighting: EventRef, opening: Opening): LoginState {
  retireOld(registry, sighting);
  const draft = createLoginState(sighting, { ...opening, pushAudible: registry.audible.has('ftm-push') });
  registry.drafts.push(draft);
  registry.live.add(draft);
  if (opening.request !== undefined) registry.byRequest.set(opening.request, draft);
  return draft;
}

function retireOld(registry: Registry, now: EventRef): void {
  for (const draft of registry.live) {
    const old = (secondsBetween(draft.started.at, now.at) ?? 0) > MAX_AGE_SECONDS;
    if (!old && registry.live.size < MAX_OPEN) return;
    registry.live.delete(draft);
  }
}

export function bindSession(registry: Registry, draft: LoginState, session: SslVpnSession): void {
  const key = sessionKey(session);
  draft.session ??= { key, process: processKey(session), sid: session.sid };
  draft.vdom ??= session.vdom;
  registry.bySession.set(key, draft);
  registry.byProcess.set(processKey(session), draft);
}

export function bindRequest(registry: Registry, draft: LoginState, request: string): void {
  draft.request ??= request;
  registry.byRequest.set(request, draft);
}

/** The client gave this login up and began another. */
export function supersede(registry: Registry, draft: LoginState): void {
  draft.superseded = true;
  registry.live.delete(draft);
}

/**
 * The login whose second step a line on another session belongs to: the client may come back to another worker
 * process, and then with the same session id. Without that the user alone must single it out.
 */
export function findFirstStep(
  registry: Registry,
  user: string,
  session: SslVpnSession,
  except?: LoginState,
): LoginState | undefined {
  const found = [...registry.live].filter(
    (draft) =>
      draft !== except &&
      draft.session !== undefined &&
      draft.user !== undefined &&
      isUser(draft, user) &&
      draft.vdom === session.vdom &&
      isWaiting(draft),
  );
  const same = found.filter((draft) => draft.session?.key === sessionKey(session));
  const moved = found.filter((draft) => draft.session?.sid === session.sid);
  return same.at(-1) ?? only(moved) ?? only(found);
}

/**
 * fnbamd's lines about a request may stand before sslvpn's when each was recorded to its own file: time stamps order
 * them by the second only. From here on sslvpn tells how the login goes on.
 */
export function adoptRequest(
  registry: Registry,
  user: string,
  at: number | undefined,
): LoginState | undefined {
  const found = recentOf(registry, user).find(
    (draft) => draft.session === undefined && isSameRequest(draft, at),
  );
  if (!found) return undefined;
  found.stage = 'password';
  forgetEnd(found);
  registry.live.add(found);
  return found;
}

/**
 * A log that begins between sslvpn's first line about a login and fnbamd's: until sslvpn names the user, the two are not
 * known to be one.
 */
export function requestOf(registry: Registry, user: string, from: EventRef): LoginState | undefined {
  return recentOf(registry, user).findLast(
    (draft) =>
      isToldByFnbamdAlone(draft) &&
      draft.request !== undefined &&
      draft.fromStart &&
      (registry.live.has(draft) || draft.lastOrder >= from.order),
  );
}

/** Two halves of one login, told by two daemons: what sslvpn says of the end counts. */
export function join(registry: Registry, draft: LoginState, own: LoginState, session: SslVpnSession): void {
  forgetEnd(own);
  own.milestones = { ...draft.milestones, ...own.milestones };
  own.stage = draft.stage;
  own.questioned = draft.questioned;
  own.answering = draft.answering;
  own.authenticated = draft.authenticated;
  own.withoutToken = draft.withoutToken;
  mergeInto(registry, draft, own, session);
  own.session = draft.session;
  own.vdom ??= draft.vdom;
}

/** The other way round: sslvpn's file told the whole login, to its end, before fnbamd's has its first line about it. */
export function endedWith(registry: Registry, user: string, at: number | undefined): LoginState | undefined {
  if (at === undefined) return undefined;
  return recentOf(registry, user).find(
    (draft) =>
      draft.session !== undefined &&
      draft.request === undefined &&
      draft.stage === 'over' &&
      draft.started.at === at,
  );
}

/** Of a login that came through IKE, fnbamd's lines may stand before ike's. */
export function fnbamdRequests(
  registry: Registry,
  user: string,
  at: number | undefined,
): LoginState | undefined {
  return recentOf(registry, user).findLast((draft) => isToldByFnbamdAlone(draft) && isSameRequest(draft, at));
}

/** The latest logins that name this user, the oldest first. */
function recentOf(registry: Registry, user: string): readonly LoginState[] {
  return registry.drafts.slice(-RECENT).filter((draft) => draft.user !== undefined && isUser(draft, user));
}

/** Neither sslvpn nor ike has spoken of it. */
function isToldByFnbamdAlone({ session, negotiation }: LoginState): boolean {
  return session === undefined && negotiation === undefined;
}

/** What fnbamd said of the end gives way to what the VPN says of it. */
function forgetEnd({ milestones: marks }: LoginState): void {
  for (const mark of ['granted', 'tokenResult', 'passwordRefused'] as const) delete marks[mark];
}

function isSameRequest(draft: LoginState, at: number | undefined): boolean {
  const { started, stage } = draft;
  if (at === undefined || started.at === undefined) return stage === 'password';
  return Math.abs(at - started.at) <= SAME_REQUEST;
}

/** What looked like a new login was the second step of an earlier one. */
export function mergeInto(
  registry: Registry,
  draft: LoginState,
  earlier: LoginState,
  session: SslVpnSession,
): void {
  draft.mergedInto = earlier;
  registry.drafts.splice(registry.drafts.lastIndexOf(draft), 1);
  registry.live.delete(draft);
  registry.live.add(earlier);
  earlier.superseded = false;
  registry.bySession.set(sessionKey(session), earlier);
  registry.byProcess.set(processKey(session), earlier);
  if (draft.request !== undefined) registry.byRequest.set(draft.request, earlier);
  if (draft.milestones.pushConnect) earlier.milestones.pushConnect ??= draft.milestones.pushConnect;
  earlier.authenticated = draft.authenticated ?? earlier.authenticated;
  earlier.requested = draft.requested;
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

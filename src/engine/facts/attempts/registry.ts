import type { SslVpnSession } from '../../fortios/debug/record.ts';
import { CurrentRequest } from './current-request.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import {
  hasSecondFactor,
  isUser,
  isWaiting,
  type LoginStart,
  LoginState,
  SUCCESS,
  wasAsked,
} from './login-state.ts';
import { absorb, current } from './trace.ts';

/** Logins that may still get lines. A real gateway has far fewer at once; the limit bounds the cost of every step. */
const MAX_OPEN = 1_000;
/** Seconds. The longest wait of FortiOS is 10 × 300 + 30 s; after that no line follows. */
const MAX_AGE_SECONDS = 3_600;
/** Seconds. sslvpn and fnbamd print the same request within this time, in whichever file each was recorded. */
const SAME_REQUEST_S = 5;
/** Number of latest logins that are searched for the other daemon's line about a new one. */
const MAX_RECENT = 50;

export class Registry {
  readonly logins: LoginState[] = [];
  readonly live = new Set<LoginState>();
  readonly bySession = new Map<string, LoginState>();
  /** The login that an sslvpn worker process handled last: lines with session `0` are about it. */
  readonly byProcess = new Map<string, LoginState>();
  readonly byRequest = new Map<string, LoginState>();
  /** The request that fnbamd works on. */
  readonly context = new CurrentRequest();
  readonly debugEnabled = new Set<string>();
  /** Names that the identity provider gave, by FortiClient's identifier. */
  readonly samlUsers = new Map<string, string>();
}

export function sessionKey({ pid, vdom, sid }: SslVpnSession): string {
  return `${pid}:${vdom}:${sid}`;
}

export function processKey({ pid, vdom }: SslVpnSession): string {
  return `${pid}:${vdom}`;
}

export function openLogin(
  registry: Registry,
  ref: EventRef,
  opening: Omit<LoginStart, 'pushDebugEnabled'>,
): LoginState {
  evictOld(registry, ref);
  const login = new LoginState(ref, {
    ...opening,
    pushDebugEnabled: registry.debugEnabled.has('ftm-push'),
  });
  registry.logins.push(login);
  registry.live.add(login);
  if (opening.request !== undefined) registry.byRequest.set(opening.request, login);
  return login;
}

function evictOld(registry: Registry, now: EventRef): void {
  for (const login of registry.live) {
    const old = (secondsBetween(login.started.at, now.at) ?? 0) > MAX_AGE_SECONDS;
    if (!old && registry.live.size < MAX_OPEN) return;
    registry.live.delete(login);
  }
}

export function bindSession(registry: Registry, login: LoginState, session: SslVpnSession): void {
  const key = sessionKey(session);
  login.session ??= { key, process: processKey(session), sid: session.sid };
  login.vdom ??= session.vdom;
  registry.bySession.set(key, login);
  registry.byProcess.set(processKey(session), login);
}

export function bindRequest(registry: Registry, login: LoginState, request: string): void {
  login.request ??= request;
  registry.byRequest.set(request, login);
}

/** The client abandoned this login and started another. */
export function supersede(registry: Registry, login: LoginState): void {
  login.superseded = true;
  registry.live.delete(login);
}

/**
 * The login whose second step a line on another session belongs to: the client may return to another worker process,
 * then with the same session id. Otherwise the user name must identify it.
 */
export function findFirstStep(
  registry: Registry,
  user: string,
  session: SslVpnSession,
  except?: LoginState,
): LoginState | undefined {
  const found = [...registry.live].filter(
    (login) =>
      login !== except &&
      login.session !== undefined &&
      login.user !== undefined &&
      isUser(login, user) &&
      login.vdom === session.vdom &&
      isWaiting(login),
  );
  const same = found.filter((login) => login.session?.key === sessionKey(session));
  const moved = found.filter((login) => login.session?.sid === session.sid);
  return same.at(-1) ?? only(moved) ?? only(found);
}

/**
 * fnbamd's lines about a request may precede sslvpn's if each daemon was recorded to its own file, because time
 * stamps have a resolution of a second. From here on sslvpn's lines decide how the login continues.
 */
export function adoptRequest(
  registry: Registry,
  user: string,
  at: number | undefined,
): LoginState | undefined {
  const [found] = findRecent(
    registry,
    user,
    (login) => login.session === undefined && isSameRequest(login, at),
  );
  if (!found) return undefined;
  found.stage = 'password';
  clearEnd(found);
  registry.live.add(found);
  return found;
}

type LoginEnd = 'granted' | 'login-failed';

/**
 * The log begins between sslvpn's first line about a login and fnbamd's: until sslvpn names the user, they are not
 * known to be the same login. `seen`: what sslvpn said of it so far. `end`: sslvpn names the user in the line about
 * how the login ended.
 */
export function findRequest(
  registry: Registry,
  user: string,
  seen: LoginState,
  end: LoginEnd | undefined,
): LoginState | undefined {
  return findRecent(
    registry,
    user,
    (login) =>
      isSeenByFnbamdOnly(login) &&
      login.request !== undefined &&
      login.fromStart &&
      (registry.live.has(login) || login.lastOrder >= seen.started.order || hasSameEnd(login, seen, end)),
  ).at(-1);
}

/** sslvpn repeats fnbamd's result, within the same second or the next ones. */
function hasSameEnd({ milestones, lastAt }: LoginState, seen: LoginState, end?: LoginEnd): boolean {
  const { passwordRefused, passwordAccepted, tokenResult } = seen.milestones;
  if ((secondsBetween(lastAt, seen.started.at) ?? 0) > SAME_REQUEST_S) return false;
  // What sslvpn calls the result of a token is that of a challenge, which fnbamd has answered.
  if (tokenResult?.code === SUCCESS && milestones.radiusChallenge) return milestones.granted !== undefined;
  if (tokenResult !== undefined && !wasAsked(milestones))
    return tokenResult.code === milestones.passwordRefused?.code;
  if (tokenResult !== undefined || milestones.tokenResult !== undefined) return false;
  if (end && Object.keys(seen.milestones).length === 0)
    return milestones[end === 'granted' ? 'granted' : 'passwordRefused'] !== undefined;
  return passwordRefused === undefined
    ? passwordAccepted !== undefined && milestones.granted !== undefined
    : passwordRefused.code === milestones.passwordRefused?.code;
}

/** Merges two halves of one login, reported by two daemons: sslvpn's end counts. */
export function join(registry: Registry, login: LoginState, own: LoginState, session: SslVpnSession): void {
  const isPassword = own.fromStart && !wasAsked(own.milestones);
  clearEnd(own);
  own.milestones = { ...login.milestones, ...own.milestones };
  const { tokenResult } = own.milestones;
  if (isPassword && tokenResult && tokenResult.code !== SUCCESS) {
    own.milestones.passwordRefused = tokenResult;
    delete own.milestones.tokenResult;
  }
  own.stage = login.stage;
  own.sslvpnAsked = login.sslvpnAsked;
  own.answerAnnounced = login.answerAnnounced;
  own.authenticated = login.authenticated;
  own.withoutToken = login.withoutToken || (own.withoutToken && !hasSecondFactor(login));
  mergeInto(registry, login, own, session);
  own.session = login.session;
  own.vdom ??= login.vdom;
}

/** The reverse case: sslvpn's file holds the whole login before fnbamd's file has its first line about it. */
export function endedWith(registry: Registry, user: string, at: number | undefined): LoginState | undefined {
  if (at === undefined) return undefined;
  return findRecent(
    registry,
    user,
    (login) =>
      login.session !== undefined &&
      login.request === undefined &&
      login.stage === 'over' &&
      login.started.at === at,
  )[0];
}

/** For a login through IKE, fnbamd's lines may precede ike's. */
export function fnbamdRequests(
  registry: Registry,
  user: string,
  at: number | undefined,
): LoginState | undefined {
  const isIt = (login: LoginState) => isSeenByFnbamdOnly(login) && isSameRequest(login, at);
  return findRecent(registry, user, isIt).at(-1);
}

/** Those of the latest logins of this user, oldest first. */
function findRecent(
  registry: Registry,
  user: string,
  isOne: (login: LoginState) => boolean,
): readonly LoginState[] {
  return registry.logins
    .slice(-MAX_RECENT)
    .filter((login) => login.user !== undefined && isOne(login) && isUser(login, user));
}

/** Neither sslvpn nor ike has reported it. */
function isSeenByFnbamdOnly({ session, negotiation }: LoginState): boolean {
  return session === undefined && negotiation === undefined;
}

/** The VPN's report of the end replaces fnbamd's. */
function clearEnd({ milestones }: LoginState): void {
  for (const mark of ['granted', 'tokenResult', 'passwordRefused'] as const) delete milestones[mark];
}

function isSameRequest(login: LoginState, at: number | undefined): boolean {
  const { started, stage } = login;
  if (at === undefined || started.at === undefined) return stage === 'password';
  return Math.abs(at - started.at) <= SAME_REQUEST_S;
}

/** Merges a login that turned out to be the second step of an earlier one. */
export function mergeInto(
  registry: Registry,
  login: LoginState,
  earlier: LoginState,
  session: SslVpnSession,
): void {
  login.mergedInto = earlier;
  if (login.trace && earlier.trace) absorb(current(earlier.trace), current(login.trace));
  earlier.trace ??= login.trace;
  registry.logins.splice(registry.logins.lastIndexOf(login), 1);
  registry.live.delete(login);
  registry.live.add(earlier);
  earlier.superseded = false;
  registry.bySession.set(sessionKey(session), earlier);
  registry.byProcess.set(processKey(session), earlier);
  if (login.request !== undefined) registry.byRequest.set(login.request, earlier);
  if (login.milestones.pushConnect) earlier.milestones.pushConnect ??= login.milestones.pushConnect;
  earlier.authenticated = login.authenticated ?? earlier.authenticated;
  earlier.requested = login.requested;
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

import type { DebugRecord, SslVpnSession } from '../../fortios/debug/record.ts';
import type { SslVpnEvent } from '../../fortios/debug/sslvpn-events.ts';
import { type EventRef, toMoment } from './event-ref.ts';
import type { Handshakes } from './handshakes.ts';
import {
  advance,
  isUser,
  isWaiting,
  type LoginState,
  markQuestion,
  markTokenResult,
  NEED_TOKEN,
  NEXT_CODE,
  PENDING,
  SUCCESS,
  UNLISTED,
} from './login-state.ts';
import {
  adoptRequest,
  bindSession,
  findFirstStep,
  findRequest,
  join,
  mergeInto,
  openLogin,
  processKey,
  type Registry,
  sessionKey,
  supersede,
} from './registry.ts';

interface Step {
  readonly registry: Registry;
  readonly handshakes: Handshakes;
  readonly session: SslVpnSession;
  readonly ref: EventRef;
}

/** Assigns one message of sslvpn to the login of its session. */
export function foldSslVpn(
  registry: Registry,
  handshakes: Handshakes,
  record: DebugRecord,
  event: SslVpnEvent,
  ref: EventRef,
): void {
  if (!record.session) return;
  const step: Step = { registry, handshakes, session: record.session, ref };
  const seen = findDraft(step, event);
  if (!seen) return;
  const login = joinSession(step, seen, event);
  touch(step, login);
  apply(step, login, event);
  if (login.stage === 'over') handshakes.onLoginOver(login);
}

/** Once sslvpn names the user of a login whose start is missing, fnbamd's lines about it can be assigned. */
function joinSession({ registry, session }: Step, login: LoginState, event: SslVpnEvent): LoginState {
  const user = 'user' in event ? event.user : undefined;
  if (user === undefined || login.fromStart || login.request !== undefined) return login;
  const { kind } = event;
  const end = kind === 'granted' || kind === 'login-failed' ? kind : undefined;
  const own = findRequest(registry, user, login, end);
  if (!own || own === login) return login;
  join(registry, login, own, session);
  return own;
}

/** The login of a message; messages that cannot start a login do not create one. */
function findDraft(step: Step, event: SslVpnEvent): LoginState | undefined {
  const { registry, session } = step;
  if (event.kind === 'authenticate') return authenticating(step, event.user);
  if (event.kind === 'vpn-wait' || event.kind === 'token-wait') return waiting(step, event.kind);
  const current =
    session.sid === '0'
      ? registry.byProcess.get(processKey(session))
      : registry.bySession.get(sessionKey(session));
  const fits = current && (!('user' in event) || event.user === undefined || isUser(current, event.user));
  switch (event.kind) {
    case 'blocklist':
      return undefined;
    case 'request-sent':
    case 'token-answer':
      return fits ? current : undefined;
    case 'second-factor-check':
      return fits && current.stage !== 'over' && !current.superseded
        ? current
        : findFirstStep(registry, event.user, session);
    case 'second-factor':
      return secondFactor(step, fits && !current.superseded ? current : undefined, event);
    case 'password-result':
    case 'token-result':
      if (event.code === PENDING || event.code === UNLISTED) return undefined;
      break;
    case 'token-source':
    case 'granted':
    case 'login-failed':
      break;
  }
  return fits ? current : openPartialLogin(step, 'user' in event ? event.user : undefined);
}

/** The client posts twice: name and password, then the token code. Both print `authenticate user`. */
function authenticating({ registry, session, ref }: Step, user: string): LoginState {
  const current = registry.bySession.get(sessionKey(session));
  const open = current !== undefined && current.stage !== 'over' && current.stage !== 'approved';
  const answers = current?.answerAnnounced || current?.milestones.radiusChallenge;
  if (open && isUser(current, user) && (current.stage === 'password' || answers)) return current;

  const asked = open ? undefined : adoptRequest(registry, user, ref.at);
  if (asked) return asked;
  const login = openLogin(registry, ref, { user, vdom: session.vdom, fromStart: true });
  login.replaces = open ? current : undefined;
  return login;
}

/** Lines about the wait have session `0`; they are about the login that the worker process has just asked. */
function waiting({ registry, session }: Step, kind: 'vpn-wait' | 'token-wait'): LoginState | undefined {
  const own = registry.bySession.get(sessionKey(session));
  if (own) return own;
  const mark = kind === 'vpn-wait' ? 'vpnWait' : 'tokenWait';
  const last = registry.byProcess.get(processKey(session));
  if (last && last.stage !== 'over' && !last.superseded && !last.milestones[mark]) return last;
  const open = [...registry.live].filter((login) => isWaiting(login) && !login.milestones[mark]);
  const here = open.filter((login) => login.session?.process === processKey(session));
  if (here.length > 0) return here.toSorted((a, b) => a.lastOrder - b.lastOrder).at(-1);
  // The client may return to another worker process, which has printed nothing that identifies it.
  const [moved, another] = open.filter((login) => login.vdom === session.vdom);
  return moved && !another ? moved : last;
}

/** `is_two_factor = 1` is printed only in the second step, so it shows the step of its session. */
function secondFactor(
  step: Step,
  current: LoginState | undefined,
  event: { readonly user: string; readonly used: boolean },
): LoginState | undefined {
  const { registry, session } = step;
  if (!event.used) return current;
  if (current?.milestones.passwordAccepted) return current;
  const earlier = findFirstStep(registry, event.user, session, current);
  if (current && earlier) mergeInto(registry, current, earlier, session);
  if (earlier) return earlier;
  if (current) current.fromStart = false;
  return current ?? openPartialLogin(step, event.user);
}

/** The log begins within this login. */
function openPartialLogin({ registry, session, ref }: Step, user?: string): LoginState {
  return openLogin(registry, ref, {
    user,
    vdom: session.vdom,
    fromStart: false,
  });
}

function touch({ registry, session, ref }: Step, login: LoginState): void {
  login.lastOrder = ref.order;
  login.lastAt = ref.at ?? login.lastAt;
  if (session.sid === '0') return;
  bindSession(registry, login, session);
}

function apply(step: Step, login: LoginState, event: SslVpnEvent): void {
  const { registry, handshakes, ref } = step;
  const { milestones } = login;
  if ('user' in event) login.user ??= event.user;
  switch (event.kind) {
    case 'authenticate':
      if (isWaiting(login)) advance(login, 'answer');
      login.answerAnnounced = false;
      login.authenticated = ref;
      login.requested = ref;
      return;
    case 'request-sent':
      login.requested = ref;
      return;
    case 'password-result':
      passwordResult(step, login, event.code);
      return;
    case 'token-answer':
    case 'second-factor-check':
      login.answerAnnounced = true;
      return;
    case 'vpn-wait':
      login.answerAnnounced = true;
      milestones.tokenType ??= { ...toMoment(ref), type: event.tokenType };
      milestones.vpnWait ??= { ...toMoment(ref), seconds: event.seconds };
      advance(login, 'question');
      return;
    case 'token-wait':
      if (event.tokenType === 0) return;
      milestones.tokenType ??= { ...toMoment(ref), type: event.tokenType };
      milestones.tokenWait ??= { ...toMoment(ref), seconds: event.seconds };
      advance(login, 'answer');
      return;
    case 'second-factor':
      if (!event.used) return;
      milestones.secondFactorAsked ??= toMoment(ref);
      advance(login, 'answer');
      return;
    case 'token-result':
      if (answersPassword(login)) {
        passwordResult(step, login, event.code);
        return;
      }
      markTokenResult(login, event.code, ref, event.text);
      if (event.code !== NEXT_CODE) handshakes.onAnswered(login, ref);
      return;
    case 'token-source':
      milestones.manualCode = { ...toMoment(ref), push: event.push };
      if (!event.push) handshakes.onTyped(login);
      return;
    case 'granted':
      milestones.granted ??= toMoment(ref);
      close(registry, login);
      return;
    case 'login-failed':
      milestones.loginFailed ??= { ...toMoment(ref), why: event.why };
      // The portal or tunnel refused what the authentication had accepted.
      delete milestones.granted;
      if (milestones.tokenResult?.code === SUCCESS) milestones.refusedAfterApproval ??= toMoment(ref);
      close(registry, login);
      return;
    case 'blocklist':
      return;
  }
}

/** A server that was asked answers later, in the line of the token's result, and no token has been asked for. */
function answersPassword({ fromStart, stage, milestones }: LoginState): boolean {
  return fromStart && stage === 'password' && !milestones.secondFactorAsked;
}

function passwordResult({ registry, session, ref }: Step, login: LoginState, code: number): void {
  if (login.replaces) supersede(registry, login.replaces);
  login.replaces = undefined;
  const { milestones } = login;
  if (code === NEED_TOKEN) {
    if (login.stage === 'answer' && login.sslvpnAsked && login.authenticated) {
      restart(registry, login, session, ref);
      return;
    }
    login.sslvpnAsked = true;
    markQuestion(login, ref);
  } else if (code === SUCCESS) {
    milestones.passwordAccepted ??= toMoment(ref);
    login.withoutToken = !isWaiting(login);
  } else if (code === NEXT_CODE || milestones.passwordAccepted) {
    if (!milestones.tokenResult) markTokenResult(login, code, ref);
  } else {
    // fnbamd has one refusal code; sslvpn prints the reason.
    milestones.passwordRefused = { ...toMoment(ref), code };
    close(registry, login);
  }
}

/** A second `return: 7`: what looked like the answer to the question was a new login of the same user. */
function restart(registry: Registry, login: LoginState, session: SslVpnSession, ref: EventRef): void {
  supersede(registry, login);
  const again = openLogin(registry, login.authenticated ?? ref, {
    user: login.user,
    vdom: session.vdom,
    fromStart: true,
  });
  again.authenticated = login.authenticated;
  again.lastOrder = ref.order;
  again.sslvpnAsked = true;
  bindSession(registry, again, session);
  markQuestion(again, ref);
}

function close(registry: Registry, login: LoginState): void {
  advance(login, 'over');
  registry.live.delete(login);
}

import type { DebugRecord, SslVpnSession } from '../../fortios/debug/record.ts';
import type { SslVpnEvent } from '../../fortios/debug/sslvpn-events.ts';
import { type EventRef, momentOf } from './event-ref.ts';
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
  join,
  mergeInto,
  openLogin,
  processKey,
  type Registry,
  requestOf,
  sessionKey,
  supersede,
} from './registry.ts';

interface Step {
  readonly registry: Registry;
  readonly handshakes: Handshakes;
  readonly session: SslVpnSession;
  readonly sighting: EventRef;
}

/** One message of sslvpn, given to the login of its session. */
export function foldSslVpn(
  registry: Registry,
  handshakes: Handshakes,
  record: DebugRecord,
  event: SslVpnEvent,
  sighting: EventRef,
): void {
  if (!record.session) return;
  const step: Step = { registry, handshakes, session: record.session, sighting };
  const seen = draftOf(step, event);
  if (!seen) return;
  const draft = joined(step, seen, event);
  touch(step, draft);
  apply(step, draft, event);
  if (draft.stage === 'over') handshakes.loginOver(draft);
}

/** Once sslvpn names the user of a login whose beginning is cut off, fnbamd's lines about it are known for its own. */
function joined({ registry, session }: Step, draft: LoginState, event: SslVpnEvent): LoginState {
  const user = 'user' in event ? event.user : undefined;
  if (user === undefined || draft.fromStart || draft.request !== undefined) return draft;
  const own = requestOf(registry, user, draft.started);
  if (!own || own === draft) return draft;
  join(registry, draft, own, session);
  return own;
}

/** The login a message belongs to; messages that alone make no login do not begin one. */
function draftOf(step: Step, event: SslVpnEvent): LoginState | undefined {
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
  return fits ? current : fromTheMiddle(step, 'user' in event ? event.user : undefined);
}

/** The client posts twice: name and password, then the token's answer. Both print `authenticate user`. */
function authenticating({ registry, session, sighting }: Step, user: string): LoginState {
  const current = registry.bySession.get(sessionKey(session));
  const open = current !== undefined && current.stage !== 'over' && current.stage !== 'approved';
  const answers = current?.answering || current?.milestones.radiusChallenge;
  if (open && isUser(current, user) && (current.stage === 'password' || answers)) return current;

  const asked = open ? undefined : adoptRequest(registry, user, sighting.at);
  if (asked) return asked;
  const draft = openLogin(registry, sighting, { user, vdom: session.vdom, fromStart: true });
  draft.replaces = open ? current : undefined;
  return draft;
}

/** Lines about the wait come with session `0`; the worker is handling the login that has just been asked. */
function waiting({ registry, session }: Step, kind: 'vpn-wait' | 'token-wait'): LoginState | undefined {
  const own = registry.bySession.get(sessionKey(session));
  if (own) return own;
  const mark = kind === 'vpn-wait' ? 'vpnWait' : 'tokenWait';
  const last = registry.byProcess.get(processKey(session));
  if (last && last.stage !== 'over' && !last.superseded && !last.milestones[mark]) return last;
  const open = [...registry.live].filter((draft) => isWaiting(draft) && !draft.milestones[mark]);
  const here = open.filter((draft) => draft.session?.process === processKey(session));
  if (here.length > 0) return here.toSorted((a, b) => a.lastOrder - b.lastOrder).at(-1);
  // The client may come back to another worker process, which so far has said nothing that names it.
  const [moved, another] = open.filter((draft) => draft.vdom === session.vdom);
  return moved && !another ? moved : last;
}

/** `is_two_factor = 1` is printed at the second step only, so it tells which step its session is in. */
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
  return current ?? fromTheMiddle(step, event.user);
}

/** The log begins inside this login. */
function fromTheMiddle({ registry, session, sighting }: Step, user?: string): LoginState {
  return openLogin(registry, sighting, {
    user,
    vdom: session.vdom,
    fromStart: false,
  });
}

function touch({ registry, session, sighting }: Step, draft: LoginState): void {
  draft.lastOrder = sighting.order;
  draft.lastAt = sighting.at ?? draft.lastAt;
  if (session.sid === '0') return;
  bindSession(registry, draft, session);
}

function apply(step: Step, draft: LoginState, event: SslVpnEvent): void {
  const { registry, handshakes, sighting } = step;
  const { milestones: marks } = draft;
  if ('user' in event) draft.user ??= event.user;
  switch (event.kind) {
    case 'authenticate':
      if (isWaiting(draft)) advance(draft, 'answer');
      draft.answering = false;
      draft.authenticated = sighting;
      draft.requested = sighting;
      return;
    case 'request-sent':
      draft.requested = sighting;
      return;
    case 'password-result':
      passwordResult(step, draft, event.code);
      return;
    case 'token-answer':
    case 'second-factor-check':
      draft.answering = true;
      return;
    case 'vpn-wait':
      draft.answering = true;
      marks.tokenType ??= { ...momentOf(sighting), type: event.tokenType };
      marks.vpnWait ??= { ...momentOf(sighting), seconds: event.seconds };
      advance(draft, 'question');
      return;
    case 'token-wait':
      if (event.tokenType === 0) return;
      marks.tokenType ??= { ...momentOf(sighting), type: event.tokenType };
      marks.tokenWait ??= { ...momentOf(sighting), seconds: event.seconds };
      advance(draft, 'answer');
      return;
    case 'second-factor':
      if (!event.used) return;
      marks.secondFactorAsked ??= momentOf(sighting);
      advance(draft, 'answer');
      return;
    case 'token-result':
      markTokenResult(draft, event.code, sighting, event.text);
      if (event.code !== NEXT_CODE) handshakes.answered(draft, sighting);
      return;
    case 'token-source':
      marks.manualCode = { ...momentOf(sighting), push: event.push };
      if (!event.push) handshakes.typed(draft);
      return;
    case 'granted':
      marks.granted ??= momentOf(sighting);
      close(registry, draft);
      return;
    case 'login-failed':
      marks.loginFailed ??= { ...momentOf(sighting), why: event.why };
      if (marks.tokenResult?.code === SUCCESS) marks.refusedAfterApproval ??= momentOf(sighting);
      close(registry, draft);
      return;
    case 'blocklist':
      return;
  }
}

function passwordResult({ registry, session, sighting }: Step, draft: LoginState, code: number): void {
  if (draft.replaces) supersede(registry, draft.replaces);
  draft.replaces = undefined;
  const { milestones: marks } = draft;
  if (code === NEED_TOKEN) {
    if (draft.stage === 'answer' && draft.questioned && draft.authenticated) {
      beginAgain(registry, draft, session, sighting);
      return;
    }
    draft.questioned = true;
    markQuestion(draft, sighting);
  } else if (code === SUCCESS) {
    marks.passwordAccepted ??= momentOf(sighting);
    draft.withoutToken = !isWaiting(draft);
  } else if (code === NEXT_CODE || marks.passwordAccepted) {
    if (!marks.tokenResult) markTokenResult(draft, code, sighting);
  } else {
    // fnbamd knows one refusal only; why it was one, sslvpn says.
    marks.passwordRefused = { ...momentOf(sighting), code };
    close(registry, draft);
  }
}

/** A second `return: 7`: what was taken for the answer to the question was a fresh login of the same user. */
function beginAgain(registry: Registry, draft: LoginState, session: SslVpnSession, sighting: EventRef): void {
  supersede(registry, draft);
  const again = openLogin(registry, draft.authenticated ?? sighting, {
    user: draft.user,
    vdom: session.vdom,
    fromStart: true,
  });
  again.authenticated = draft.authenticated;
  again.lastOrder = sighting.order;
  again.questioned = true;
  bindSession(registry, again, session);
  markQuestion(again, sighting);
}

function close(registry: Registry, draft: LoginState): void {
  advance(draft, 'over');
  registry.live.delete(draft);
}

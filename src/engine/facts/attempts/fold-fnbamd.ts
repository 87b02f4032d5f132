import type { FnbamdEvent } from '../../fortios/debug/fnbamd-events.ts';
import { type EventRef, toMoment } from './event-ref.ts';
import { isAnnounced } from './fnbamd-services.ts';
import type { Handshakes } from './handshakes.ts';
import { searchesAnother } from './ldap-turns.ts';
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
import { bindRequest, endedWith, openLogin, type Registry, supersede } from './registry.ts';

/** RFC 2865, section 5.44. */
const ACCESS_CHALLENGE = 11;
const MAX_CERTIFICATES = 1_000;

/** Messages of fnbamd: most name their request, the others are about the request named last. */
export class FnbamdFold {
  readonly #registry: Registry;
  readonly #handshakes: Handshakes;
  /** Requests to check a certificate end with the same line as logins. */
  readonly #certificates = new Set<string>();
  /** A mismatch since the last line with a number: it is about the request whose result follows. */
  #mismatch: LoginState | undefined;
  /** Requests inside an EAP login: their result is the password's, not the login's. */
  readonly #inner = new Set<string>();

  constructor(registry: Registry, handshakes: Handshakes) {
    this.#registry = registry;
    this.#handshakes = handshakes;
  }

  fold(event: FnbamdEvent, ref: EventRef): void {
    const { context } = this.#registry;
    if ('request' in event) context.name(event.request);
    if (event.kind === 'saml-user') {
      if (this.#registry.samlUsers.size < MAX_CERTIFICATES)
        this.#registry.samlUsers.set(event.id, event.user);
      return;
    }
    if (event.kind === 'certificate-request') {
      if (this.#certificates.size >= MAX_CERTIFICATES) this.#certificates.clear();
      this.#certificates.add(event.request);
      return;
    }
    const outer = event.kind === 'auth-request' ? outerLogin(this.#registry, event) : undefined;
    if (event.kind === 'auth-request' && outer) {
      this.#inner.add(event.request);
      this.#registry.byRequest.set(event.request, outer);
    }
    if (
      event.kind === 'request-context' ||
      (context.request !== undefined && this.#certificates.has(context.request))
    )
      return;
    if (context.request !== undefined && this.#inner.has(context.request)) {
      checkedInside(this.#registry, event, ref);
      return;
    }
    const login = findDraft(this.#registry, event, ref);
    if (!login) return;
    login.seenByFnbamd = true;
    login.lastOrder = ref.order;
    login.lastAt = ref.at ?? login.lastAt;
    if (event.kind === 'auth-result' && this.#mismatch && this.#mismatch !== login) {
      login.milestones.groupMismatch ??= this.#mismatch.milestones.groupMismatch;
      delete this.#mismatch.milestones.groupMismatch;
    }
    if ('request' in event) this.#mismatch = undefined;
    if (event.kind === 'group-mismatch' && !context.isTied && !login.milestones.groupMismatch)
      this.#mismatch = login;
    const before = login.milestones.tokenResult;
    apply(this.#registry, login, event, ref);
    const { tokenResult } = login.milestones;
    if (tokenResult && tokenResult !== before && tokenResult.code !== NEXT_CODE) {
      this.#handshakes.onAnswered(login, ref);
    }
    if (login.stage === 'over') this.#handshakes.onLoginOver(login);
  }
}

/** The login whose EAP the FortiGate ends itself, where this request asks for its password. */
function outerLogin(
  registry: Registry,
  { request, user }: Extract<FnbamdEvent, { readonly kind: 'auth-request' }>,
): LoginState | undefined {
  return [...registry.live].find(
    (login) => login.eapLocal && login.request !== request && login.user !== undefined && isUser(login, user),
  );
}

/** What a request inside an EAP login shows about it. */
function checkedInside(registry: Registry, event: FnbamdEvent, ref: EventRef): void {
  const outer = [...registry.live].find((login) => login.eapLocal);
  if (!outer) return;
  if (event.kind === 'checked-by') outer.milestones.checkedBy ??= { ...toMoment(ref), by: event.by };
  if (event.kind === 'group-mismatch') outer.milestones.groupMismatch ??= toMoment(ref);
}

function findDraft(registry: Registry, event: FnbamdEvent, ref: EventRef): LoginState | undefined {
  if (event.kind === 'auth-request') return openRequest(registry, event.request, event.user, ref);
  if (event.kind === 'radius-asked' || event.kind === 'radius-answer') {
    return onRadius(registry, event);
  }
  return aboutRequest(registry, registry.context.request, event, ref);
}

/** The login whose password the RADIUS server is checking: by name, or because it is the only one. */
function onRadius(
  registry: Registry,
  event: Extract<FnbamdEvent, { readonly kind: 'radius-asked' | 'radius-answer' }>,
): LoginState | undefined {
  const { request, isTied } = registry.context;
  const named = request === undefined ? undefined : registry.byRequest.get(request);
  if (isTied && named) return named.mergedInto ?? named;
  const open = [...registry.live].filter(
    ({ request, stage, milestones }) =>
      request !== undefined && (stage === 'password' || milestones.radiusChallenge),
  );
  if (event.kind === 'radius-asked') {
    const { user } = event;
    if (user !== undefined) return open.findLast((login) => isUser(login, user));
    return named;
  }
  const [login, another] = open.filter(
    ({ milestones }) => milestones.radiusAsked && !milestones.radiusChallenge,
  );
  return another ? undefined : login;
}

/** sslvpn announces a login before fnbamd gets its request; without sslvpn debug the request is the login. */
function openRequest(registry: Registry, request: string, user: string, ref: EventRef): LoginState {
  const known = registry.byRequest.get(request);
  if (known && known.stage !== 'over' && isUser(known, user)) return known;
  const theirs = [...registry.live].filter((login) => login.user !== undefined && isUser(login, user));
  const sessions = theirs.filter(isAnnounced);
  const own =
    sessions.find((login) => login.stage === 'password' && login.request === undefined) ?? sessions.at(-1);
  if (own) {
    bindRequest(registry, own, request);
    return own;
  }
  const challenged = theirs.find((login) => login.milestones.radiusChallenge);
  if (challenged) {
    registry.byRequest.set(request, challenged);
    return challenged;
  }
  const ended = endedWith(registry, user, ref.at);
  if (ended) {
    bindRequest(registry, ended, request);
    return ended;
  }
  for (const login of theirs) supersede(registry, login);
  return openLogin(registry, ref, { user, request, fromStart: true });
}

/** The start of the request is not in the log: the only possible login is used, else one without a name. */
function aboutRequest(
  registry: Registry,
  request: string | undefined,
  event: FnbamdEvent,
  ref: EventRef,
): LoginState | undefined {
  const known = request === undefined ? undefined : registry.byRequest.get(request);
  if (known) return known.mergedInto ?? known;
  const inSecondStep = event.kind === 'token-drifted' || event.kind === 'token-sync';
  const sessions = [...registry.live].filter(isAnnounced);
  const fitting = sessions.filter(
    (login) => login.request === undefined && (inSecondStep ? isWaiting(login) : login.stage === 'password'),
  );
  const [first] = fitting;
  if (first && fitting.length === 1) {
    const { filter } = registry.context;
    const isOthers = ({ user }: LoginState) => user !== undefined && !searchesAnother(filter, user);
    if (searchesAnother(filter, first.user) && ![...registry.live].some(isOthers)) return undefined;
    if (request !== undefined) bindRequest(registry, first, request);
    return first;
  }
  if (sessions.length > 0 || request === undefined) return undefined;
  // An answer to a request that is not in the log and without a name could belong to any login and step.
  if (event.kind === 'auth-result' && event.code !== NEED_TOKEN) return undefined;
  return openLogin(registry, ref, { request, fromStart: false });
}

function apply(registry: Registry, login: LoginState, event: FnbamdEvent, ref: EventRef): void {
  const { milestones } = login;
  switch (event.kind) {
    case 'auth-request':
      login.requested = ref;
      login.service ??= event.service;
      return;
    case 'user-found':
      login.user ??= event.user;
      return;
    case 'second-factor-not-required':
      // For a RADIUS user fnbamd prints this in any case, because the server asks for the second factor.
      if (!milestones.radiusAsked && !milestones.checkedBy) milestones.secondFactorSkipped ??= toMoment(ref);
      return;
    case 'checked-by':
      milestones.checkedBy ??= { ...toMoment(ref), by: event.by };
      return;
    case 'eap-local':
      login.eapLocal = true;
      return;
    case 'radius-asked':
      milestones.radiusAsked ??= toMoment(ref);
      login.radiusAsksUser ||= !event.eap;
      return;
    case 'radius-protocol':
      login.radiusAsksUser ||= !login.eapLocal;
      return;
    case 'radius-answer':
      if (event.code !== ACCESS_CHALLENGE || !(login.radiusAsksUser || login.session)) return;
      milestones.radiusChallenge ??= toMoment(ref);
      milestones.secondFactorAsked ??= toMoment(ref);
      markQuestion(login, ref);
      return;
    case 'group-mismatch':
      milestones.groupMismatch ??= toMoment(ref);
      return;
    case 'auth-result':
      result(registry, login, event.code, ref);
      return;
    case 'push-question':
      milestones.secondFactorAsked ??= toMoment(ref);
      advance(login, 'answer');
      return;
    case 'push-already-sent':
      milestones.pushAlreadySent ??= toMoment(ref);
      advance(login, 'answer');
      return;
    case 'token-drifted':
      milestones.drift ??= toMoment(ref);
      advance(login, 'answer');
      return;
    case 'token-sync':
    case 'saml-user':
    case 'request-context':
    case 'certificate-request':
      return;
  }
}

/** If sslvpn debug is on too, its own line about the result decides how the login continues. */
function result(registry: Registry, login: LoginState, code: number, ref: EventRef): void {
  const { milestones } = login;
  if (code === PENDING || (code === UNLISTED && (login.stage === 'password' || milestones.radiusChallenge)))
    return;
  if (code === NEED_TOKEN) {
    markQuestion(login, ref);
    return;
  }
  const alone = login.session === undefined;
  if (login.stage === 'password') {
    if (code === SUCCESS) {
      milestones.passwordAccepted ??= toMoment(ref);
      login.withoutToken = login.fromStart && (alone || login.request !== undefined);
      // If the log begins within the login, the refused value may also have been the code.
    } else if (login.fromStart || alone) milestones.passwordRefused ??= { ...toMoment(ref), code };
  } else if (alone && !milestones.passwordRefused) {
    markTokenResult(login, code, ref);
  }
  if (!alone || code === NEXT_CODE) return;
  if (code === SUCCESS) milestones.granted ??= toMoment(ref);
  advance(login, 'over');
  registry.live.delete(login);
}

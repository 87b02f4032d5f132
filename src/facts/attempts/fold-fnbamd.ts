import type { FnbamdEvent } from '../../fortios/debug/fnbamd-events.ts';
import { type EventRef, momentOf } from './event-ref.ts';
import { isAnnounced } from './fnbamd-services.ts';
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
import { bindRequest, endedWith, openLogin, type Registry, supersede } from './registry.ts';

/** RFC 2865, section 5.44. */
const ACCESS_CHALLENGE = 11;
const MAX_CERTIFICATES = 1_000;

export interface FnbamdFold {
  fold(event: FnbamdEvent, sighting: EventRef): void;
}

/** Messages of fnbamd: most name their request, the rest are about the request named last. */
export function createFnbamdFold(registry: Registry, handshakes: Handshakes): FnbamdFold {
  let context: string | undefined;
  /** Requests to check a certificate end in the same line as logins do. */
  const certificates = new Set<string>();

  return {
    fold(event, sighting) {
      if ('request' in event) context = event.request;
      if (event.kind === 'certificate-request') {
        if (certificates.size >= MAX_CERTIFICATES) certificates.clear();
        certificates.add(event.request);
        return;
      }
      if (event.kind === 'request-context' || (context !== undefined && certificates.has(context))) return;
      const draft = draftOf(registry, context, event, sighting);
      if (!draft) return;
      draft.toldByFnbamd = true;
      draft.lastOrder = sighting.order;
      draft.lastAt = sighting.at ?? draft.lastAt;
      const before = draft.milestones.tokenResult;
      apply(registry, draft, event, sighting);
      const { tokenResult } = draft.milestones;
      if (tokenResult && tokenResult !== before && tokenResult.code !== NEXT_CODE) {
        handshakes.answered(draft, sighting);
      }
      if (draft.stage === 'over') handshakes.loginOver(draft);
    },
  };
}

function draftOf(
  registry: Registry,
  context: string | undefined,
  event: FnbamdEvent,
  sighting: EventRef,
): LoginState | undefined {
  if (event.kind === 'auth-request') return requested(registry, event.request, event.user, sighting);
  if (event.kind === 'radius-asked' || event.kind === 'radius-answer') {
    return onRadius(registry, context, event);
  }
  return aboutRequest(registry, context, event, sighting);
}

/** The login whose password is with a RADIUS server: by its name, or because it is the only one. */
function onRadius(
  registry: Registry,
  context: string | undefined,
  event: Extract<FnbamdEvent, { readonly kind: `radius-${string}` }>,
): LoginState | undefined {
  const open = [...registry.live].filter(
    ({ request, stage, milestones: marks }) =>
      request !== undefined && (stage === 'password' || marks.radiusChallenge),
  );
  if (event.kind === 'radius-asked') {
    const { user } = event;
    if (user !== undefined) return open.findLast((draft) => isUser(draft, user));
    return context === undefined ? undefined : registry.byRequest.get(context);
  }
  const [draft, another] = open.filter(
    ({ milestones: marks }) => marks.radiusAsked && !marks.radiusChallenge,
  );
  return another ? undefined : draft;
}

/** sslvpn announces a login before fnbamd gets its request; without sslvpn's debug the request is the login. */
function requested(registry: Registry, request: string, user: string, sighting: EventRef): LoginState {
  const known = registry.byRequest.get(request);
  if (known && known.stage !== 'over' && isUser(known, user)) return known;
  const sessions = [...registry.live].filter(
    (draft) => isAnnounced(draft) && draft.user !== undefined && isUser(draft, user),
  );
  const own =
    sessions.find((draft) => draft.stage === 'password' && draft.request === undefined) ?? sessions.at(-1);
  if (own) {
    bindRequest(registry, own, request);
    return own;
  }
  const challenged = [...registry.live].find(
    (draft) => draft.milestones.radiusChallenge && draft.user !== undefined && isUser(draft, user),
  );
  if (challenged) {
    registry.byRequest.set(request, challenged);
    return challenged;
  }
  const ended = endedWith(registry, user, sighting.at);
  if (ended) {
    bindRequest(registry, ended, request);
    return ended;
  }
  for (const draft of registry.live) {
    if (draft.user !== undefined && isUser(draft, user)) supersede(registry, draft);
  }
  return openLogin(registry, sighting, { user, request, fromStart: true });
}

/** The beginning of the request is not in the log: a login that must be the one, or one without a name. */
function aboutRequest(
  registry: Registry,
  request: string | undefined,
  event: FnbamdEvent,
  sighting: EventRef,
): LoginState | undefined {
  const known = request === undefined ? undefined : registry.byRequest.get(request);
  if (known) return known.mergedInto ?? known;
  const inSecondStep = event.kind === 'token-drifted' || event.kind === 'token-sync';
  const sessions = [...registry.live].filter(isAnnounced);
  const fitting = sessions.filter(
    (draft) => draft.request === undefined && (inSecondStep ? isWaiting(draft) : draft.stage === 'password'),
  );
  const [first] = fitting;
  if (first && fitting.length === 1) {
    if (request !== undefined) bindRequest(registry, first, request);
    return first;
  }
  if (sessions.length > 0 || request === undefined) return undefined;
  // An answer to a request that is not in the log, without a name: whose, and to which step, nobody can tell.
  if (event.kind === 'auth-result' && event.code !== NEED_TOKEN) return undefined;
  return openLogin(registry, sighting, { request, fromStart: false });
}

function apply(registry: Registry, draft: LoginState, event: FnbamdEvent, sighting: EventRef): void {
  const { milestones: marks } = draft;
  switch (event.kind) {
    case 'auth-request':
      draft.requested = sighting;
      draft.service ??= event.service;
      return;
    case 'user-found':
      draft.user ??= event.user;
      return;
    case 'second-factor-not-required':
      // Of a RADIUS server's user fnbamd says so in any case: the second factor is the server's to ask.
      if (!marks.radiusAsked) marks.secondFactorSkipped ??= momentOf(sighting);
      return;
    case 'radius-asked':
      marks.radiusAsked ??= momentOf(sighting);
      draft.radiusAsksUser ||= !event.eap;
      return;
    case 'radius-answer':
      if (event.code !== ACCESS_CHALLENGE || !(draft.radiusAsksUser || draft.session)) return;
      marks.radiusChallenge ??= momentOf(sighting);
      marks.secondFactorAsked ??= momentOf(sighting);
      markQuestion(draft, sighting);
      return;
    case 'group-mismatch':
      marks.groupMismatch ??= momentOf(sighting);
      return;
    case 'auth-result':
      result(registry, draft, event.code, sighting);
      return;
    case 'push-question':
      marks.secondFactorAsked ??= momentOf(sighting);
      advance(draft, 'answer');
      return;
    case 'push-already-sent':
      marks.pushAlreadySent ??= momentOf(sighting);
      advance(draft, 'answer');
      return;
    case 'token-drifted':
      marks.drift ??= momentOf(sighting);
      advance(draft, 'answer');
      return;
    case 'token-sync':
    case 'request-context':
    case 'certificate-request':
      return;
  }
}

/** Where sslvpn speaks too, its own line about the same result decides how the login went on. */
function result(registry: Registry, draft: LoginState, code: number, sighting: EventRef): void {
  const { milestones: marks } = draft;
  if (code === PENDING || (code === UNLISTED && (draft.stage === 'password' || marks.radiusChallenge)))
    return;
  if (code === NEED_TOKEN) {
    markQuestion(draft, sighting);
    return;
  }
  const alone = draft.session === undefined;
  if (draft.stage === 'password') {
    if (code === SUCCESS) {
      marks.passwordAccepted ??= momentOf(sighting);
      draft.withoutToken = alone && draft.fromStart;
      // Where the log begins within the login, it may as well be the code that was refused.
    } else if (draft.fromStart || alone) marks.passwordRefused ??= { ...momentOf(sighting), code };
  } else if (alone) {
    markTokenResult(draft, code, sighting);
  }
  if (!alone || code === NEXT_CODE) return;
  if (code === SUCCESS) marks.granted ??= momentOf(sighting);
  advance(draft, 'over');
  registry.live.delete(draft);
}

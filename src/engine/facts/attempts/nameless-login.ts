import type { SignName } from '../../fortios/debug/login-signs.ts';
import { readTimestamp } from '../../fortios/debug/timestamp.ts';
import { sameUser } from '../accounts/same-user.ts';
import { toMoment } from './event-ref.ts';
import { searchesAnother } from './ldap-turns.ts';
import { findLoginFailure, namedBy, type Signs, upBy } from './login-failure.ts';
import { DENIED, LoginState, wasRefused } from './login-state.ts';
import { current, loginTrace, type Trace } from './trace.ts';

/**
 * A login that no line names: it ended before the name was sent, or the name is in the SAML response only. A tunnel
 * between two sites is no person's login: it shows neither FortiClient nor a question for a user.
 */
export function namelessLogin(trace: Trace): LoginState | undefined {
  if (trace.isPiece) return undefined;
  // Other programs print “Authenticated.” as well.
  const own = ['endpoint-connected', 'endpoint-user', 'endpoint-untrusted'] as const;
  if (trace.vpn === 'sslvpn' && isOfEndpoint(trace) && !own.some((sign) => trace.signs.has(sign)))
    return undefined;
  const isPerson = isOfEndpoint(trace) && trace.person !== undefined;
  return trace.vpn === 'ike' && !isPerson && !isRemoteAccess(loginTrace(trace).signs)
    ? undefined
    : toLogin(trace);
}

/** A request for a tunnel that the FortiGate refused, and that may be a person’s; or what a piece of a log shows. */
export function unclearLogin(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  if (trace.isPiece) return toLogin(trace);
  if (!isRequested(signs) || !findLoginFailure(signs)) return undefined;
  trace.unclear = true;
  return toLogin(trace);
}

/** The other side began the negotiation. */
function isRequested(signs: Signs): boolean {
  const answered =
    signs['endpoint-began'] ??
    signs['endpoint-no-answer'] ??
    signs['endpoint-no-proposal'] ??
    signs['ike-first'] ??
    signs['network-id'] ??
    signs['peer-id-refused'] ??
    signs['certificate-refused'] ??
    signs['certificate-group-mismatch'];
  const given = signs['psk-mismatch'] ?? signs['ike-no-address'];
  const refused = signs['no-policy']?.some(({ quote }) => quote.text.includes('IKEv2 request'));
  return (answered ?? given ?? signs['proposal-mine']) !== undefined || refused === true;
}

/**
 * A log without the line that names a request and its user holds fnbamd’s other lines about the request: they are about the
 * only login of the VPN in the same text, if nothing in both contradicts that.
 */
export function requestBegunBefore(
  logins: readonly LoginState[],
  requests: readonly Trace[],
): readonly [LoginState, Trace] | undefined {
  const [trace, moreRequests] = requests;
  const [login, moreLogins] = logins.filter(
    ({ session, request, started }) =>
      session && request === undefined && started.quote.source === trace?.started.quote.source,
  );
  if (!login || !trace || moreLogins || moreRequests || trace.claimed) return undefined;
  if (login.fromStart && trace.started.order < login.started.order) return undefined;
  const { tokenResult, passwordRefused, secondFactorAsked, granted } = login.milestones;
  const { signs } = loginTrace(trace);
  if (signs['ldap-search']?.some(({ fields }) => searchesAnother(fields.filter, login.user)))
    return undefined;
  const shown = signs['server-loaded'] ?? findLoginFailure(signs);
  const result = findResult(signs);
  const end = (tokenResult ?? passwordRefused)?.code;
  if (secondFactorAsked ?? granted) return undefined;
  // Without a result on one side, the lines have to show what was asked or what failed.
  if (result === undefined || end === undefined ? !shown || result === '0' : result !== String(end))
    return undefined;
  // A server that checks passwords was asked, so the result is the password's.
  if (tokenResult && shown) {
    login.milestones.passwordRefused = tokenResult;
    delete login.milestones.tokenResult;
  }
  return [login, trace];
}

function findResult(signs: Signs): string | undefined {
  const line = signs['request-result'] ?? signs['local-result'] ?? signs['radius-result'];
  return line?.at(-1)?.fields.code ?? (signs['server-unanswered'] && '10');
}

const LOGGED_FAILURES = ['event-login-failed', 'event-xauth-failed'] as const;
const LOGGED_SUCCESSES = ['event-login', 'event-tunnel-up'] as const;
/** Seconds between the last line of a login and the line of the event log about its end. */
const SAME_END_S = 2;
/** The same for the only login of a user in both logs: sslvpn may ask again before it gives up. */
const ONLY_END_S = 10;

/** Logins of the debug whose end the event log repeats: the same user, result, place and time, or the only ones of a log without times. */
export function loggedEnds(
  logins: readonly LoginState[],
  traces: readonly Trace[],
): readonly (readonly [LoginState, Trace])[] {
  const taken = new Set<LoginState>();
  const events = traces.filter((trace) => trace.person !== undefined && loggedResult(trace) !== undefined);
  const byPerson = Map.groupBy(events, ({ person = '' }) => person);
  // Not what the event log itself shows: two of its lines are two logins.
  const ofDebug = logins.filter(({ trace }) => !trace || loggedResult(current(trace)) === undefined);
  const byUser = Map.groupBy(ofDebug, ({ user }) => user?.toLowerCase());
  return events.flatMap((event) => {
    const user = event.person ?? '';
    const own = byUser.get(user.toLowerCase()) ?? [];
    const isOnly = own.length === 1 && byPerson.get(user)?.length === 1;
    const login = own.find((each) => !taken.has(each) && endsLogin(each, event, isOnly));
    if (!login) return [];
    taken.add(login);
    return [[login, event] as const];
  });
}

/** Logins of the debug without a line that begins with the user, as by SAML, each with the line of the event log about its tunnel. */
export function loggedTunnels(traces: readonly Trace[]): readonly (readonly [Trace, Trace])[] {
  const events = traces.filter((trace) => trace.person !== undefined && loggedResult(trace) === 'in');
  const others = traces.filter((trace) => loggedResult(trace) === undefined);
  const taken = new Set<Trace>();
  return events.flatMap((event) => {
    const at = readStamp(event);
    const login = others.find((each) => {
      if (taken.has(each) || each.vpn !== event.vpn) return false;
      const { signs } = loginTrace(each);
      const began = readStamp(each);
      const isOfUser = signs['portal-given']?.at(-1)?.fields.user === event.person;
      const isSame = isOfUser && (each.client === undefined || each.client === event.client);
      return isSame && at !== undefined && began !== undefined && at >= began && at - began <= ONLY_END_S;
    });
    if (!login) return [];
    taken.add(login);
    return [[login, event] as const];
  });
}

/** Negotiations of the debug that found no proposal, each with the line of the event log about it. */
export function loggedRefusals(traces: readonly Trace[]): readonly (readonly [Trace, Trace])[] {
  const [events = [], others = []] = [true, false].map((isEvent) =>
    traces.filter(({ signs }) => signs.has('event-ike-failed') === isEvent),
  );
  const refused = others.filter(({ client, signs }) => client !== undefined && signs.has('no-proposal'));
  const taken = new Set<Trace>();
  return events.flatMap((event) => {
    const own = refused.filter(({ client }) => client === event.client);
    const at = readStamp(event);
    const negotiation = own.find(
      (each) =>
        !taken.has(each) &&
        (each.started.at === undefined || at === undefined
          ? own.length === 1
          : Math.abs(at - each.started.at) <= SAME_END_S),
    );
    if (!negotiation) return [];
    taken.add(negotiation);
    // Another gateway leaves the same line in the event log.
    if (!isRemoteAccess(loginTrace(negotiation).signs)) negotiation.unclear = true;
    return [[negotiation, event] as const];
  });
}

/** How a negotiation ends in the debug of the FortiGate, by what the log of its client shows of the end. */
const ENDS_OF_CLIENTS: Partial<Record<SignName, SignName>> = {
  'endpoint-no-answer': 'no-policy',
  'endpoint-no-proposal': 'no-proposal',
  'endpoint-psk-mismatch': 'psk-mismatch',
};

/** How the log of a client ends where the password or the group was refused. */
const REFUSED_AT_CLIENT: ReadonlySet<SignName> = new Set<SignName>([
  'endpoint-refused',
  'endpoint-password-wrong',
  'endpoint-eap-ended',
]);

/**
 * The log of one client, and the only negotiation of the debug that ended as it shows, or the only piece of fnbamd’s lines
 * that refuses the same user.
 */
export function seenByBoth(traces: readonly Trace[]): readonly [Trace, Trace] | undefined {
  const [client, anotherClient] = traces.filter(isOfEndpoint);
  const failure = client && !anotherClient ? findLoginFailure(loginTrace(client).signs) : undefined;
  if (!client || !failure) return undefined;
  const end = ENDS_OF_CLIENTS[failure.sign];
  const [negotiation, another] = traces.filter(({ signs }) => end !== undefined && signs.has(end));
  if (negotiation) return another ? undefined : [client, negotiation];
  const [piece, ...others] = REFUSED_AT_CLIENT.has(failure.sign)
    ? traces.filter(({ isPiece }) => isPiece)
    : [];
  if (!piece || others.length > 0) return undefined;
  const { signs } = loginTrace(piece);
  const named = namedBy(signs, undefined);
  const isOther =
    (named !== undefined && client.person !== undefined && !sameUser(named, client.person)) ||
    signs['ldap-search']?.some(({ fields }) => searchesAnother(fields.filter, client.person));
  return isOther || (saidNo(signs) ?? findLoginFailure(signs)) === undefined ? undefined : [piece, client];
}

function readStamp({ started }: Trace): number | undefined {
  return readTimestamp(`${started.stamp ?? ''} `)?.at;
}

/** All that is known of the login is a line of the event log that it was refused. */
export function isLoggedRefusal({ trace, session }: LoginState): boolean {
  if (!trace || session) return false;
  const keys = [...current(trace).signs.keys()];
  return loggedResult(current(trace)) === 'refused' && keys.every((sign) => sign.startsWith('event-'));
}

function loggedResult({ signs }: Trace): 'in' | 'refused' | undefined {
  if (LOGGED_FAILURES.some((sign) => signs.has(sign))) return 'refused';
  return LOGGED_SUCCESSES.some((sign) => signs.has(sign)) ? 'in' : undefined;
}

function endsLogin(login: LoginState, event: Trace, isOnly: boolean): boolean {
  const { milestones, lastAt, vdom, session, negotiation } = login;
  const trace = login.trace && current(login.trace);
  const isSame = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || one === other;
  const vpn = session ? 'sslvpn' : negotiation === undefined ? trace?.vpn : 'ike';
  if (!isSame(vpn, event.vpn) || !isSame(vdom, event.vdom)) return false;
  if (!isSame(trace?.client, event.client)) return false;
  const isIn = milestones.granted ?? (trace && upBy(loginTrace(trace).signs));
  if (loggedResult(event) !== (isIn ? 'in' : wasRefused(milestones) ? 'refused' : undefined)) return false;
  if (lastAt === undefined) return isOnly;
  const at = readStamp(event);
  if (at === undefined) return false;
  const later = at - lastAt;
  return Math.abs(later) <= SAME_END_S || (isOnly && later > 0 && later <= ONLY_END_S);
}

function toLogin(trace: Trace): LoginState | undefined {
  const { signs } = loginTrace(trace);
  const failure = findLoginFailure(signs);
  const up = upBy(signs);
  const no = trace.isPiece ? saidNo(signs) : undefined;
  // A host check may still refuse the computer that was given a portal.
  if (!failure && !up && !no && !signs['portal-given']) return undefined;
  const login = new LoginState(trace.started, {
    user: trace.person || namedBy(signs, undefined),
    vdom: trace.vdom,
    fromStart: true,
    pushDebugEnabled: false,
  });
  login.trace = trace;
  login.lastOrder = trace.lastOrder;
  login.lastAt = trace.started.at;
  login.stage = 'over';
  const refused = signs['event-login-failed']?.at(-1);
  if (refused) login.milestones.loginFailed = { ...toMoment(refused), why: refused.fields.reason ?? '' };
  const asked = signs['endpoint-token-asked']?.at(-1);
  if (asked) {
    login.milestones.secondFactorAsked = toMoment(asked);
    // No VPN client but FortiClient waits for a push.
    login.milestones.manualCode = { ...toMoment(asked), push: false };
    if (failure && failure.hop !== 'tunnel')
      login.milestones.loginFailed = { ...toMoment(failure.seen), why: '' };
  }
  if (no) login.milestones.passwordRefused = { ...no, code: DENIED };
  if (up) login.milestones.granted = toMoment(up);
  return login;
}

/** The line in which a password was refused. */
function saidNo(signs: Signs) {
  const local = signs['local-result']?.at(-1);
  const radius = signs['radius-code']?.at(-1);
  const result = signs['radius-result']?.at(-1);
  return [
    local?.fields.code === '1' ? local : undefined,
    radius?.fields.code === '3' ? radius : undefined,
    radius === undefined && result?.fields.code === '1' ? result : undefined,
  ].find((line) => line !== undefined);
}

/** Seen in the log of a VPN client only. */
export function isOfEndpoint({ signs }: Trace): boolean {
  return [...signs.keys()].some((sign) => sign.startsWith('endpoint-'));
}

function isRemoteAccess(signs: Signs): boolean {
  return (
    (signs['endpoint-accepted'] ??
      signs['endpoint-eap-ended'] ??
      signs['ike-forticlient'] ??
      signs['forticlient-version'] ??
      signs['forticlient-id'] ??
      signs['eap-asked'] ??
      signs['xauth-asked'] ??
      signs['saml-client-job'] ??
      signs['ike-address-given'] ??
      signs['event-ike-failed'] ??
      signs['event-xauth-failed'] ??
      signs['event-tunnel-up']) !== undefined
  );
}

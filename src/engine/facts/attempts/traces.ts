import { readIkePrefix } from '../../fortios/debug/ike-events.ts';
import { type LoginSign, readLoginSign } from '../../fortios/debug/login-signs.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import { readVpnEvent } from '../../fortios/debug/vpn-events.ts';
import { CertificateChecks } from './certificate-checks.ts';
import type { EventRef } from './event-ref.ts';
import { type GetRef, IkeTraces } from './ike-traces.ts';
import { shareTurns } from './ldap-turns.ts';
import type { LoginState } from './login-state.ts';
import {
  loggedEnds,
  loggedRefusals,
  loggedTunnels,
  namelessLogin,
  requestBegunBefore,
  seenByBoth,
} from './nameless-login.ts';
import { type Registry, sessionKey } from './registry.ts';
import { SamlTraces } from './saml-traces.ts';
import {
  absorb,
  addSign,
  BEGINNINGS,
  createTrace,
  current,
  ENDPOINTS,
  ENDS,
  findGateway,
  findLatest,
  MAX_OPENED,
  MAX_REMEMBERED,
  moveSigns,
  NO_REQUEST,
  OF_ANSWERS,
  type OpenedSession,
  pickConnection,
  type ReadOpening,
  remember,
  type Trace,
  waitsFor,
  withStateBefore,
} from './trace.ts';

/** A line and the place where it stands. */
interface SeenLine {
  readonly sign: LoginSign;
  readonly ref: EventRef;
}

/** `Rcvd auth req 77 for wren`, `Session created for req id 77` */
const BEGINS_REQUEST = /^(?:Rcvd auth req|Session created for req)/;

/** Requests whose lines are told apart. */
const MAX_AT_ONCE = 8;

/** Of sslvpn, about the answer of SAML that samld read last. */
const WITHOUT_NAME = /^saml-(?:group|user)-mis/;

/**
 * Ties the lines of sslvpn by session, of fnbamd by request, of ike by negotiation, of samld and authd by job and client
 * id, and of eap_proxy by the request asked last.
 */
export class Traces {
  readonly #registry: Registry;
  readonly #all = new Set<Trace>();
  readonly #sessions = new Map<string, Trace | OpenedSession>();
  /** Login of a session before its connection was opened anew. */
  readonly #before = new Map<string, LoginState>();
  readonly #requests = new Map<string, Trace>();
  readonly #events = new Map<string, Trace>();
  readonly #ike = new IkeTraces((ref, about) => this.#begin(ref, about));
  readonly #saml = new SamlTraces((ref, about) => this.#begin(ref, about));
  readonly #certificates = new CertificateChecks((ref, about) => this.#begin(ref, about));
  /** The request whose client fnbamd looked up last among the answers of SAML. */
  #lookedUp: string | undefined;
  /** Some line has named its request. */
  #isNamed = false;
  /** For which login fnbamd’s latest lines about an answer were taken, and since which place. */
  #answers: { readonly trace: Trace; readonly since: number } | undefined;
  #lastAsked: Trace | undefined;
  /** The latest login in the log of a client. */
  #endpoint: Trace | undefined;
  /** Lines of eap_proxy before IKE names the first user. */
  readonly #unasked: SeenLine[] = [];

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Reads a message of a daemon and keeps what it says with the login that it is about. */
  add(record: DebugRecord, getRef: GetRef): void {
    if (record.daemon === 'ike') this.#ike.add(record, getRef);
    else if (record.daemon === 'event') this.#addEvent(record.text, getRef);
    else if (record.daemon === 'other') this.#ike.addNameless(record, getRef);
    else if (ENDPOINTS[record.daemon]) this.#addEndpoint(record, ENDPOINTS[record.daemon], getRef);
    else this.#addByDaemon(record, getRef);
  }

  /** A line about the opening of a connection of a session: it is read when another message names the session. */
  open(session: string, read: ReadOpening): void {
    const login = this.#registry.bySession.get(session);
    const known = this.#sessions.get(session);
    if ((known && !('opened' in known)) || (login && login !== this.#before.get(session))) {
      for (const { record, ref } of read()) this.add(record, ref);
    } else if (known) {
      if (known.opened.length >= MAX_OPENED) known.opened.pop();
      known.opened.push(read);
    } else remember(this.#sessions, session, { opened: [read] });
  }

  /** The login that a message was about, so that both daemons' lines meet; each message of EAP is another request. */
  link(login: LoginState, record: DebugRecord, request = login.request): void {
    const prefix = record.daemon === 'ike' ? readIkePrefix(record.text) : undefined;
    if (!prefix) return;
    const trace = this.#ike.follow(prefix, login.started);
    const own = trace && (!trace.claimed || login.trace === trace) ? trace : undefined;
    // A second password on one connection is another login.
    const again =
      trace?.claimed && login.trace === undefined
        ? this.#begin(login.started, pickConnection(trace))
        : undefined;
    const linked = this.#claim(login, again ?? own);
    linked.vpn = 'ike';
    linked.gateway ??= findGateway(prefix);
    this.#ike.link(prefix, linked, trace !== undefined);
    this.#lastAsked = linked;
    for (const { sign, ref } of this.#unasked.splice(0)) addSign(linked, sign, ref);
    const byClient = login.user === undefined ? undefined : this.#saml.findAnswer(login.user);
    const byRequest = request === undefined ? undefined : this.#requests.get(request);
    for (const other of [byClient, byRequest]) {
      if (other && current(other) !== linked && !current(other).claimed) absorb(linked, current(other));
    }
  }

  /** Traces that belong to no login with a name. */
  nameless(): readonly Trace[] {
    // A login that began with its result: no line that would tie the session came after that.
    for (const [key, known] of this.#sessions) {
      const login = this.#registry.bySession.get(key);
      if (!login || login === this.#before.get(key) || 'opened' in known || current(known).claimed) continue;
      this.#claim(login, known).vpn = 'sslvpn';
    }
    this.#saml.joinAnswersBelow();
    const traces = new Set([...this.#requests.values()].map(current));
    const asked = requestBegunBefore(this.#registry.logins, [...traces]);
    if (asked) this.#claim(...asked);
    const isLeft = ({ claimed, mergedInto }: Trace) => !claimed && mergedInto === undefined;
    for (const [login, event] of loggedEnds(this.#registry.logins, [...this.#all].filter(isLeft))) {
      login.started = { ...login.started, stamp: login.started.stamp ?? event.started.stamp };
      this.#claim(login, event).vpn ??= event.vpn;
    }
    for (const [debug, event] of [
      ...loggedRefusals([...this.#all].filter(isLeft)),
      ...loggedTunnels([...this.#all].filter(isLeft)),
    ])
      absorb(debug, event);
    const both = seenByBoth([...this.#all].filter(isLeft));
    if (both) absorb(...both);
    return [...this.#all].filter(isLeft);
  }

  #begin(ref: EventRef, about: Partial<Trace>): Trace {
    const trace = createTrace(ref, about);
    this.#all.add(trace);
    const [oldest] = this.#all;
    if (this.#all.size <= MAX_REMEMBERED || !oldest) return trace;
    this.#all.delete(oldest);
    const login = oldest.claimed || oldest.mergedInto ? undefined : namelessLogin(oldest);
    if (login) this.#registry.logins.push(login);
    return trace;
  }

  #claim(login: LoginState, other: Trace | undefined): Trace {
    const own = login.trace ?? other ?? this.#begin(login.started, { vdom: login.vdom });
    const trace = current(own);
    if (other && current(other) !== trace && !current(other).claimed) absorb(trace, current(other));
    trace.claimed = true;
    if (login.session) trace.vpn ??= 'sslvpn';
    login.trace = trace;
    return trace;
  }

  /** The event log has one line for each end; the tunnel of a login follows it. */
  #addEvent(line: string, getRef: GetRef): void {
    const event = readVpnEvent(line);
    if (!event) return;
    const { sign, vpn, fields } = event;
    const user = fields.xauthuser ?? fields.user;
    if (vpn === 'ike' && sign === 'event-tunnel-up' && user === undefined) return;
    const ref = getRef(fields);
    const stamp = fields.date === undefined ? ref.stamp : `${fields.date} ${fields.time ?? ''}`.trim();
    const key = `${user ?? ''} ${fields.remip ?? ''}`;
    const known = this.#events.get(key);
    const isOver = known?.signs.has('event-tunnel-down') ?? false;
    const follows =
      sign === 'event-tunnel-down' ||
      sign === 'sslvpn-no-address' ||
      (sign === 'event-tunnel-up' && !isOver && known?.signs.has('event-login'));
    if (sign === 'event-tunnel-down' && !known) return;
    const trace =
      follows && known && !known.signs.has('event-login-failed')
        ? known
        : this.#begin(
            { ...ref, stamp },
            { vpn, vdom: fields.vd, client: fields.remip, gateway: fields.vpntunnel, person: user },
          );
    addSign(trace, { sign, fields }, ref);
    remember(this.#events, key, trace);
  }

  /** The log of a client is about one login after the other. */
  #addEndpoint(record: DebugRecord, vpn: Trace['vpn'], getRef: GetRef): void {
    const sign = readLoginSign(record, record.text);
    if (!sign) return;
    const ref = getRef(sign.fields);
    const last = this.#endpoint?.vpn === vpn ? this.#endpoint : undefined;
    const begins =
      BEGINNINGS.has(sign.sign) && [...(last?.signs.keys() ?? [])].some((each) => ENDS.has(each));
    const trace = last && !begins ? last : this.#begin(ref, { vpn });
    this.#endpoint = trace;
    trace.person = sign.fields.user ?? trace.person;
    addSign(trace, sign, ref);
  }

  #addByDaemon(record: DebugRecord, getRef: GetRef): void {
    const { daemon, text } = record;
    const { isNamed, isTied } = this.#registry.context;
    if (daemon === 'fnbamd') {
      if (isNamed || isTied) this.#answers = undefined;
      if (isNamed && !this.#isNamed && !BEGINS_REQUEST.test(text))
        this.#nameFirstPiece(this.#registry.context.request);
      if (isNamed) this.#isNamed = true;
    }
    const sign = readLoginSign(record, text);
    if (!sign) return;
    const ref = getRef(sign.fields);
    if (daemon === 'sslvpn') this.#addSslVpn(sign, record, ref);
    else if (daemon === 'fnbamd') this.#addFnbamd(sign, ref);
    else if (daemon === 'samld' || daemon === 'authd') this.#saml.add(sign, ref);
    else if (daemon === 'eap_proxy' && this.#lastAsked) this.#addAnswer(current(this.#lastAsked), sign, ref);
    else if (daemon === 'eap_proxy' && this.#unasked.length < MAX_OPENED) this.#unasked.push({ sign, ref });
  }

  #addSslVpn(sign: LoginSign, record: DebugRecord, ref: EventRef): void {
    const trace = this.#followSession(record, ref, sign.sign === 'sslvpn-connected');
    if (!trace) return;
    addSign(trace, sign, ref);
    // The browser may send the answer in another session than the one that began.
    if (sign.sign === 'saml-posted' && sign.fields.page === 'login') this.#saml.addPost(trace);
    if (sign.sign === 'saml-user' && sign.fields.user !== undefined) this.#saml.join(trace, sign.fields.user);
    if (WITHOUT_NAME.test(sign.sign) && trace.person === undefined) this.#saml.join(trace, '');
  }

  #followSession(record: DebugRecord, ref: EventRef, opens: boolean): Trace | undefined {
    if (!record.session) return undefined;
    const key = sessionKey(record.session);
    const { vdom } = record.session;
    const login = this.#registry.bySession.get(key);
    if (opens) {
      if (login) this.#before.set(key, login);
      return remember(this.#sessions, key, this.#begin(ref, { vpn: 'sslvpn', vdom }));
    }
    const known = this.#readSession(key);
    if (login && login !== this.#before.get(key)) {
      const trace = this.#claim(login, known);
      trace.vpn = 'sslvpn';
      return remember(this.#sessions, key, trace);
    }
    return known ? current(known) : remember(this.#sessions, key, this.#begin(ref, { vpn: 'sslvpn', vdom }));
  }

  /** The trace of a session; what was only opened is read now. */
  #readSession(key: string): Trace | undefined {
    const known = this.#sessions.get(key);
    if (!known || !('opened' in known)) return known;
    let trace: Trace | undefined;
    for (const { record, ref } of known.opened.flatMap((read) => read())) {
      const sign = readLoginSign(record, record.text);
      if (!sign) continue;
      const seen = ref(sign.fields);
      trace ??= this.#begin(seen, { vpn: 'sslvpn', vdom: record.session?.vdom });
      addSign(trace, sign, seen);
    }
    if (trace) this.#sessions.set(key, trace);
    else this.#sessions.delete(key);
    return trace;
  }

  #addFnbamd(sign: LoginSign, ref: EventRef): void {
    const { context } = this.#registry;
    const { request, uid } = sign.fields;
    if (sign.sign === 'saml-lookup') {
      this.#lookedUp = [...this.#registry.live].findLast(({ user }) => user === uid)?.request;
      return;
    }
    // Lines of other daemons may have named another request since.
    if (sign.sign === 'saml-cached' && this.#lookedUp !== undefined) context.name(this.#lookedUp);
    if (sign.sign === 'certificate-request') {
      this.#certificates.begin(sign.fields, ref, this.#ike.negotiations);
      return;
    }
    if (request !== undefined) {
      if (!this.#isNamed) this.#nameFirstPiece(request);
      this.#isNamed = true;
      context.name(request);
    }
    const resume = (before: string) => this.#isOpen(before) && context.name(before);
    if (this.#certificates.add(context.request, sign, ref, resume)) return;
    if (sign.sign === 'saml-cache-entry') this.#saml.addCacheEntry(sign, ref);
    else this.#addToRequest(sign, ref);
  }

  /** The log begins within the first request that a line names. */
  #nameFirstPiece(request = NO_REQUEST): void {
    const piece = this.#requests.get(NO_REQUEST);
    if (!piece || request === NO_REQUEST) return;
    const login = this.#registry.byRequest.get(request);
    // The line that names the user and the request was left out, and only the daemon of the VPN names the user.
    const isOwn = login?.fromStart === true && login.requested.order < piece.started.order;
    if (login && isOwn && (login.session ?? login.negotiation)) this.#claim(login, piece);
    else if (login) return;
    remember(this.#requests, request, current(piece));
    this.#requests.delete(NO_REQUEST);
  }

  #isOpen(request: string): boolean {
    const login = this.#registry.byRequest.get(request);
    return login !== undefined && this.#registry.live.has(login.mergedInto ?? login);
  }

  #addToRequest(sign: LoginSign, ref: EventRef): void {
    const trace = this.#followServer(sign, ref);
    if (sign.sign === 'request-result') this.#giveAnswers(trace);
    this.#addAnswer(trace, sign.sign === 'ldap-state' ? withStateBefore(trace, sign) : sign, ref);
  }

  /** Of a line that no connection ties, the next result tells the login. */
  #addAnswer(trace: Trace, sign: LoginSign, ref: EventRef): void {
    if (OF_ANSWERS.has(sign.sign) && !this.#registry.context.isTied)
      this.#answers ??= { trace, since: ref.order };
    addSign(trace, sign, ref);
  }

  /** A line about a server comes when its timer ends, after lines about other requests. */
  #followServer({ sign, fields: { server } }: LoginSign, ref: EventRef): Trace {
    const { request, isTied } = this.#registry.context;
    const own = this.#followRequest(request, ref);
    if (server === undefined || isTied || sign === 'server-loaded' || waitsFor(own, server)) return own;
    return findLatest(this.#requests, (each) => waitsFor(each, server)) ?? own;
  }

  #followRequest(id = NO_REQUEST, ref: EventRef): Trace {
    const found = this.#registry.byRequest.get(id);
    const login = found?.mergedInto ?? found;
    const known = this.#requests.get(id);
    if (login) return remember(this.#requests, id, this.#claim(login, known));
    return known
      ? current(known)
      : remember(this.#requests, id, this.#begin(ref, { isPiece: id === NO_REQUEST }));
  }

  #giveAnswers(trace: Trace): void {
    const answers = this.#answers;
    const from = answers && current(answers.trace);
    if (from && from !== trace) moveSigns(from, trace, OF_ANSWERS, answers.since);
    if (answers) this.#shareTurns(trace, answers.since);
    this.#answers = undefined;
  }

  /** Other requests wait at a server meanwhile: some of the lines may be theirs. */
  #shareTurns(ended: Trace, since: number): void {
    const { context, byRequest, live } = this.#registry;
    const own = byRequest.get(context.request ?? NO_REQUEST);
    const waiting = [...live].filter((login) => login !== own && login.request !== undefined);
    if (!own || waiting.length === 0 || waiting.length >= MAX_AT_ONCE) return;
    const others = waiting.map((login) => ({
      user: login.user,
      trace: this.#claim(login, this.#requests.get(login.request ?? NO_REQUEST)),
    }));
    shareTurns({ user: own.user, trace: ended }, others, since);
  }
}

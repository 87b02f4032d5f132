import { type IkePrefix, readIkePrefix } from '../../fortios/debug/ike-events.ts';
import { type LoginSign, readLoginSign } from '../../fortios/debug/login-signs.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import { readVpnEvent } from '../../fortios/debug/vpn-events.ts';
import type { EventRef } from './event-ref.ts';
import type { LoginState } from './login-state.ts';
import { namelessLogin } from './nameless-login.ts';
import { type Registry, sessionKey } from './registry.ts';
import {
  absorb,
  addSign,
  createTrace,
  current,
  FNBAMD_REQUEST,
  MAX_REMEMBERED,
  moveSigns,
  OF_ANSWERS,
  type OpenedSession,
  type ReadOpening,
  remember,
  type Trace,
  unclaimedAnswer,
  WAITING_REQUEST,
} from './trace.ts';

/** Of a log that begins after the line that names the request. */
const NO_REQUEST = '';
/** Lines about one session before its first other message. */
const MAX_OPENED = 48;

export interface Traces {
  /** Reads a message of a daemon and keeps what it says with the login that it is about. */
  add(record: DebugRecord, ref: (words: object) => EventRef): void;
  /** A line about the opening of a connection of a session: it is read when another message names the session. */
  open(session: string, read: ReadOpening): void;
  /** The login that a message was about, so that both daemons' lines meet. */
  link(login: LoginState, record: DebugRecord): void;
  /** Traces of nobody's named login. */
  nameless(): readonly Trace[];
}

/**
 * Ties the lines of sslvpn by session, of fnbamd by request, of ike by negotiation, of samld and authd by job and client
 * id, and of eap_proxy by the request asked last.
 */
export function createTraces(registry: Registry): Traces {
  const sessions = new Map<string, Trace | OpenedSession>();
  /** Login of a session before its connection was opened anew. */
  const before = new Map<string, LoginState>();
  const negotiations = new Map<string, Trace>();
  const requests = new Map<string, Trace>();
  const jobs = new Map<string, Trace>();
  const clients = new Map<string, Trace>();
  const events = new Map<string, Trace>();
  const all = new Set<Trace>();
  let request: string | undefined;
  /** For which login fnbamd’s latest lines about an answer were taken, and since which place. */
  let answers: { readonly trace: Trace; readonly since: number } | undefined;
  /** A certificate check: 6 of a client of IKE, else of the FortiGate itself. */
  let certificate: 'of-client' | 'other' | undefined;
  let job = '';
  let uid: string | undefined;
  let authdClient: string | undefined;
  let samlSession: Trace | undefined;
  let lastPacket:
    | { readonly sign: LoginSign; readonly ref: EventRef; readonly vdom: string | undefined }
    | undefined;
  let lastNegotiation: Trace | undefined;
  let lastAsked: Trace | undefined;
  /** Lines of eap_proxy before IKE names the first user. */
  const unasked: { readonly sign: LoginSign; readonly ref: EventRef }[] = [];

  function open(ref: EventRef, about: Partial<Trace>): Trace {
    const trace = createTrace(ref, about);
    all.add(trace);
    if (all.size > MAX_REMEMBERED) {
      for (const old of all) {
        all.delete(old);
        if (!old.claimed && old.mergedInto === undefined) settle(old);
        break;
      }
    }
    return trace;
  }

  function settle(trace: Trace): void {
    const login = namelessLogin(trace);
    if (login) registry.logins.push(login);
  }

  /** The event log has one line for each end; the tunnel of a login follows it. */
  function addEvent(line: string, getRef: (words: object) => EventRef): void {
    const event = readVpnEvent(line);
    if (!event) return;
    const { sign, vpn, fields } = event;
    const user = fields.xauthuser ?? fields.user;
    if (vpn === 'ike' && sign === 'event-tunnel-up' && user === undefined) return;
    const ref = getRef(fields);
    const stamp = fields.date === undefined ? ref.stamp : `${fields.date} ${fields.time ?? ''}`.trim();
    const key = `${user ?? ''} ${fields.remip ?? ''}`;
    const known = events.get(key);
    const follows =
      sign === 'event-tunnel-down' || (sign === 'event-tunnel-up' && known?.signs.has('event-login'));
    if (sign === 'event-tunnel-down' && !known) return;
    const trace =
      follows && known && !known.signs.has('event-login-failed')
        ? known
        : open(
            { ...ref, stamp },
            { vpn, vdom: fields.vd, client: fields.remip, gateway: fields.vpntunnel, person: user },
          );
    addSign(trace, { sign, fields }, ref);
    remember(events, key, trace);
  }

  function ofLogin(login: LoginState, other: Trace | undefined): Trace {
    const own = login.trace ?? other ?? open(login.started, { vdom: login.vdom });
    const trace = current(own);
    if (other && current(other) !== trace && !current(other).claimed) absorb(trace, current(other));
    trace.claimed = true;
    login.trace = trace;
    return trace;
  }

  function ofSession(record: DebugRecord, ref: EventRef, opens: boolean): Trace | undefined {
    if (!record.session) return undefined;
    const key = sessionKey(record.session);
    const { vdom } = record.session;
    const login = registry.bySession.get(key);
    if (opens) {
      if (login) before.set(key, login);
      return remember(sessions, key, open(ref, { vpn: 'sslvpn', vdom }));
    }
    const known = knownSession(key);
    if (login && login !== before.get(key)) {
      const trace = ofLogin(login, known);
      trace.vpn = 'sslvpn';
      return remember(sessions, key, trace);
    }
    return known ? current(known) : remember(sessions, key, open(ref, { vpn: 'sslvpn', vdom }));
  }

  /** The trace of a session; what was only opened is read now. */
  function knownSession(key: string): Trace | undefined {
    const known = sessions.get(key);
    if (!known || !('opened' in known)) return known;
    let trace: Trace | undefined;
    for (const { record, ref } of known.opened.flatMap((read) => read())) {
      const sign = readLoginSign(record, record.text);
      if (!sign) continue;
      const seen = ref(sign.fields);
      trace ??= open(seen, { vpn: 'sslvpn', vdom: record.session?.vdom });
      addSign(trace, sign, seen);
    }
    if (trace) sessions.set(key, trace);
    else sessions.delete(key);
    return trace;
  }

  function openSession(session: string, read: ReadOpening): void {
    const login = registry.bySession.get(session);
    const known = sessions.get(session);
    if ((known && !('opened' in known)) || (login && login !== before.get(session))) {
      for (const { record, ref } of read()) addRecord(record, ref);
    } else if (known) {
      if (known.opened.length >= MAX_OPENED) known.opened.pop();
      known.opened.push(read);
    } else remember(sessions, session, { opened: [read] });
  }

  function ofRequest(id = NO_REQUEST, ref: EventRef): Trace | undefined {
    const found = registry.byRequest.get(id);
    const login = found?.mergedInto ?? found;
    const known = requests.get(id);
    if (login) return remember(requests, id, ofLogin(login, known));
    return known ? current(known) : remember(requests, id, open(ref, { isPiece: id === NO_REQUEST }));
  }

  /** A line about a server comes when its timer ends, after lines about other requests. */
  function ofServer(server: string, ref: EventRef): Trace | undefined {
    const own = ofRequest(request, ref);
    const asks = (trace: Trace) =>
      [...(trace.signs.get('server-loaded') ?? []), ...(trace.signs.get('radius-sent') ?? [])].some(
        ({ fields }) => fields.server === server,
      ) && !trace.signs.has('request-result');
    if (own && asks(own)) return own;
    return [...requests.values()].map(current).findLast(asks) ?? own;
  }

  function ofNegotiation({ vdom, tunnel, serial }: IkePrefix, ref: EventRef): Trace | undefined {
    const base = tunnel.replace(/_\d{1,6}$/, '');
    if (serial === undefined) {
      return [...negotiations.values()]
        .map(current)
        .findLast((each) => each.gateway === base || each === lastNegotiation);
    }
    const key = serial;
    const known = negotiations.get(key);
    const trace = known ? current(known) : remember(negotiations, key, open(ref, { vpn: 'ike' }));
    trace.vdom ??= vdom;
    if (!known && lastPacket) addSign(trace, lastPacket.sign, lastPacket.ref);
    if (base !== '' && !base.includes('/')) trace.gateway ??= base;
    lastNegotiation = trace;
    return trace;
  }

  function addIke(record: DebugRecord, getRef: (words: object) => EventRef): void {
    const prefix = readIkePrefix(record.text);
    if (!prefix) return;
    const waiting = WAITING_REQUEST.exec(prefix.text)?.[1];
    if (waiting !== undefined) {
      request = waiting;
      certificate = undefined;
    }
    const sign = readLoginSign(record, prefix.text);
    if (!sign) return;
    const ref = getRef(sign.fields);
    if (sign.sign === 'ike-packet') {
      lastPacket = { sign, ref, vdom: prefix.vdom };
      return;
    }
    if (sign.sign === 'no-policy' && prefix.serial === undefined) {
      // Refused before it is numbered: one negotiation of its own.
      const trace = open(ref, { vpn: 'ike', vdom: prefix.vdom, gateway: prefix.tunnel });
      if (lastPacket) addSign(trace, lastPacket.sign, lastPacket.ref);
      if (lastNegotiation && !lastNegotiation.claimed && lastNegotiation.gateway === undefined) {
        absorb(trace, lastNegotiation);
      }
      addSign(trace, sign, ref);
      return;
    }
    const trace = ofNegotiation(prefix, ref);
    if (trace) addSign(trace, sign, ref);
  }

  function addFnbamd(sign: LoginSign, ref: EventRef): void {
    const { fields } = sign;
    if (sign.sign === 'certificate-request') {
      request = fields.request;
      certificate = fields.opt === '6' ? 'of-client' : 'other';
      return;
    }
    if (fields.request !== undefined && fields.request !== request) {
      request = fields.request;
      certificate = undefined;
    }
    if (certificate !== undefined) {
      if (certificate === 'other' || !sign.sign.startsWith('certificate-')) return;
      const asked = [...negotiations.values()]
        .map(current)
        .findLast((each) => each.signs.has('certificate-asked'));
      if (asked) addSign(asked, sign, ref);
      return;
    }
    if (sign.sign === 'saml-cache-entry') {
      const trace = clients.get(fields.uid ?? '');
      if (!trace) return;
      current(trace).person = fields.user;
      addSign(current(trace), sign, ref);
      return;
    }
    const trace = fields.server === undefined ? ofRequest(request, ref) : ofServer(fields.server, ref);
    if (!trace) return;
    if (sign.sign === 'request-result') giveAnswers(trace);
    else if (OF_ANSWERS.has(sign.sign)) answers ??= { trace, since: ref.order };
    addSign(trace, sign, ref);
  }

  function giveAnswers(trace: Trace): void {
    const from = answers && current(answers.trace);
    if (answers && from && from !== trace) moveSigns(from, trace, OF_ANSWERS, answers.since);
    answers = undefined;
  }

  function addSaml(sign: LoginSign, ref: EventRef): void {
    const { fields } = sign;
    if (sign.sign === 'saml-client') {
      uid = fields.uid;
      return;
    }
    if (sign.sign === 'saml-client-address') {
      authdClient = fields.client;
      return;
    }
    if (sign.sign === 'saml-client-job') {
      const trace = remember(jobs, fields.job ?? '', open(ref, { vpn: 'ike', client: authdClient }));
      if (uid !== undefined) remember(clients, uid, trace);
      addSign(trace, sign, ref);
      return;
    }
    job = fields.job ?? job;
    const known = jobs.get(job);
    let trace = known ? current(known) : remember(jobs, job, open(ref, {}));
    if (sign.sign === 'saml-job' && samlSession && !current(samlSession).claimed && trace.vpn === undefined) {
      absorb(current(samlSession), trace);
      trace = remember(jobs, job, current(samlSession));
    }
    samlSession = undefined;
    addSign(trace, sign, ref);
  }

  /** The response names the user, whom sslvpn then names too. */
  function joinSaml(session: Trace, user: string): void {
    const unclaimed = [...jobs.values()]
      .map(current)
      .filter((each) => each !== session && each.vpn === undefined);
    const own =
      unclaimed.findLast((each) =>
        each.signs.get('saml-attribute')?.some(({ fields }) => fields.value === user),
      ) ?? unclaimed.at(-1);
    if (own) absorb(session, own);
    session.person = user;
  }

  function addRecord(record: DebugRecord, getRef: (words: object) => EventRef): void {
    const { daemon, text } = record;
    if (daemon === 'ike') {
      addIke(record, getRef);
      return;
    }
    if (daemon === 'event') {
      addEvent(text, getRef);
      return;
    }
    if (daemon === 'other') {
      if (!lastNegotiation || !/^(?:FCTVER|REG_STATUS)=/.test(text)) return;
      const sign = readLoginSign({ ...record, daemon: 'ike' }, text);
      if (sign) addSign(current(lastNegotiation), sign, getRef(sign.fields));
      return;
    }
    const sign = readLoginSign(record, text);
    if (daemon === 'fnbamd') {
      const named = FNBAMD_REQUEST.exec(text)?.[1];
      if (named !== undefined) {
        request = named;
        certificate = undefined;
        answers = undefined;
      }
    }
    if (!sign) return;
    const ref = getRef(sign.fields);
    if (daemon === 'sslvpn') addSslvpn(sign, ofSession(record, ref, sign.sign === 'sslvpn-connected'), ref);
    else if (daemon === 'fnbamd') addFnbamd(sign, ref);
    else if (daemon === 'samld' || daemon === 'authd') addSaml(sign, ref);
    else if (daemon === 'eap_proxy' && lastAsked) addSign(current(lastAsked), sign, ref);
    else if (daemon === 'eap_proxy' && unasked.length < MAX_OPENED) unasked.push({ sign, ref });
  }

  function addSslvpn(sign: LoginSign, trace: Trace | undefined, ref: EventRef): void {
    if (!trace) return;
    addSign(trace, sign, ref);
    if (sign.sign === 'saml-posted') samlSession = trace;
    if (sign.sign === 'saml-user' && sign.fields.user !== undefined) joinSaml(trace, sign.fields.user);
    const isRefused = sign.sign === 'saml-group-mismatch' || sign.sign === 'saml-group-missing';
    if (isRefused && trace.person === undefined) joinSaml(trace, '');
  }

  return {
    add: addRecord,
    open: openSession,

    link(login, record) {
      if (record.daemon === 'ike') {
        const prefix = readIkePrefix(record.text);
        if (!prefix) return;
        const trace = ofNegotiation(prefix, login.started);
        const own = trace && (!trace.claimed || login.trace === trace) ? trace : undefined;
        // A second password on one connection is another login.
        const again =
          trace?.claimed && login.trace === undefined ? copyOfConnection(trace, login) : undefined;
        const linked = ofLogin(login, again ?? own);
        linked.vpn = 'ike';
        if (prefix.serial !== undefined) remember(negotiations, prefix.serial, linked);
        lastNegotiation = linked;
        lastAsked = linked;
        for (const { sign, ref } of unasked.splice(0)) addSign(linked, sign, ref);
        const byClient =
          login.user === undefined
            ? undefined
            : (clients.get(login.user) ?? unclaimedAnswer(jobs.values(), login.user));
        if (byClient && current(byClient) !== linked) absorb(linked, current(byClient));
      }
    },

    nameless() {
      // A login that began with its result: no line that would tie the session came after that.
      for (const [key, known] of sessions) {
        const login = registry.bySession.get(key);
        if (!login || login === before.get(key) || 'opened' in known || current(known).claimed) continue;
        ofLogin(login, known).vpn = 'sslvpn';
      }
      return [...all].filter((each) => !each.claimed && each.mergedInto === undefined);
    },
  };

  function copyOfConnection(trace: Trace, login: LoginState): Trace {
    const { vpn, vdom, gateway, client, person } = trace;
    return open(login.started, { vpn, vdom, gateway, client, person });
  }
}

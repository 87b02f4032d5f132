import type { LoginEvent } from '../../fortios/debug/debug-event.ts';
import type { FnbamdEvent } from '../../fortios/debug/fnbamd-events.ts';
import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { SslVpnEvent } from '../../fortios/debug/sslvpn-events.ts';
import { sameUser } from '../accounts/same-user.ts';
import type { Attempt, Moment, OtherLogins, UnattributedCallback, UserTallies } from '../attempt.ts';
import { buildAttempt } from './build-attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import { createFnbamdServices } from './fnbamd-services.ts';
import { FnbamdFold } from './fold-fnbamd.ts';
import { IkeFold } from './fold-ike.ts';
import { PushFold } from './fold-push.ts';
import { foldSslVpn } from './fold-sslvpn.ts';
import { Handshakes } from './handshakes.ts';
import { findLoginFailure, upBy } from './login-failure.ts';
import type { LoginState } from './login-state.ts';
import { isLoggedRefusal, isOfEndpoint, namelessLogin, unclearLogin } from './nameless-login.ts';
import type { LogEnd } from './outcome.ts';
import { Registry } from './registry.ts';
import { retainAttempts } from './retention.ts';
import { absorb, current, loginTrace, type ReadOpening, type Trace } from './trace.ts';
import { Traces } from './traces.ts';

export interface TrackedLogins {
  /** In the order in which they began. */
  readonly attempts: readonly Attempt[];
  /** Number of logins of a very long log that are not among them. */
  readonly moreAttempts: number;
  readonly users: UserTallies;
  readonly otherLogins?: OtherLogins | undefined;
  readonly unattributedCallbacks: readonly UnattributedCallback[];
  readonly unclaimedPushes: readonly Moment[];
  /** Daemons whose debug was on at some time. */
  readonly daemons: ReadonlySet<string>;
}

/** Logins tracked at a time; no log that people cut to one evening has more. */
const MAX_OPEN_LOGINS = 400;
/** Seconds, or messages without times. After this, no more lines follow about a finished login. */
const LATE_LINE_LIMIT_S = 600;
const LATE_LINE_LIMIT_MESSAGES = 20_000;

export class AttemptTracker {
  readonly #registry = new Registry();
  readonly #handshakes = new Handshakes(this.#registry);
  readonly #fnbamd = new FnbamdFold(this.#registry, this.#handshakes);
  readonly #ike = new IkeFold(this.#registry, this.#handshakes);
  readonly #pushes = new PushFold(this.#registry);
  readonly #retained = retainAttempts();
  readonly #services = createFnbamdServices();
  readonly #traces = new Traces(this.#registry);
  readonly #seenDaemons = new Set<string>();
  /** Number of logins at which the old ones are finished. */
  #limit = MAX_OPEN_LOGINS;

  /** A daemon printed a line in a source, so its debug is on. */
  onDaemonLine(daemon: string, source: string, order: number): void {
    this.#enableDebug(daemon, true);
    if (daemon === 'sslvpn' || daemon === 'ike') this.#services.onVpnLine(source, order);
  }

  /** Follows which request of fnbamd a message is about, before `add` sees it. */
  follow(record: DebugRecord): void {
    this.#registry.context.read(record);
  }

  /** Reads what any message says about a login besides push, once `add` has seen it. */
  read(record: DebugRecord, ref: (words: object) => EventRef): void {
    this.#traces.add(record, ref);
  }

  /** A connection of a session was opened; read only if the session goes on. */
  open(session: string, read: ReadOpening): void {
    this.#traces.open(session, read);
  }

  /** Processes the messages of a case in order; keeps only what the attempts need. */
  add(event: ReadEvent, record: DebugRecord, ref: EventRef): void {
    if (this.#registry.logins.length >= this.#limit) this.#finishOld(ref);
    if (isOfFnbamd(event, record)) {
      this.#fnbamd.fold(event, ref);
      return;
    }
    if (isOfSslVpn(event, record)) {
      foldSslVpn(this.#registry, this.#handshakes, record, event, ref);
      return;
    }
    switch (event.kind) {
      case 'debug-command':
        this.#enableDebug(event.application, event.on);
        return;
      case 'push-connecting':
        this.#pushes.connecting(event.address, event.port, ref);
        return;
      case 'push-head':
        this.#pushes.head(ref);
        return;
      case 'push-body':
        this.#pushes.body(event, ref);
        return;
      case 'tls-start':
      case 'tls-step':
      case 'tls-done':
      case 'tls-alert':
        this.#handshakes.tls(event, ref);
        return;
      case 'ike': {
        const login = this.#ike.fold(event, ref);
        const { request } = 'request' in event.event ? event.event : {};
        if (login) this.#traces.link(login, record, request);
        return;
      }
    }
  }

  /** `end` is the last message of the log. */
  finish(end: LogEnd): TrackedLogins {
    const unclaimedPushes = this.#pushes.unattributed();
    const looseCallbacks = this.#handshakes.assign();
    this.#services.learn(this.#registry.logins);
    const nameless = this.#traces.nameless();
    const { endpoint = [], device = [] } = Object.groupBy(nameless, (trace) =>
      isOfEndpoint(trace) ? 'endpoint' : 'device',
    );
    this.#registry.logins.push(...device.flatMap((trace) => namelessLogin(trace) ?? []));
    // Beside a person’s login on the FortiGate, the log of that person’s client is about the same login.
    const others = endpoint.filter(
      (trace) => !endOpenLogin(trace, this.#registry.logins) && isOfAnother(trace, this.#registry.logins),
    );
    this.#registry.logins.push(...others.flatMap((trace) => namelessLogin(trace) ?? []));
    // Beside a person’s login they are no answer to the question why that person cannot log in. The event log gives no
    // cause, so beside its refusals alone a piece of fnbamd’s lines counts.
    const isRefusedOnly = this.#registry.logins.every(isLoggedRefusal);
    const unclear = nameless.filter(({ isPiece }) => isPiece || this.#registry.logins.length === 0);
    if (isRefusedOnly) this.#registry.logins.push(...unclear.flatMap((trace) => unclearLogin(trace) ?? []));
    const vpns = this.#registry.logins.filter((login) => !this.#services.setAside(login));
    const rest = vpns.map((login) => ({
      attempt: buildAttempt(login, end, this.#registry.samlUsers),
      order: login.started.order,
    }));
    const { list, dropped, users } = this.#retained.finish(rest);
    return {
      attempts: list,
      moreAttempts: dropped,
      users,
      otherLogins: this.#services.others(),
      unattributedCallbacks: looseCallbacks,
      unclaimedPushes,
      daemons: this.#seenDaemons,
    };
  }

  /** Of a long log, so that they need not be kept until its end. */
  #finishOld(now: EventRef): void {
    const over = new Set(this.#registry.logins.filter((login) => this.#isOver(login, now)));
    const open = this.#handshakes.assignFinished((login) => over.has(login) || login.finished);
    const done = [...over].filter(
      (login) => !open.has(login) && ambiguousWith(login).every((other) => over.has(other) || other.finished),
    );
    this.#pushes.settleFinished(done);
    this.#services.learn(this.#registry.logins);
    for (const login of done) {
      login.finished = true;
      if (this.#services.setAside(login)) continue;
      const end = { order: now.order, at: now.at };
      this.#retained.add(buildAttempt(login, end, this.#registry.samlUsers), login.started.order);
    }
    this.#forget(new Set(done));
    this.#limit = this.#registry.logins.length + MAX_OPEN_LOGINS;
  }

  #isOver(login: LoginState, now: EventRef): boolean {
    if (this.#handshakes.mayBelongTo(login, now)) return false;
    const since = secondsBetween(login.lastAt, now.at);
    if (this.#registry.live.has(login)) return (since ?? 0) > getMaxWait(login);
    return since === undefined
      ? now.order - login.lastOrder > LATE_LINE_LIMIT_MESSAGES
      : since > LATE_LINE_LIMIT_S;
  }

  #forget(done: ReadonlySet<LoginState>): void {
    this.#handshakes.forget(done);
    for (const login of done) this.#registry.live.delete(login);
    const rest = this.#registry.logins.filter((login) => !done.has(login));
    this.#registry.logins.splice(0, this.#registry.logins.length, ...rest);
    for (const index of [this.#registry.bySession, this.#registry.byProcess, this.#registry.byRequest]) {
      for (const [key, login] of index) if ((login.mergedInto ?? login).finished) index.delete(key);
    }
  }

  #enableDebug(daemon: string, on: boolean): void {
    if (on) {
      this.#registry.debugEnabled.add(daemon);
      this.#seenDaemons.add(daemon);
    } else if (daemon === 'all') this.#registry.debugEnabled.clear();
    else this.#registry.debugEnabled.delete(daemon);
  }
}

/** Whether none of the logins can be the one that `trace` shows. */
function isOfAnother({ person }: Trace, logins: readonly LoginState[]): boolean {
  return logins.every(({ user }) => person !== undefined && user !== undefined && !sameUser(user, person));
}

/**
 * The log of the client shows how the login ended that the log of the FortiGate leaves open: that of the same user, or the
 * only one, where Windows names its own account (`HERON\\wren`).
 */
function endOpenLogin(client: Trace, logins: readonly LoginState[]): boolean {
  const { person, vpn } = client;
  const open = logins.filter((login) => login.trace && current(login.trace).vpn === vpn && isOpen(login));
  const isWindows = person?.includes('\\') === true && open.length === 1;
  const [own, another] = open.filter(
    ({ user }) => isWindows || (user !== undefined && person !== undefined && sameUser(user, person)),
  );
  if (!own?.trace || another) return false;
  const named = current(own.trace).person ?? own.user;
  absorb(current(own.trace), client);
  current(own.trace).person = named;
  return true;
}

/** No line of the FortiGate shows an end or a question for the second factor. */
function isOpen({ stage, trace, milestones }: LoginState): boolean {
  const { signs } = loginTrace(current(trace as Trace));
  return stage === 'password' && !milestones.passwordRefused && !findLoginFailure(signs) && !upBy(signs);
}

type ReadEvent = LoginEvent | IkeLine;

/** Only records of fnbamd are read as its events. */
function isOfFnbamd(_event: ReadEvent, { daemon }: DebugRecord): _event is FnbamdEvent {
  return daemon === 'fnbamd';
}

/** Only records of sslvpn are read as its events. */
function isOfSslVpn(_event: ReadEvent, { daemon }: DebugRecord): _event is SslVpnEvent {
  return daemon === 'sslvpn';
}

/** An abandoned login prints no end; without a known VPN timeout it is never considered abandoned here. */
function getMaxWait({ milestones }: LoginState): number {
  return milestones.vpnWait ? milestones.vpnWait.seconds + LATE_LINE_LIMIT_S : Number.POSITIVE_INFINITY;
}

function ambiguousWith({ ambiguousConnects, ambiguousPushes }: LoginState): readonly LoginState[] {
  return [...ambiguousConnects, ...ambiguousPushes].filter((other) => other.mergedInto === undefined);
}

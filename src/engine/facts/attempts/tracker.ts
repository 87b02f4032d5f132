import type { LoginEvent } from '../../fortios/debug/debug-event.ts';
import type { FnbamdEvent } from '../../fortios/debug/fnbamd-events.ts';
import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { SslVpnEvent } from '../../fortios/debug/sslvpn-events.ts';
import type { Attempt, Moment, OtherLogins, UnattributedCallback, UserTallies } from '../attempt.ts';
import { buildAttempt } from './build-attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import { createFnbamdServices, type FnbamdServices } from './fnbamd-services.ts';
import { FnbamdFold } from './fold-fnbamd.ts';
import { createIkeFold } from './fold-ike.ts';
import { PushFold } from './fold-push.ts';
import { foldSslVpn } from './fold-sslvpn.ts';
import { Handshakes } from './handshakes.ts';
import type { LoginState } from './login-state.ts';
import { namelessLogin, unclearLogin } from './nameless-login.ts';
import type { LogEnd } from './outcome.ts';
import { Registry } from './registry.ts';
import { type RetainedAttempts, retainAttempts } from './retention.ts';
import { Traces } from './traces.ts';

interface AttemptTracker {
  /** Processes the messages of a case in order; keeps only what the attempts need. */
  add(event: ReadEvent, record: DebugRecord, ref: EventRef): void;
  /** Reads what any message says about a login besides push, once `add` has seen it. */
  read(record: DebugRecord, ref: (words: object) => EventRef): void;
  /** A connection of a session was opened; read only if the session goes on. */
  open: Traces['open'];
  /** A daemon printed a line in a source, so its debug is on. */
  onDaemonLine(daemon: string, source: string, order: number): void;
  /** `end` is the last message of the log. */
  finish(end: LogEnd): TrackedLogins;
}

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

export function createAttemptTracker(): AttemptTracker {
  const registry = new Registry();
  const handshakes = new Handshakes(registry);
  const fnbamd = new FnbamdFold(registry, handshakes);
  const ike = createIkeFold(registry, handshakes);
  const pushes = new PushFold(registry);
  const retained = retainAttempts();
  const services = createFnbamdServices();
  const traces = new Traces(registry);
  const retirement = createEviction(registry, handshakes, pushes, retained, services);
  const seenDaemons = new Set<string>();

  function enableDebug(daemon: string, on: boolean): void {
    if (on) {
      registry.debugEnabled.add(daemon);
      seenDaemons.add(daemon);
    } else if (daemon === 'all') registry.debugEnabled.clear();
    else registry.debugEnabled.delete(daemon);
  }

  return {
    onDaemonLine(daemon, source, order) {
      enableDebug(daemon, true);
      if (daemon === 'sslvpn' || daemon === 'ike') services.onVpnLine(source, order);
    },

    read: (record, ref) => traces.add(record, ref),
    open: (session, read) => traces.open(session, read),

    add(event, record, ref) {
      retirement.check(ref);
      if (isOfFnbamd(event, record)) {
        fnbamd.fold(event, ref);
        return;
      }
      if (isOfSslVpn(event, record)) {
        foldSslVpn(registry, handshakes, record, event, ref);
        return;
      }
      switch (event.kind) {
        case 'debug-command':
          enableDebug(event.application, event.on);
          return;
        case 'push-connecting':
          pushes.connecting(event.address, event.port, ref);
          return;
        case 'push-head':
          pushes.head(ref);
          return;
        case 'push-body':
          pushes.body(event, ref);
          return;
        case 'tls-start':
        case 'tls-step':
        case 'tls-done':
        case 'tls-alert':
          handshakes.tls(event, ref);
          return;
        case 'ike': {
          const login = ike.fold(event, ref);
          if (login) traces.link(login, record);
          return;
        }
      }
    },

    finish(end) {
      const unclaimedPushes = pushes.unattributed();
      const looseCallbacks = handshakes.assign();
      services.learn(registry.logins);
      const nameless = traces.nameless();
      registry.logins.push(...nameless.flatMap((trace) => namelessLogin(trace) ?? []));
      // Beside a person’s login it is no answer to the question why that person cannot log in.
      if (registry.logins.length === 0) {
        registry.logins.push(...nameless.flatMap((trace) => unclearLogin(trace) ?? []));
      }
      const vpns = registry.logins.filter((login) => !services.setAside(login));
      const rest = vpns.map((login) => ({
        attempt: buildAttempt(login, end, registry.samlUsers),
        order: login.started.order,
      }));
      const { list, dropped, users } = retained.finish(rest);
      return {
        attempts: list,
        moreAttempts: dropped,
        users,
        otherLogins: services.others(),
        unattributedCallbacks: looseCallbacks,
        unclaimedPushes,
        daemons: seenDaemons,
      };
    },
  };
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

/** Logins tracked at a time; no log that people cut to one evening has more. */
const MAX_OPEN_LOGINS = 400;
/** Seconds, or messages without times. After this, no more lines follow about a finished login. */
const LATE_LINE_LIMIT_S = 600;
const LATE_LINE_LIMIT_MESSAGES = 20_000;

/** Finishes old logins of a long log, so that they need not be kept until its end. */
function createEviction(
  registry: Registry,
  handshakes: Handshakes,
  pushes: PushFold,
  retained: RetainedAttempts,
  services: FnbamdServices,
) {
  let next = MAX_OPEN_LOGINS;

  function isOver(login: LoginState, now: EventRef): boolean {
    if (handshakes.mayBelongTo(login, now)) return false;
    const since = secondsBetween(login.lastAt, now.at);
    if (registry.live.has(login)) return (since ?? 0) > maxWaitOf(login);
    return since === undefined
      ? now.order - login.lastOrder > LATE_LINE_LIMIT_MESSAGES
      : since > LATE_LINE_LIMIT_S;
  }

  return {
    /** Called with every message; nearly always there is nothing to do. */
    check(now: EventRef): void {
      if (registry.logins.length < next) return;
      const over = new Set(registry.logins.filter((login) => isOver(login, now)));
      const open = handshakes.assignFinished((login) => over.has(login) || login.finished);
      const done = [...over].filter(
        (login) =>
          !open.has(login) && ambiguousWith(login).every((other) => over.has(other) || other.finished),
      );
      pushes.settleFinished(done);
      services.learn(registry.logins);
      for (const login of done) {
        login.finished = true;
        if (services.setAside(login)) continue;
        const end = { order: now.order, at: now.at };
        retained.add(buildAttempt(login, end, registry.samlUsers), login.started.order);
      }
      forget(new Set(done));
      next = registry.logins.length + MAX_OPEN_LOGINS;
    },
  };

  function forget(done: ReadonlySet<LoginState>): void {
    handshakes.forget(done);
    for (const login of done) registry.live.delete(login);
    const rest = registry.logins.filter((login) => !done.has(login));
    registry.logins.splice(0, registry.logins.length, ...rest);
    for (const index of [registry.bySession, registry.byProcess, registry.byRequest]) {
      for (const [key, login] of index) if ((login.mergedInto ?? login).finished) index.delete(key);
    }
  }
}

/** An abandoned login prints no end; without a known VPN timeout it is never considered abandoned here. */
function maxWaitOf({ milestones }: LoginState): number {
  return milestones.vpnWait ? milestones.vpnWait.seconds + LATE_LINE_LIMIT_S : Number.POSITIVE_INFINITY;
}

function ambiguousWith({ ambiguousConnects, ambiguousPushes }: LoginState): readonly LoginState[] {
  return [...ambiguousConnects, ...ambiguousPushes].filter((other) => other.mergedInto === undefined);
}

import type { LoginEvent } from '../../fortios/debug/debug-event.ts';
import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { Attempt, Moment, OtherLogins, UnattributedCallback, UserTallies } from '../attempt.ts';
import { buildAttempt } from './build-attempt.ts';
import type { EventRef } from './event-ref.ts';
import { createEviction } from './evict.ts';
import { createFnbamdServices } from './fnbamd-services.ts';
import { createFnbamdFold } from './fold-fnbamd.ts';
import { createIkeFold } from './fold-ike.ts';
import { createPushFold } from './fold-push.ts';
import { foldSslVpn } from './fold-sslvpn.ts';
import { createHandshakes } from './handshakes.ts';
import { namelessLogin, unclearLogin } from './nameless-login.ts';
import type { LogEnd } from './outcome.ts';
import { createRegistry } from './registry.ts';
import { retainAttempts } from './retention.ts';
import { createTraces, type Traces } from './traces.ts';

export interface AttemptTracker {
  /** Processes the messages of a case in order; keeps only what the attempts need. */
  add(event: LoginEvent | IkeLine, record: DebugRecord, ref: EventRef): void;
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
  const registry = createRegistry();
  const handshakes = createHandshakes(registry);
  const fnbamd = createFnbamdFold(registry, handshakes);
  const ike = createIkeFold(registry, handshakes);
  const pushes = createPushFold(registry);
  const retained = retainAttempts();
  const services = createFnbamdServices();
  const traces = createTraces(registry);
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
        case 'auth-request':
        case 'request-context':
        case 'certificate-request':
        case 'user-found':
        case 'second-factor-not-required':
        case 'checked-by':
        case 'eap-local':
        case 'saml-user':
        case 'group-mismatch':
        case 'auth-result':
        case 'push-question':
        case 'push-already-sent':
        case 'token-drifted':
        case 'token-sync':
        case 'radius-asked':
        case 'radius-answer':
          fnbamd.fold(event, ref);
          return;
        case 'authenticate':
        case 'password-result':
        case 'token-result':
        case 'token-answer':
        case 'vpn-wait':
        case 'token-wait':
        case 'second-factor-check':
        case 'second-factor':
        case 'request-sent':
        case 'token-source':
        case 'granted':
        case 'login-failed':
        case 'blocklist':
          foldSslVpn(registry, handshakes, record, event, ref);
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

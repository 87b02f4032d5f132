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
import type { LogEnd } from './outcome.ts';
import { createRegistry } from './registry.ts';
import { retainAttempts } from './retention.ts';

export interface AttemptTracker {
  /** Takes what the messages of a case say, in order; keeps what the attempts need and nothing else. */
  add(event: LoginEvent | IkeLine, record: DebugRecord, sighting: EventRef): void;
  /** A daemon was heard in a source, whatever it said: its debug is on. */
  hear(daemon: string, source: string, order: number): void;
  /** `end` is the last message of the log, against which silence is measured. */
  finish(end: LogEnd): TrackedLogins;
}

export interface TrackedLogins {
  /** In the order in which they began. */
  readonly attempts: readonly Attempt[];
  /** Logins of a very long log that are not among them. */
  readonly moreAttempts: number;
  readonly users: UserTallies;
  readonly otherLogins?: OtherLogins | undefined;
  readonly looseCallbacks: readonly UnattributedCallback[];
  readonly unclaimedPushes: readonly Moment[];
  /** Daemons whose debug output was on at some time. */
  readonly daemons: ReadonlySet<string>;
}

export function createAttemptTracker(): AttemptTracker {
  const registry = createRegistry();
  const handshakes = createHandshakes(registry);
  const fnbamd = createFnbamdFold(registry, handshakes);
  const ike = createIkeFold(registry, handshakes);
  const pushes = createPushFold(registry);
  const kept = retainAttempts();
  const askers = createFnbamdServices();
  const retirement = createEviction(registry, handshakes, pushes, kept, askers);
  const heard = new Set<string>();

  function listen(daemon: string, on: boolean): void {
    if (on) {
      registry.audible.add(daemon);
      heard.add(daemon);
    } else if (daemon === 'all') registry.audible.clear();
    else registry.audible.delete(daemon);
  }

  return {
    hear(daemon, source, order) {
      listen(daemon, true);
      if (daemon === 'sslvpn' || daemon === 'ike') askers.heard(source, order);
    },

    add(event, record, sighting) {
      retirement.check(sighting);
      switch (event.kind) {
        case 'debug-command':
          listen(event.application, event.on);
          return;
        case 'push-connecting':
          pushes.connecting(event.address, event.port, sighting);
          return;
        case 'push-head':
          pushes.head(sighting);
          return;
        case 'push-body':
          pushes.body(event, sighting);
          return;
        case 'tls-start':
        case 'tls-step':
        case 'tls-done':
        case 'tls-alert':
          handshakes.tls(event, sighting);
          return;
        case 'ike':
          ike.fold(event, sighting);
          return;
        case 'auth-request':
        case 'request-context':
        case 'certificate-request':
        case 'user-found':
        case 'second-factor-not-required':
        case 'group-mismatch':
        case 'auth-result':
        case 'push-question':
        case 'push-already-sent':
        case 'token-drifted':
        case 'token-sync':
        case 'radius-asked':
        case 'radius-answer':
          fnbamd.fold(event, sighting);
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
          foldSslVpn(registry, handshakes, record, event, sighting);
      }
    },

    finish(end) {
      const unclaimedPushes = pushes.settle();
      const looseCallbacks = handshakes.settle();
      askers.learn(registry.drafts);
      const vpns = registry.drafts.filter((draft) => !askers.setAside(draft));
      const rest = vpns.map((draft) => ({
        attempt: buildAttempt(draft, end),
        order: draft.started.order,
      }));
      const { list, dropped, users } = kept.finish(rest);
      return {
        attempts: list,
        moreAttempts: dropped,
        users,
        otherLogins: askers.others(),
        looseCallbacks,
        unclaimedPushes,
        daemons: heard,
      };
    },
  };
}

import { buildAttempt } from './build-attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import type { FnbamdServices } from './fnbamd-services.ts';
import type { PushFold } from './fold-push.ts';
import type { Handshakes } from './handshakes.ts';
import type { LoginState } from './login-state.ts';
import type { Registry } from './registry.ts';
import type { RetainedAttempts } from './retention.ts';

/** Logins tracked at a time; no log that people cut to one evening has more. */
const MAX_OPEN_LOGINS = 400;
/** Seconds, or messages without times. After this, no more lines follow about a finished login. */
const LATE_LINE_LIMIT_S = 600;
const LATE_LINE_LIMIT_MESSAGES = 20_000;

/** Finishes old logins of a long log, so that they need not be kept until its end. */
export function createEviction(
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

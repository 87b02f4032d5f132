import { buildAttempt } from './build-attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import type { FnbamdServices } from './fnbamd-services.ts';
import type { PushFold } from './fold-push.ts';
import type { Handshakes } from './handshakes.ts';
import type { LoginState } from './login-state.ts';
import type { Registry } from './registry.ts';
import type { RetainedAttempts } from './retention.ts';

/** Logins that are looked after at a time; more than this are in no evidence that people cut to one evening. */
const MAX_OPEN_LOGINS = 400;
/** After its last line, nothing more is said about a login that is over. Seconds; messages without times. */
const AFTERMATH = 600;
const AFTERMATH_MESSAGES = 20_000;

/** Finishes the logins of a long log that are long over, so that they need not be remembered until its end. */
export function createEviction(
  registry: Registry,
  handshakes: Handshakes,
  pushes: PushFold,
  kept: RetainedAttempts,
  askers: FnbamdServices,
) {
  let next = MAX_OPEN_LOGINS;

  function isOver(draft: LoginState, now: EventRef): boolean {
    if (handshakes.mayHear(draft, now)) return false;
    const since = secondsBetween(draft.lastAt, now.at);
    if (registry.live.has(draft)) return (since ?? 0) > patienceFor(draft);
    return since === undefined ? now.order - draft.lastOrder > AFTERMATH_MESSAGES : since > AFTERMATH;
  }

  return {
    /** Called with every message; nearly always there is nothing to do. */
    check(now: EventRef): void {
      if (registry.drafts.length < next) return;
      const over = new Set(registry.drafts.filter((draft) => isOver(draft, now)));
      const open = handshakes.settleOver((draft) => over.has(draft) || draft.finished);
      const done = [...over].filter(
        (draft) => !open.has(draft) && rivalsOf(draft).every((rival) => over.has(rival) || rival.finished),
      );
      pushes.settleOver(done);
      askers.learn(registry.drafts);
      for (const draft of done) {
        draft.finished = true;
        if (askers.setAside(draft)) continue;
        kept.add(buildAttempt(draft, { order: now.order, at: now.at }), draft.started.order);
      }
      forget(new Set(done));
      next = registry.drafts.length + MAX_OPEN_LOGINS;
    },
  };

  function forget(done: ReadonlySet<LoginState>): void {
    handshakes.forget(done);
    for (const draft of done) registry.live.delete(draft);
    const rest = registry.drafts.filter((draft) => !done.has(draft));
    registry.drafts.splice(0, registry.drafts.length, ...rest);
    for (const index of [registry.bySession, registry.byProcess, registry.byRequest]) {
      for (const [key, draft] of index) if ((draft.mergedInto ?? draft).finished) index.delete(key);
    }
  }
}

/** A login that was given up prints no end; where nothing says how long the VPN waits, it is not given up here. */
function patienceFor({ milestones: marks }: LoginState): number {
  return marks.vpnWait ? marks.vpnWait.seconds + AFTERMATH : Number.POSITIVE_INFINITY;
}

function rivalsOf({ connectRivals, pushRivals }: LoginState): readonly LoginState[] {
  return [...connectRivals, ...pushRivals].filter((rival) => rival.mergedInto === undefined);
}

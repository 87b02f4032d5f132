import type { Quote } from '../evidence/types.ts';
import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { Hop } from '../facts/hop.ts';

/**
 * Hops that ftm-push lines show without any login in the evidence: a push was sent, and a phone answered. An
 * incomplete connection may be a port scan.
 */
export function unattributedPush(
  attempts: readonly Attempt[],
  { attempts: all, debugLog, looseCallbacks }: Facts,
): ReadonlyMap<Hop, readonly Quote[]> {
  const steps = new Map<Hop, readonly Quote[]>();
  if (attempts.length > 0 || all.state === 'known') return steps;
  const [push] = valueIfKnown(debugLog)?.unclaimedPushes ?? [];
  if (push) {
    steps.set('push-service', [push.quote]);
    steps.set('push-request', [push.quote]);
  }
  const handshakes = (valueIfKnown(looseCallbacks) ?? []).filter(({ clientHello }) => clientHello);
  const callback =
    handshakes.find(({ completed }) => completed) ?? handshakes.find(({ tlsAlert }) => tlsAlert);
  if (callback) {
    steps.set('notification', [callback.started.quote]);
    steps.set('callback', [callback.started.quote]);
    if (callback.completed) steps.set('tls', [callback.completed.quote]);
  }
  return steps;
}

/** The headline for such a log. */
export function unattributedPushHeadline(steps: ReadonlyMap<Hop, unknown>): string | undefined {
  if (steps.size === 0) return undefined;
  const what = steps.has('push-request')
    ? steps.has('callback')
      ? 'A push went out, and a phone answered'
      : 'A push went out'
    : 'A phone answered a push';
  return `${what}; whose login it was, and what became of it, is not in this log`;
}

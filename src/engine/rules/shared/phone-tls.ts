import type { Quote } from '../../evidence/types.ts';
import type { Attempt, Moment, UnattributedCallback } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';

/**
 * TLS alerts with which a client rejects a certificate: bad certificate, expired, unknown, unknown CA (RFC 5246,
 * section 7.2). That FortiOS prints them this way is inferred from OpenSSL.
 */
const CERTIFICATE_ALERTS = new Set([42, 45, 46, 48]);

export interface PhoneRefusal {
  readonly alert: string;
  readonly user?: string;
  readonly quotes: readonly Quote[];
}

interface Handshake {
  readonly user?: string;
  readonly alert?: Moment & { readonly code: number; readonly name: string };
  readonly completed?: Moment;
}

/**
 * The last handshake that a phone aborted because of the certificate, unless the same user's phone accepted it later.
 */
export function phoneRefusal(
  attempts: Fact<readonly Attempt[]>,
  looseCallbacks: Fact<readonly UnattributedCallback[]>,
): PhoneRefusal | undefined {
  const all = handshakes(attempts, looseCallbacks);
  const at = all.findLastIndex((each) => each.alert && CERTIFICATE_ALERTS.has(each.alert.code));
  const refused = all[at];
  if (!refused?.alert) return undefined;
  const accepted = all.slice(at + 1).some((each) => each.completed && each.user === refused.user);
  if (accepted) return undefined;
  return {
    alert: refused.alert.name,
    quotes: [refused.alert.quote],
    user: refused.user,
  };
}

/** A phone that completed the handshake. */
export function phoneAcceptance(
  attempts: Fact<readonly Attempt[]>,
  looseCallbacks: Fact<readonly UnattributedCallback[]>,
): Quote | undefined {
  return handshakes(attempts, looseCallbacks).findLast((each) => each.completed)?.completed?.quote;
}

function handshakes(
  attempts: Fact<readonly Attempt[]>,
  looseCallbacks: Fact<readonly UnattributedCallback[]>,
): readonly Handshake[] {
  const ofUsers = (valueIfKnown(attempts) ?? []).map(
    ({ user, milestones }): Handshake => ({
      user,
      alert: milestones.tlsAlert,
      completed: milestones.callbackCompleted,
    }),
  );
  // If the log contains logins, a connection without a waiting login is not from a phone.
  const countsAll = ofUsers.length === 0;
  const loose = (valueIfKnown(looseCallbacks) ?? [])
    .filter((each) => countsAll || each.awaited !== false)
    .map(
      (each): Handshake => ({
        alert: each.tlsAlert,
        completed: each.completed,
      }),
    );
  return [...ofUsers, ...loose];
}

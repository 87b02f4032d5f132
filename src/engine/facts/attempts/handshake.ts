import type { UnattributedCallback } from '../attempt.ts';
import { type EventRef, toMoment } from './event-ref.ts';
import type { LoginState } from './login-state.ts';

/** A TLS handshake that the FortiGate accepted on the push port, or made with the push server. */
export interface Handshake extends UnattributedCallback {
  readonly started: EventRef;
  clientHello?: EventRef;
  tlsAlert?: EventRef & { readonly code: number; readonly name: string; readonly sent: boolean };
  completed?: EventRef;
  outbound: boolean;
  /** The login whose push an outbound handshake carries, if only one login has a push in progress. */
  carriesPushOf?: LoginState;
  /** True if a handshake began here, false for a session ticket of the previous one. */
  isNew: boolean;
  /** Logins that were waiting for their phone when it began. */
  readonly candidates: readonly LoginState[];
  owner?: LoginState;
  /** A login was answered after it, so it cannot cause a later answer. */
  isUsed: boolean;
}

/** Returns the logins that others were merged into. */
export function findRoots(logins: readonly LoginState[]): readonly LoginState[] {
  if (logins.length === 0) return logins;
  return [...new Set(logins.map((login) => login.mergedInto ?? login))];
}

/** All logins that a handshake is or may be about. */
export function* loginsOf({ candidates, owner, carriesPushOf }: Handshake): Generator<LoginState> {
  for (const login of candidates) yield login.mergedInto ?? login;
  if (owner) yield owner.mergedInto ?? owner;
  if (carriesPushOf) yield carriesPushOf.mergedInto ?? carriesPushOf;
}

export function isAboutOnly(handshake: Handshake, isOver: (login: LoginState) => boolean): boolean {
  for (const login of loginsOf(handshake)) if (!isOver(login)) return false;
  return true;
}

/** How far the handshake got. */
function measureProgress(handshake: Handshake | undefined): number {
  if (!handshake) return 0;
  if (handshake.completed) return 4;
  if (handshake.tlsAlert) return 3;
  return handshake.clientHello ? 2 : 1;
}

export function better(handshake: Handshake, than: Handshake | undefined): boolean {
  return measureProgress(handshake) > measureProgress(than);
}

export function findAlert(
  alert: EventRef & { readonly code: number; readonly name: string; readonly sent: boolean },
) {
  return { ...toMoment(alert), code: alert.code, name: alert.name, sent: alert.sent };
}

export function pickMarks(handshake: Handshake) {
  const { started, clientHello, tlsAlert, completed } = handshake;
  return {
    callbackStarted: toMoment(started),
    clientHello: clientHello && toMoment(clientHello),
    tlsAlert: tlsAlert && findAlert(tlsAlert),
    callbackCompleted: completed && toMoment(completed),
  };
}

export function toLooseCallback(handshake: Handshake): UnattributedCallback {
  const { callbackStarted, clientHello, tlsAlert, callbackCompleted } = pickMarks(handshake);
  return {
    started: callbackStarted,
    awaited: handshake.candidates.length > 0,
    clientHello,
    tlsAlert,
    completed: callbackCompleted,
  };
}

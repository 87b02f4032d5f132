import type { UnattributedCallback } from '../attempt.ts';
import { type EventRef, momentOf } from './event-ref.ts';
import type { LoginState } from './login-state.ts';

/** One TLS handshake that the FortiGate accepted on the push port, or made with the push server. */
export interface Handshake extends UnattributedCallback {
  readonly started: EventRef;
  clientHello?: EventRef;
  tlsAlert?: EventRef & { readonly code: number; readonly name: string };
  completed?: EventRef;
  outbound: boolean;
  /** Whose push an outbound one carries, where only one login has a push on its way. */
  carries?: LoginState;
  /** The handshake really began here: not only a session ticket of the one before. */
  fresh: boolean;
  /** Logins that were waiting for their phone when it began. */
  readonly candidates: readonly LoginState[];
  owner?: LoginState;
  /** A login was answered after it, so it cannot be the cause of a later answer. */
  spent: boolean;
}

/** The logins themselves, where some were merged into others. */
export function rootsOf(drafts: readonly LoginState[]): readonly LoginState[] {
  if (drafts.length === 0) return drafts;
  return [...new Set(drafts.map((draft) => draft.mergedInto ?? draft))];
}

/** Every login that a handshake is or may be about. */
export function* partiesOf({ candidates, owner, carries }: Handshake): Generator<LoginState> {
  for (const draft of candidates) yield draft.mergedInto ?? draft;
  if (owner) yield owner.mergedInto ?? owner;
  if (carries) yield carries.mergedInto ?? carries;
}

export function isAboutOnly(handshake: Handshake, isOver: (draft: LoginState) => boolean): boolean {
  for (const draft of partiesOf(handshake)) if (!isOver(draft)) return false;
  return true;
}

/** How far it got. */
function reach(handshake: Handshake | undefined): number {
  if (!handshake) return 0;
  if (handshake.completed) return 4;
  if (handshake.tlsAlert) return 3;
  return handshake.clientHello ? 2 : 1;
}

export function better(handshake: Handshake, than: Handshake | undefined): boolean {
  return reach(handshake) > reach(than);
}

export function alertOf(alert: EventRef & { readonly code: number; readonly name: string }) {
  return { ...momentOf(alert), code: alert.code, name: alert.name };
}

export function marksOf(handshake: Handshake) {
  const { started, clientHello, tlsAlert, completed } = handshake;
  return {
    callbackStarted: momentOf(started),
    ...(clientHello ? { clientHello: momentOf(clientHello) } : {}),
    ...(tlsAlert ? { tlsAlert: alertOf(tlsAlert) } : {}),
    ...(completed ? { callbackCompleted: momentOf(completed) } : {}),
  };
}

export function looseOf(handshake: Handshake): UnattributedCallback {
  const { callbackStarted, clientHello, tlsAlert, callbackCompleted } = marksOf(handshake);
  return {
    started: callbackStarted,
    awaited: handshake.candidates.length > 0,
    clientHello,
    tlsAlert,
    completed: callbackCompleted,
  };
}

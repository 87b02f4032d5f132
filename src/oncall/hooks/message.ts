import { redactSideText } from '../../engine/evidence/side-text.ts';
import type { IncomingAlert } from '../intake/alert.ts';
import type { EscalationEvent } from '../jobs.ts';

/** The content of a delivery, in a provider-independent form. */
export type HookMessage =
  | { readonly kind: 'alert'; readonly alert: IncomingAlert }
  | { readonly kind: 'over'; readonly alert: IncomingAlert }
  /** An event about a page sent by ftm-check. */
  | { readonly kind: 'news'; readonly key: string; readonly event: EscalationEvent; readonly id: string }
  | { readonly kind: 'nothing'; readonly reason: string };

export type ReadMessages =
  | { readonly kind: 'read'; readonly messages: readonly HookMessage[] }
  /** The body does not have the provider's format. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export function toMessages(...messages: readonly HookMessage[]): ReadMessages {
  return { kind: 'read', messages };
}

export function notReadable(reason: string): ReadMessages {
  return { kind: 'unreadable', reason };
}

export const OWN_ALERT: HookMessage = { kind: 'nothing', reason: 'it was sent by ftm-check' };

/**
 * Redacts every text of a delivery before any of it is stored, enqueued, logged or answered: ids and fingerprints are
 * free texts of the sender, too. The names of an alert and the key of a page are only looked up.
 */
export function redactMessage(message: HookMessage): HookMessage {
  if (message.kind === 'nothing') return { ...message, reason: redactSideText(message.reason) };
  if (message.kind !== 'news') return { ...message, alert: redactAlert(message.alert) };
  const { id, event } = message;
  const { name } = event.by;
  const by = name === undefined ? event.by : { ...event.by, name: redactSideText(name) };
  return { ...message, id: redactSideText(id), event: { ...event, by } };
}

function redactAlert({ id, title, incident, ...alert }: IncomingAlert): IncomingAlert {
  return {
    ...alert,
    id: redactSideText(id),
    title: redactSideText(title),
    incident: incident === undefined ? undefined : redactSideText(incident),
  };
}

const MAX_WORDS = 60;

/** Splits a sentence into words that may be the name or address of a device. */
export function splitWords(text: string): readonly string[] {
  return text
    .slice(0, 2000)
    .split(/[\s,;()[\]{}<>"'|=]+/)
    .map((word) => word.replace(/[.:!?]+$/, ''))
    .filter((word) => word.length > 2)
    .slice(0, MAX_WORDS);
}

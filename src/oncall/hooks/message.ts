import type { IncomingAlert } from '../intake/alert.ts';
import type { PageEvent } from '../jobs.ts';

/** The content of a delivery, in a provider-independent form. */
export type HookMessage =
  | { readonly kind: 'alert'; readonly alert: IncomingAlert }
  /** The alert has ended. */
  | { readonly kind: 'over'; readonly alert: IncomingAlert }
  /** An event about a page sent by ftm-check. */
  | { readonly kind: 'news'; readonly key: string; readonly event: PageEvent; readonly id: string }
  | { readonly kind: 'nothing'; readonly reason: string };

export type ReadMessages =
  | { readonly kind: 'read'; readonly messages: readonly HookMessage[] }
  /** The body does not have the provider's format. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export const OWN_ALERT: HookMessage = { kind: 'nothing', reason: 'it was sent by ftm-check' };

const MAX_WORDS = 60;

/** Splits a sentence into words that may be the name or address of a device. */
export function wordsOf(text: string): readonly string[] {
  return text
    .slice(0, 2000)
    .split(/[\s,;()[\]{}<>"'|=]+/)
    .map((word) => word.replace(/[.:!?]+$/, ''))
    .filter((word) => word.length > 2)
    .slice(0, MAX_WORDS);
}

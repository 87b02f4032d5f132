import type { PagerSeverity } from '../../platform/config/escalation-schema.ts';
import type { ThreadRef } from '../core/escalation.ts';

/** A page as a provider gets it; the same key is the same page, however often it is sent. */
export interface PagerMessage {
  readonly key: string;
  readonly escalationId: string;
  readonly summary: string;
  readonly details: string;
  readonly severity: PagerSeverity;
  readonly device: string;
  /** Customer and site of the device, from the inventory. */
  readonly customer?: string | undefined;
  readonly site?: string | undefined;
  readonly cause: string;
  /** To the thread; none where it is a direct message. */
  readonly link?: string | undefined;
  readonly thread: ThreadRef;
  /** Milliseconds since the Unix epoch. */
  readonly openedAt: number;
  /** How often its routes were begun again. */
  readonly round?: number;
}

/** Fields of a page about a device whose customer or site the inventory names. */
export function placeFields({
  customer,
  site,
}: Pick<PagerMessage, 'customer' | 'site'>): Readonly<Record<string, string>> {
  return { ...(customer === undefined ? {} : { customer }), ...(site === undefined ? {} : { site }) };
}

export type RouteResult =
  | { readonly kind: 'accepted' }
  /** A later attempt may succeed. `reason` is for people. */
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs?: number | undefined }
  /** A later attempt would fail too. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unsupported' };

/**
 * One way to reach a person. Every call may be repeated after a crash: the page's key makes it the same page. Never
 * rejects because of a provider or the network.
 */
export interface PagerRoute {
  readonly name: string;
  /** Display name: `PagerDuty (pd-main)`. */
  readonly label: string;
  trigger(page: PagerMessage): Promise<RouteResult>;
  acknowledge(page: PagerMessage, by: string): Promise<RouteResult>;
  /** `note`: what the person wrote about the end; a provider that takes none leaves it out. */
  resolve(page: PagerMessage, by: string, note?: string): Promise<RouteResult>;
  /** Adds a text to the open page without notifying anybody again. */
  note(page: PagerMessage, text: string): Promise<RouteResult>;
}

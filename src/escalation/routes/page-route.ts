import type { PagingSeverity } from '../../config/escalation-types.ts';
import type { ThreadRef } from '../core/escalation.ts';

/** What a provider is told; the same key is the same page, however often it is told. */
export interface Page {
  readonly key: string;
  readonly escalationId: string;
  readonly summary: string;
  readonly details: string;
  readonly severity: PagingSeverity;
  readonly device: string;
  readonly cause: string;
  readonly link: string;
  readonly thread: ThreadRef;
  /** Milliseconds since the Unix epoch. */
  readonly openedAt: number;
}

export type RouteResult =
  | { readonly kind: 'accepted' }
  /** It may work later. `reason` is for people. */
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs?: number | undefined }
  /** It will not work however often it is tried. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The provider knows nothing of the kind. */
  | { readonly kind: 'unsupported' };

/**
 * One way to reach somebody. Every call may be repeated after a crash: the page's key makes it the same page.
 * Never rejects for what a provider or a network does.
 */
export interface PagerRoute {
  readonly name: string;
  /** Who is paged by it, as people call it: `PagerDuty (pd-main)`. */
  readonly label: string;
  trigger(page: Page): Promise<RouteResult>;
  acknowledge(page: Page, by: string): Promise<RouteResult>;
  resolve(page: Page, by: string): Promise<RouteResult>;
  /** Adds a text to the open page without waking anybody again. */
  note(page: Page, text: string): Promise<RouteResult>;
}

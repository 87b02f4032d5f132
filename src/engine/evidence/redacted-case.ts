import type { RedactionReceipt } from '../redact/token-registry.ts';
import type { EvidenceItem } from './types.ts';

declare const redacted: unique symbol;

/**
 * Evidence without secrets. Only `redact` creates it, and the queue, the logs and Slack accept nothing else, so the
 * compiler keeps raw text out of them.
 */
export interface RedactedCase {
  readonly [redacted]: true;
  readonly items: readonly EvidenceItem[];
  readonly receipt: RedactionReceipt;
}

/** Total number of characters. */
export function textSize({ items }: Pick<RedactedCase, 'items'>): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}

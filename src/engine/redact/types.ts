import type { EvidenceItem } from '../evidence/types.ts';

/** How many values were replaced, by kind (`password`, `private-key`, `registration-id`, `serial` …). */
export interface RedactionReceipt {
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
}

declare const redacted: unique symbol;

/**
 * Evidence without secrets. Only `redactCase` creates it, and the queue, the logs and Slack accept nothing else, so
 * the compiler keeps raw text out of them.
 */
export interface RedactedCase {
  readonly [redacted]: true;
  readonly items: readonly EvidenceItem[];
  readonly receipt: RedactionReceipt;
}

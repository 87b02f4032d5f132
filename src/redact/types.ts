import type { EvidenceItem } from '../evidence/types.ts';

/** How many values were replaced, by kind (`password`, `private-key`, `registration-id`, `serial` …). */
export interface RedactionReceipt {
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
}

declare const redacted: unique symbol;

/**
 * Evidence whose secrets are gone. Only `redactCase` makes one, and the queue, the logs and Slack accept nothing
 * else, so the compiler keeps raw text at the edge.
 */
export interface RedactedCase {
  readonly [redacted]: true;
  readonly items: readonly EvidenceItem[];
  readonly receipt: RedactionReceipt;
}

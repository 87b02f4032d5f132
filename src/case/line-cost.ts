/** Bytes that a kept line needs besides its characters: its string object and array entries. */
export const LINE_COST = 48;

/**
 * Bytes, `LINE_COST` included. Text other than logs that a case keeps; more than twice the largest known
 * configuration.
 */
export const MAX_KEPT = 64_000_000;

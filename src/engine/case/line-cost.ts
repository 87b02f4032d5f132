/** Bytes that a kept line needs besides its characters: its string object and array entries. */
export const LINE_COST = 48;

/**
 * Bytes, `LINE_COST` included. Limit for text other than logs in one case; more than twice the largest known
 * configuration.
 */
export const MAX_KEPT = 64_000_000;

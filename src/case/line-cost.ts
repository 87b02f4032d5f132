/** What a kept line takes in addition to its characters: its string object and its places in arrays. Bytes. */
export const LINE_COST = 48;

/** Text other than logs that a case keeps; more than twice the largest known configuration. Bytes, `LINE_COST` included. */
export const MAX_KEPT = 64_000_000;

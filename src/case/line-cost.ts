/** What a kept line takes beside its characters: millions of empty ones are much, too. Bytes. */
export const LINE_COST = 32;

/** Seconds of a live check: shorter, and nobody can log in; longer, and a debug becomes a load of its own. */
export const LIVE_SECONDS = { least: 10, most: 600, usual: 300 } as const;

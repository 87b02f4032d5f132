/** Bounds in seconds of a live check: a shorter one leaves no time to log in, a longer one loads the device. */
export const LIVE_SECONDS = { least: 10, most: 600, usual: 300 } as const;

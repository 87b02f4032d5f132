/** Bounds in seconds of a live check: a shorter one leaves no time to log in, a longer one loads the device. */
export const LIVE_SECONDS = { min: 10, max: 600, default: 300 } as const;

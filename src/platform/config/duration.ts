const DURATION = /^(\d{1,9})(ms|s|m|h)$/;
const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
/** A timer longer than 2^31 ms (24.8 days) would fire at once. */
const MAX_MS = 480 * UNIT_MS.h;

export const DURATION_RULE = 'write a duration such as 500ms, 90s, 2m or 1h, at most 480h';

/** Milliseconds of `500ms`, `90s`, `2m` or `1h`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return ms <= MAX_MS ? ms : undefined;
}

/** Maximum number of people, senders or addresses tracked; the least recently active one is dropped. */
const MAX_TRACKED = 10_000;

/** At most `max` failures of each key in `windowMs`, counted per process. `now`: milliseconds since the Unix epoch. */
export function createFailureLimit(
  now: () => number,
  { max, windowMs }: { readonly max: number; readonly windowMs: number },
) {
  const failures = new Map<string, readonly number[]>();
  function recent(key: string): readonly number[] {
    const since = now() - windowMs;
    // A failure ahead of the clock is from before it was set back.
    return (failures.get(key) ?? []).filter((at) => at > since && at <= now());
  }

  return {
    /** Whether the next one would be too many. Counts nothing. */
    isReached: (key: string) => recent(key).length >= max,
    /** False after too many. */
    count(key: string) {
      const before = recent(key);
      const isWithin = before.length < max;
      failures.delete(key);
      failures.set(key, isWithin ? [...before, now()] : before);
      const oldest = failures.keys().next();
      if (failures.size > MAX_TRACKED && !oldest.done) failures.delete(oldest.value);
      return isWithin;
    },
  };
}

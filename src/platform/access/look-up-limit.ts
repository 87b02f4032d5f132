const WINDOW_MS = 10 * 60_000;
const MAX_FAILED = 10;
/** Maximum number of people and senders tracked; the least recently active one is dropped. */
const MAX_PEOPLE = 10_000;

export interface LookUpLimit {
  /** Counts a request for a device that the person may not check. False after too many. */
  count(person: string): boolean;
  /** Whether the next one would be too many. Counts nothing. */
  isReached(person: string): boolean;
}

/**
 * Ten failed look-ups per person, or per sender of alerts, in ten minutes, counted per process. `now`: milliseconds
 * since the Unix epoch.
 */
export function createLookUpLimit(now: () => number): LookUpLimit {
  const failures = new Map<string, readonly number[]>();
  function recentOf(person: string): readonly number[] {
    const since = now() - WINDOW_MS;
    return (failures.get(person) ?? []).filter((at) => at > since);
  }

  return {
    isReached: (person) => recentOf(person).length >= MAX_FAILED,
    count(person) {
      const recent = recentOf(person);
      const isWithin = recent.length < MAX_FAILED;
      failures.delete(person);
      failures.set(person, isWithin ? [...recent, now()] : recent);
      const oldest = failures.keys().next();
      if (failures.size > MAX_PEOPLE && !oldest.done) failures.delete(oldest.value);
      return isWithin;
    },
  };
}

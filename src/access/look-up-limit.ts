const WINDOW_MS = 10 * 60_000;
const MAX_FAILED = 10;
/** Maximum number of people tracked; the least recently active one is dropped. */
const MAX_PEOPLE = 10_000;

export interface LookUpLimit {
  /** Counts a request for a device that the person may not check. False after too many. */
  count(person: string): boolean;
}

/** Ten failed look-ups per person in ten minutes, counted per process. `now`: milliseconds since the Unix epoch. */
export function createLookUpLimit(now: () => number): LookUpLimit {
  const failures = new Map<string, readonly number[]>();
  return {
    count(person) {
      const since = now() - WINDOW_MS;
      const recent = (failures.get(person) ?? []).filter((at) => at > since);
      const isWithin = recent.length < MAX_FAILED;
      failures.delete(person);
      failures.set(person, isWithin ? [...recent, now()] : recent);
      const oldest = failures.keys().next();
      if (failures.size > MAX_PEOPLE && !oldest.done) failures.delete(oldest.value);
      return isWithin;
    },
  };
}

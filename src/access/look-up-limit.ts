const WINDOW_MS = 10 * 60_000;
const MAX_FAILED = 10;
/** People at once; the one who has been quiet for longest makes room. */
const MAX_PEOPLE = 10_000;

export interface LookUpLimit {
  /** Counts a device that a person asked for and may not check. False once there were too many of them. */
  count(person: string): boolean;
}

/** Ten failed look-ups of a person in ten minutes, counted in this process. `now`: milliseconds since the Unix epoch. */
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

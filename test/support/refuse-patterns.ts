import { expect } from 'vitest';

/**
 * A pattern as an expected property matches nothing, where Vitest's `toMatchObject` would accept any value for it: the
 * test would show nothing. `expect.stringMatching` is what is meant.
 */
function refusePattern(actual: unknown, expected: unknown): false | undefined {
  return expected instanceof RegExp && !(actual instanceof RegExp) ? false : undefined;
}

/** Files share a process: it is added to each process once. */
const ADDED = Symbol.for('ftm-check.refuse-patterns');
if (!Reflect.has(globalThis, ADDED)) {
  Reflect.set(globalThis, ADDED, true);
  expect.addEqualityTesters([refusePattern]);
}

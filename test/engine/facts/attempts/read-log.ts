import type { Attempt } from '../../../../src/engine/facts/attempt.ts';
import type { DebugFacts } from '../../../../src/engine/facts/attempts/debug-reader.ts';
import { readDebug } from '../../../../src/engine/facts/attempts/read-debug.ts';
import type { Fact } from '../../../../src/engine/facts/fact.ts';

export function readLog(lines: readonly string[], source = 'login.log'): DebugFacts {
  return readDebug([{ kind: 'debug', source, start: 1, lines }]);
}

export function valueIn<T>(fact: Fact<T>): T {
  if (fact.state !== 'known') throw new Error(`not known: ${fact.reason}`);
  return fact.value;
}

export function attemptsIn(lines: readonly string[]): readonly Attempt[] {
  const { attempts } = readLog(lines);
  return attempts.state === 'known' ? attempts.value : [];
}

export function onlyAttempt(lines: readonly string[]): Attempt {
  const [attempt, ...others] = attemptsIn(lines);
  if (!attempt || others.length > 0) throw new Error(`${others.length + (attempt ? 1 : 0)} attempts`);
  return attempt;
}

/** `✓✓✓✗–––––?`: the hops from login to authorisation, in order. */
export function card(attempt: Attempt): string {
  const signs = { ok: '✓', broken: '✗', 'not-reached': '–', unknown: '?' };
  return attempt.hops
    .slice(1, -1)
    .map((hop) => signs[hop.status])
    .join('');
}

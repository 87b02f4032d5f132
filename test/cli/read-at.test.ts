import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ftmCheck } from './test-io.ts';

const text = readFileSync(
  new URL('../../src/engine/rules/push-cert-untrusted/fixtures/unknown.no-time.conf', import.meta.url),
  'utf8',
);
const line = 'nothing of this is about a FortiGate\n';

/** As a whole, and as a stream. */
it.each([
  ['a short text', 0],
  ['a long one', 5_000_000],
])('a command takes its own time for that of the reading: %s', async (_, more) => {
  const stdin = text + line.repeat(Math.ceil(more / line.length));
  const { stdout } = await ftmCheck(['analyze', '--format', 'json'], { stdin });
  const { checks } = JSON.parse(stdout) as { checks: { rule: string; verdict: string }[] };
  expect(checks.find(({ rule }) => rule === 'push-cert-untrusted')?.verdict).toBe('healthy');
});

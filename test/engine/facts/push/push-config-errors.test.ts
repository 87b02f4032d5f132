import { expect, it } from 'vitest';
import type { Section } from '../../../../src/engine/evidence/types.ts';
import { readPushConfigErrors } from '../../../../src/engine/facts/push/push-config-errors.ts';

function section(start: number, lines: readonly string[]): Section {
  return { kind: 'other', source: 'notes.txt', start, lines };
}

it('reads a text in parts, however long one of them is', () => {
  const prose = Array<string>(300_000).fill('nothing of interest');
  const fact = readPushConfigErrors([section(1, ['a mail']), section(2, prose)]);
  expect(fact).toMatchObject({
    state: 'unknown',
    reason: 'the evidence contains no refused change of `system ftm-push`',
  });
});

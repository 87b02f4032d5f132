import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutAround } from '../../../src/engine/evidence/cut-around.ts';

const line = `${'a '.repeat(200)}policy 7, drop${' b'.repeat(200)}`;

it.each([
  ['a short line', 'check failed on policy 7', ['policy'], /^check failed on policy 7$/],
  ['a word in the middle', line, ['policy 7'], /^….*policy 7, drop.*…$/],
  ['a word at the end', `${'a '.repeat(200)}policy 7`, ['policy 7'], /^….*policy 7$/],
  ['no word at all', line, ['wan1'], /^a a .*…$/],
  [
    'the place that holds most of the words',
    `drop ${'x '.repeat(200)}policy 7, drop ${'x '.repeat(99)}`,
    ['policy', '7', 'drop'],
    /policy 7, drop/,
  ],
])('keeps %s', (_what, text, words, expected) => {
  const cut = cutAround(
    text,
    80,
    words.map((word) => ({ word, weight: 1 })),
  );
  expect(cut).toMatch(expected);
  expect(cut.length).toBeLessThanOrEqual(text.length <= 80 ? 80 : 82);
});

it('always shows the word, and never half a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      (a, b) => {
        const cut = cutAround(`${a} decisive ${b}`, 60, [{ word: 'decisive', weight: 1 }]);
        expect(cut).toContain('decisive');
        expect(cut.isWellFormed()).toBe(`${a}${b}`.isWellFormed());
      },
    ),
  );
});

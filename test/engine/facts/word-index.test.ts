import { describe, expect, it } from 'vitest';
import { createWordIndex } from '../../../src/engine/facts/word-index.ts';

const EXPRESSIONS = [
  /\bno\b/i,
  /\b(?:token|fob)s?\b/i,
  /zw(?:ei|ö)lf/iu,
  /\d{3} ?%/,
  /[a-z]{2}/,
  /\bkey\b/iu,
];
const index = createWordIndex(EXPRESSIONS.map(({ source }) => source));

describe('an index of words', () => {
  it.each([
    'no',
    'Is it NO?',
    'two tokens',
    'the fob.',
    'zwölf',
    'ZWÖLF',
    '100 %',
    'one \u212aey',
    '',
    'nothing',
  ])('leaves out no expression that matches %j', (text) => {
    const matching = EXPRESSIONS.flatMap((each, number) => (each.test(text) ? [number] : []));
    expect([...index(text)]).toEqual(expect.arrayContaining(matching));
  });

  it('leaves out expressions that have no word in the text', () => {
    expect([...index('nothing')]).toEqual([4]);
  });
});

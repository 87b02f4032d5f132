import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/engine/facts/words-of.ts';

describe('words of an expression', () => {
  it.each([
    [/\b(?:is|was) (?:the|our) \w+ing/, [' is the ', ' is our ', ' was the ', ' was our ']],
    [/abc?def/, ['abcdef', 'abdef']],
    [/(?<=x)foo[ -]?bar|qu[eé]z{2}/, ['foo bar', 'foobar', 'quezz', 'qu zz']],
    [/(?:a|b)cd*efg/, ['efg']],
    [/\bhost(?:name)?\b/, [' hostname ', ' host ']],
    [/\bport-?\d{2,5}\b/, [' port ', ' port']],
    [/(?!foo)bar(?<name>baz)\k<name>/, ['barbaz']],
    [/\u0066oo\b (?=x)/, ['foo ']],
    [/^(?:foo|ba)\w*/, undefined],
    [/[^f]oo/, undefined],
    [/(?:foo)*/, undefined],
  ])('%s', (expression, words) => {
    expect(wordsOf(expression.source)).toEqual(words);
  });
});

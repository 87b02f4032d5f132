import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findLabelled } from '../../../src/engine/redact/finders/labelled.ts';
import { findLogins } from '../../../src/engine/redact/finders/logins.ts';
import { patternFor } from '../../../src/engine/redact/pattern-for.ts';

const WORDS = [
  'log in|Login|credentials|use admin and|user|U|usuario|pw|pass|senha|heslo|netzpasswort|mot de passe|API-KEY',
  'session id|token|is|with|and|for the vpn|my|wren|Wr3nPass99|CORP\\wren|x1y2z3w4|"Abc12345"|/|:|=|,|-|;|.|_|(|)|->|\t',
  '0123456789abcdef0123456789abcdef',
].flatMap((words) => words.split('|'));

it.each([
  ['logins', findLogins],
  ['labelled values', findLabelled],
])('finds the same %s in a line of ASCII as with a letter of another alphabet at its end', (_, find) => {
  const line = fc.array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 10 });
  let found = 0;
  fc.assert(
    fc.property(line, (words) => {
      const text = `${words.join(' ')}. That was all that he told us here`;
      const spans = find(text);
      found += spans.length;
      expect(find(`${text} ж`)).toEqual(spans);
    }),
    { numRuns: 3_000, seed: 7 },
  );
  expect(found).toBeGreaterThan(20);
});

it('knows letters and digits of all alphabets, and those that are only like one of ASCII', () => {
  const wordIn = patternFor('(?<![\\p{L}\\p{N}])(?:kas|ış)(?![\\p{L}\\p{N}])', 'i');
  const finds = (text: string) => wordIn(text).test(text);
  // The last two have a long s and the sign for kelvin.
  const found = ['kas', 'a KAS.', '1 kas', 'ış', '\u017fkas kas', 'ka\u017f', '\u212aas'];
  expect(found.filter(finds)).toEqual(found);
  expect(['kasx', 'xkas', '1kas', 'kas2', 'жkas', 'kas٣', 'is'].filter(finds)).toEqual([]);
});

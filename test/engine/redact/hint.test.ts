import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHint } from '../../../src/engine/redact/hint.ts';

/** A hint that reads pairs, with the number of times that its pattern was tried since then. */
function warmHint(pattern: RegExp) {
  let tries = 0;
  const counted = new RegExp(pattern);
  counted.test = (text) => {
    tries += 1;
    return pattern.test(text);
  };
  const hint = createHint(counted);
  for (let test = 0; test < 1_000; test += 1) hint.test('');
  tries = 0;
  return { test: (text: string) => hint.test(text), tries: () => tries };
}

const PATTERNS = [
  /secret|psk|pass(?:wd|word)/i,
  /(?:val|[ ]v|data)["'\\ \t]{0,8}[:=]|value/i,
  /[Bb][Aa][Ss][Ii][Cc]|[ \t]on[ \t]|\/(?:reset|verify)\?/,
  /(?:key|auth)[= ]\d{1,3}|a{2}b|x+y|q?u|z{0,2}s/,
  /schl(?:ü|ue)ssel|(?<!\p{L})ключ|🔑|cl(?:é|e)[ ]est/iu,
  /(?<=b)as(?=e)|(?!no)yes|\bend$|^set\t|\$\d|\u0041b|\x41c/,
  /(?:a(?:b|c(?:d|e))|[fg])+h|(?:i|j)?k|[^lm]n|[o-q]r|\*\+\.|\[x\]/,
  /(?:)|never/,
];
const PIECES =
  'secret psk pass wd word val v data value " : = basic BASIC on / ? reset verify key auth 1 23 a b x y q u z s schl ü ue ssel ключ 🔑 clé cle est e no yes end set \t $ A c h ac d f g i j k l m n o p r *+. [x] '
    .split(/ /)
    .concat(' ');
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(''));

describe('a hint', () => {
  it.each(PATTERNS)('never says no where %s matches', (pattern) => {
    const hint = warmHint(pattern);
    fc.assert(
      fc.property(text, (line) => {
        expect(hint.test(line)).toBe(pattern.test(line));
        expect(hint.test(line.toUpperCase())).toBe(pattern.test(line.toUpperCase()));
      }),
      { numRuns: 400 },
    );
  });

  it('tries no pattern whose pairs of characters are missing', () => {
    const hint = warmHint(/secret|schl(?:ü|ue)ssel|[ \t]on[ \t]|passw\w{0,3} ?\[|["']x/);
    for (const line of ['the cast of a set', 'the phone rang', 'a password', 'x']) hint.test(line);
    expect(hint.tries()).toBe(0);
    expect(hint.test('a secret')).toBe(true);
    expect(hint.tries()).toBe(1);
  });

  it('reads the pairs of each text', () => {
    const [one, other] = [warmHint(/ab/), warmHint(/bc/)];
    expect([one.test('ab'), other.test('ab'), one.test('bc'), other.test('bc')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

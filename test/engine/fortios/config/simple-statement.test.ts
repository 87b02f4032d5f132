import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStatementReader } from '../../../../src/engine/fortios/config/lex.ts';
import { simpleStatement } from '../../../../src/engine/fortios/config/simple-statement.ts';

const LINE = tuple(
  constantFrom('', '    ', '\t', '\u00a0'),
  constantFrom('set ', 'edit ', 'config ', 'unset ', 'next', 'end', 'SET ', ''),
  string({ unit: constantFrom(...Array.from('aZ0 "\'\\/.-<>=~#(_:@+,*\t\r\u00a0→')), maxLength: 24 }),
).map((parts) => parts.join(''));

describe('a simple statement', () => {
  it('has the words that the reader of all statements finds', () => {
    assert(
      property(LINE, (line) => {
        const simple = simpleStatement(line);
        if (simple === undefined) return;
        const { words, next, terminated } = createStatementReader([line, '"'])(0);
        expect({ words: simple.words, next: 1, terminated: true }).toEqual({ words, next, terminated });
        expect(simple.indent).toBe(/^ */.exec(line)?.[0].length);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each<[string, readonly string[] | undefined]>([
    ['        set ip 192.0.2.1 255.255.255.0', ['set', 'ip', '192.0.2.1', '255.255.255.0']],
    ['    edit "a b"', ['edit', 'a b']],
    ['    set comment ""', ['set', 'comment', '']],
    ['    next  ', ['next']],
    ['    set server 192.0.2.1 # public', undefined],
    ['    set server x // public', undefined],
    ['    set comment "a \\" b"', undefined],
    [`    set comment "${'a'.repeat(40)}"`, undefined],
    ['', undefined],
  ])('reads %s', (line, words) => {
    expect(simpleStatement(line)?.words).toEqual(words);
  });
});

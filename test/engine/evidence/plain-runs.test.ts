import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOfSkippedRun, unreadRunsOf } from '../../../src/engine/evidence/plain-runs.ts';
import { endOfStatement, verbAt } from '../../../src/engine/evidence/plain-statements.ts';

const FILTER = { settings: new Set(['status', 'users']), entriesWith: new Set(['users']) };
const UNREAD = unreadRunsOf(FILTER);
const WORDS =
  'set edit next end config unset status statuses users name a-b 10.0.0.1/8 "a "b" "" "b c" "d." . ... \\ \\" // # < é'.split(
    ' ',
  );
const line = fc
  .tuple(
    fc.constantFrom('', '    ', '\t'),
    fc.array(fc.constantFrom(...WORDS, 'set', 'edit', 'x', '"y"'), { maxLength: 5 }),
  )
  .map(([indent, words]) => `${indent}${words.join(' ')}`);
const usual = fc.constantFrom(
  '    edit "x"',
  '        set a b',
  '        set status enable',
  '        set users "y"',
  '    next',
);
const text = fc.array(fc.oneof(usual, line), { maxLength: 12 }).map((lines) => `${lines.join('\n')}\n`);

/** The statements of a run, as the slow way reads them. */
function statementsOf(run: string): readonly { readonly verb: string; readonly text: string }[] {
  const bytes = new TextEncoder().encode(run);
  const statements = [];
  for (let at = 0; at < bytes.length; ) {
    let start = at;
    while (bytes[start] === 32) start += 1;
    const end = endOfStatement(bytes, start);
    expect(end, run).toBe(run.indexOf('\n', at));
    statements.push({ verb: verbAt(bytes, start, end), text: run.slice(start, end) });
    at = end + 1;
  }
  return statements;
}

it('takes only lines that are statements of their own', () => {
  fc.assert(
    fc.property(text, (latin) => {
      const run = latin.slice(0, endOfSkippedRun(latin, 0));
      for (const { verb } of statementsOf(run)) expect(['set', 'edit', 'next']).toContain(verb);
    }),
  );
});

it('takes no setting that is read or may have been shortened, and no entry with one that makes it read', () => {
  fc.assert(
    fc.property(text, (latin) => {
      const settings = latin.slice(0, UNREAD.settings?.(latin, 0));
      for (const { verb, text: statement } of statementsOf(settings)) {
        expect(verb).toBe('set');
        expect(statement).not.toMatch(/^set (?:status|users)(?: |$)|\.$|\."$/);
      }
      const entries = statementsOf(latin.slice(0, UNREAD.entries?.(latin, 0)));
      expect(entries.map(({ verb }) => verb).join(' ')).toMatch(/^(?:edit (?:set )*next ?)*$/);
      for (const { text: statement } of entries) expect(statement).not.toMatch(/^set users(?: |$)|\.$|\."$/);
    }),
  );
});

it.each([
  ['lines', '        set a b\n'.repeat(1_000_000), 0],
  ['values', `set a${' "b"'.repeat(1_000_000)}\n`, 0],
  ['blanks', `set a "${' '.repeat(1_000_000)}"\n`, 'all'],
  ['letters', `set a ${'b'.repeat(1_000_000)}\n`, 'all'],
])('reads any number of %s without an overflow of the stack', (_, latin, taken) => {
  expect(endOfSkippedRun(latin, 0)).toBeLessThanOrEqual(latin.length);
  expect(UNREAD.settings?.(latin, 0)).toBeLessThanOrEqual(latin.length);
  const entry = `edit 1\n${latin}next\n`;
  expect(UNREAD.entries?.(entry, 0)).toBe(taken === 'all' ? entry.length : 0);
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/engine/fortios/config/parse.ts';
import type { ConfigBlock } from '../../../../src/engine/fortios/config/types.ts';
import { parse } from './parsed-config.ts';

function linesOf(block: ConfigBlock): number[] {
  return [
    block.line,
    ...block.settings.map((each) => each.line),
    ...block.blocks.flatMap(linesOf),
    ...block.entries.flatMap((entry) => [
      entry.line,
      ...entry.settings.map((each) => each.line),
      ...entry.blocks.flatMap(linesOf),
    ]),
  ];
}

describe('any text', () => {
  const word = fc.constantFrom(
    'config',
    'edit',
    'set',
    'unset',
    'next',
    'end',
    'abort',
    'append',
    'system',
    'global',
    'vdom',
    'ftm-push',
    '"',
    "'",
    '\\',
    '#',
    '<---',
    '>>',
    '\t',
    '\r',
    'x',
    '0',
    '"a b"',
    '\u00a0',
    '--More-- ',
    '#config-version=',
  );
  const line = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  );

  it('never throws, and places everything within the text', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const document = parseConfig(lines);
        const places = [
          ...document.blocks.flatMap(linesOf),
          ...document.problems.map((problem) => problem.line),
        ];
        expect(places.every((place) => place >= 1 && place <= lines.length)).toBe(true);
      }),
    );
  });

  it.each([
    ['one open quote', `config system test\nset a "${'x'.repeat(10_000_000)}`],
    ['escapes', `config system test\nset a "${'\\"'.repeat(2_000_000)}"`],
    ['quoted words', `config system test\nset a ${'"x\\"" '.repeat(500_000)}`],
    ['apostrophes', `config system test\nset a ${"'".repeat(1_000_001)}`],
    ['open quotes in every line', `config system test\n${'set a "b\n'.repeat(200_000)}`],
    ['deep nesting', 'config a\n'.repeat(200_000) + 'next\n'.repeat(200_000)],
    ['arrows', `config system test\nset a ${'-'.repeat(3_000_000)}`],
    ['backslashes at line ends', `config system test\nset a \\\n${'\\\n'.repeat(300_000)}`],
  ])('finishes with %s', (_what, text) => {
    expect(parse(text).closed).toBe(false);
  });
});

describe('a line that mail broke between two words', () => {
  const values = (...lines: string[]) =>
    parseConfig(['config system interface', '    edit "wan1"', ...lines]).blocks[0]?.entries[0]?.settings[0]
      ?.values ?? [];
  const long = '        set allowaccess ping https ssh snmp http fgfm';

  it('is one line again', () => {
    expect(values(long, 'radius-acct ftm', '        set role wan').at(-1)).toBe('ftm');
    expect(values(`${long}  `, '   ftm', '', '    next').at(-1)).toBe('ftm');
  });

  it.each([
    ['short', ['        set allowaccess ping', 'ftm', '    next']],
    ['followed by prose', [long, 'Kind regards', 'Ana', 'P.S. ftm']],
    ['followed by a prompt', [long, 'EDGE # ', '    next']],
    ['the last', [long, 'ftm']],
  ])('is left alone where it is %s', (_what, lines) => {
    expect(values(...lines)).not.toContain('ftm');
  });
});

describe('a line that a terminal of 80 columns broke', () => {
  const long = '        set allowaccess ping https ssh snmp http fgfm radius-acct probe-response fabric ftm';
  const interfaceOf = (...inner: string[]) =>
    parseConfig(['config system interface', '    edit "wan1"', ...inner, '    next', 'end']).blocks[0]
      ?.entries[0];

  it('is one line again, and keeps its place', () => {
    const entry = interfaceOf(long.slice(0, 80), long.slice(80), '        set role wan');
    expect(entry?.settings.map(({ name, line }) => [name, line])).toEqual([
      ['allowaccess', 3],
      ['role', 5],
    ]);
    expect(entry?.settings[0]?.values.at(-1)).toBe('ftm');
  });

  it.each([
    ['shorter', long.slice(0, 40), long.slice(40)],
    ['followed by a line of its own', long.slice(0, 80), '        set role wan'],
    ['followed by a comment', long.slice(0, 80), '# ours'],
  ])('is left alone where it is %s', (_name, first, second) => {
    const [setting] = interfaceOf(first, second)?.settings ?? [];
    expect(setting?.values).toEqual(first.trim().split(' ').slice(2));
  });
});

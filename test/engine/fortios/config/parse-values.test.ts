import { describe, expect, it } from 'vitest';
import { setting } from '../../../../src/engine/fortios/config/find.ts';
import { parse } from './parsed-config.ts';

function valuesOf(text: string): readonly string[] | undefined {
  const [block] = parse(`config system test\n${text}\nend`).blocks;
  return block?.settings[0]?.values;
}

describe('settings', () => {
  it('are found wherever they stand between other lines', () => {
    const [block] = parse(
      'config system test\nset a 1\nset b 2\n\n# note\nset c "x\ny"\nset d 4\nconfig inner\nset z 1\nend\nset e 5\nend',
    ).blocks;
    expect(block?.settings.map(({ name, line, values }) => [name, line, ...values])).toEqual([
      ['a', 2, '1'],
      ['b', 3, '2'],
      ['c', 6, 'x\ny'],
      ['d', 8, '4'],
      ['e', 12, '5'],
    ]);
  });
});

describe('values', () => {
  it.each([
    ['plain words', 'set allowaccess ping https ftm', ['ping', 'https', 'ftm']],
    ['several spaces and tabs', 'set  ip\t192.0.2.1   255.255.255.0 ', ['192.0.2.1', '255.255.255.0']],
    ['a quoted value', 'set server "vpn.example.com"', ['vpn.example.com']],
    ['an empty value', 'set server ""', ['']],
    ['a blank value', 'set server-cert " "', [' ']],
    ['escaped quotes', String.raw`set comment "say \"hi\" \\ \'x\'"`, [String.raw`say "hi" \ 'x'`]],
    ['other escapes stay', String.raw`set pattern "\d+\n"`, [String.raw`\d+\n`]],
    ['single quotes keep all', String.raw`set pattern 'a\"b'`, [String.raw`a\"b`]],
    ['escapes outside quotes', String.raw`set name a\ b`, ['a b']],
    ['adjacent pieces', String.raw`set name "a"b'c'\"`, ['abc"']],
    ['an apostrophe', `set name don't`, [`don't`]],
    ['two quoted values', 'set member "a b" "c"', ['a b', 'c']],
    ['a quoted hash', 'set comment "a # b"', ['a # b']],
    ['a placeholder', 'set password ENC <redacted>', ['ENC', '<redacted>']],
    ['a numbered placeholder', 'set server fgt-<host#1>', ['fgt-<host#1>']],
    ['CRLF', 'set status enable\r', ['enable']],
    ['no-break spaces', '\u00a0\u00a0set\u00a0status\u00a0enable', ['enable']],
  ])('reads %s', (_what, line, values) => {
    expect(valuesOf(line)).toEqual(values);
  });

  it.each([
    ['set server "198.51.100.7"  >> wan ip of the FGT', ['198.51.100.7']],
    ['set server "fqdn"  <----- DDNS name, don\'t forget', ['fqdn']],
    ['set status enable <---', ['enable']],
    ['set status enable<---', ['enable']],
    ['set status enable   # must be on', ['enable']],
    ['set status enable --> must be "on', ['enable']],
    ['set status enable ← here', ['enable']],
    ['set status enable (default is disable)', ['enable']],
    ['set status enable // needed', ['enable']],
  ])('leaves the note out of %s', (line, values) => {
    expect(valuesOf(line)).toEqual(values);
    expect(parse(`config system test\n${line}\nend`).problems).toEqual([]);
  });

  it('keeps the line as written, without its indent', () => {
    const [block] = parse('config system ftm-push\n    set server "a"  >> note\nend').blocks;
    expect(block?.settings[0]).toMatchObject({ line: 2, text: 'set server "a"  >> note' });
  });
});

describe('values over several lines', () => {
  it('reads through lines that look like commands and prompts', () => {
    const document = parse(
      [
        'config system replacemsg admin "pre_admin-disclaimer-text"',
        '    set buffer "first',
        'config system ftm-push',
        'end',
        'FGT-EDGE # ',
        '    set status disable',
        'last \\"word\\""',
        '    set format html',
        'end',
      ].join('\n'),
    );
    expect(document.closed).toBe(true);
    expect(document.problems).toEqual([]);
    const [block, ...others] = document.blocks;
    expect(others).toEqual([]);
    expect(block?.path).toBe('system replacemsg admin pre_admin-disclaimer-text');
    expect(block?.settings.map((each) => [each.name, each.line])).toEqual([
      ['buffer', 2],
      ['format', 8],
    ]);
    expect(block?.settings[0]?.values).toEqual([
      'first\nconfig system ftm-push\nend\nFGT-EDGE # \n    set status disable\nlast "word"',
    ]);
  });

  it('joins a line that ends in a backslash', () => {
    expect(valuesOf('set buffer "a\n"c\\\nd')).toEqual(['a\ncd']);
  });

  it.each([
    ['and the rest has none', 'set alias "wan', 'set vdom root'],
    ['and the next value is quoted', 'set alias "wan', 'set vdom "root"'],
    ['and JSON stands below', 'set alias "wan', 'set vdom root\n{"sender":"FGT-1"}'],
    ['and an empty value follows', 'set alias "wan', 'set comment ""'],
  ])('ends a value with its line where a quote is never closed %s', (_what, first, second) => {
    const document = parse(`config system interface\nedit "wan1"\n${first}\n${second}\nnext\nend`);
    expect(document.closed).toBe(true);
    expect(document.problems[0]).toEqual({ line: 3, what: 'a quote is opened and never closed' });
    const [entry] = document.blocks[0]?.entries ?? [];
    expect(entry?.settings.map((each) => each.name)).toHaveLength(2);
    expect(entry?.settings[0]?.values).toEqual(['wan']);
  });
});

describe('setting', () => {
  it.each([
    ['the last set wins', 'set a 1\nset a 2', ['2']],
    ['unset removes', 'set a 1\nunset a', undefined],
    ['set after unset', 'unset a\nset a 3', ['3']],
    ['append adds', 'set a 1\nappend a 2 3', ['1', '2', '3']],
    ['append alone', 'append a 2', ['2']],
    ['select replaces', 'set a 1 2\nselect a 2', ['2']],
    ['unselect takes away', 'set a 1 2 3\nunselect a 2', ['1', '3']],
    ['absent', 'set b 1', undefined],
  ])('%s', (_what, lines, values) => {
    const document = parse(`config system test\n${lines}\nend`);
    const [block] = document.blocks.filter(({ path }) => path === 'system test');
    expect(block && setting(block, 'a')?.values).toEqual(values);
  });
});

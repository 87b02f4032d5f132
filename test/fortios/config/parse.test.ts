import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBlocks, setting } from '../../../src/fortios/config/find.ts';
import { parseConfig } from '../../../src/fortios/config/parse.ts';
import type { ConfigBlock } from '../../../src/fortios/config/types.ts';

function parse(text: string) {
  return parseConfig(text.split('\n'));
}

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

describe('structure', () => {
  it('nests blocks in entries and in objects', () => {
    const document = parse(`
config vpn ssl settings
    set port 10443
    config authentication-rule
        edit 1
            set groups "vpn-users"
        next
    end
end
config system interface
    edit "wan1"
        set ip 198.51.100.10 255.255.255.0
        config secondaryip
            edit 1
                set ip 198.51.100.11 255.255.255.0
            next
        end
    next
end`);
    expect(document).toMatchObject({ closed: true, problems: [] });
    const [ssl, interfaces] = document.blocks;
    expect(ssl?.blocks[0]?.entries[0]?.settings[0]?.values).toEqual(['vpn-users']);
    expect(interfaces?.entries[0]?.blocks[0]?.path).toBe('secondaryip');
    expect(interfaces?.entries[0]?.blocks[0]?.entries[0]?.closed).toBe(true);
  });

  it('closes an entry whose `next` is missing', () => {
    const document = parse(
      'config user local\nedit "a"\nset type ldap\nedit "b"\nend\nconfig system dns\nend',
    );
    expect(document).toMatchObject({ closed: true, problems: [] });
    expect(document.blocks.map((block) => block.path)).toEqual(['user local', 'system dns']);
    expect(document.blocks[0]?.entries.map((entry) => [entry.key, entry.closed])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('goes on with an entry that is edited again, and makes a new one for `edit 0`', () => {
    const document = parse(
      'config firewall policy\nedit 7\nset a 1\nnext\nedit 7\nset a 2\nnext\nedit 0\nnext\nedit 0\nend',
    );
    expect(document.blocks[0]?.entries.map((entry) => [entry.key, entry.settings.length])).toEqual([
      ['7', 2],
      ['0', 0],
      ['0', 0],
    ]);
  });

  it('dissolves the wrappers of a multi-VDOM configuration', () => {
    const document = parse(`#config-version=FGVM64-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin
#conf_file_ver=1
config vdom
edit root
next
edit branch
next
end

config global
config system global
    set hostname "edge"
end
end

config vdom
edit root
config user local
    edit "marlow"
    next
end
end

config vdom
edit branch
config user local
end
config vpn ssl settings
end
end
`);
    expect(document).toMatchObject({ closed: true, problems: [], vdoms: ['root', 'branch'] });
    expect(document.header).toMatchObject({
      model: 'FGVM64',
      version: '7.4.8',
      build: '2795',
      multiVdom: true,
      line: 1,
    });
    expect(document.blocks.map((block) => [block.path, block.scope])).toEqual([
      ['system global', { kind: 'global' }],
      ['user local', { kind: 'vdom', name: 'root' }],
      ['user local', { kind: 'vdom', name: 'branch' }],
      ['vpn ssl settings', { kind: 'vdom', name: 'branch' }],
    ]);
  });

  it('takes `next` and `edit` to go from one VDOM to the next', () => {
    const document = parse(
      'config vdom\nedit a\nconfig user local\nend\nnext\nedit b\nconfig user group\nend\nnext\nend',
    );
    expect(document).toMatchObject({ closed: true, problems: [], vdoms: ['a', 'b'] });
    expect(document.blocks.map((block) => block.scope)).toEqual([
      { kind: 'vdom', name: 'a' },
      { kind: 'vdom', name: 'b' },
    ]);
  });

  it.each([
    ['config system interface\nedit "wan1"\nset vdom root'],
    ['config system interface\nedit "wan1"\nset vdom root\nnext'],
    ['config global\nconfig system dns\nend'],
    ['config vdom\nedit root\nconfig user local\nend'],
    ['config system admin\nedit "a"\nset trusthost1 10.0.0.0 255.0.0.0\nconfig system dns\nend'],
    ['config vpn certificate local\nedit "x"\nset certificate "-----BEGIN\nAAAA\nBBBB'],
  ])('says that a cut text is not closed: %j', (text) => {
    expect(parse(text).closed).toBe(false);
  });

  it('does not put a new root block into one that was cut', () => {
    const document = parse(
      'config system interface\n    edit "wan1"\n        set vdom "root"\nconfig system ftm-push\n    set status enable\nend',
    );
    expect(document.blocks.map((block) => [block.path, block.closed])).toEqual([
      ['system interface', false],
      ['system ftm-push', true],
    ]);
  });

  it('reports what it cannot read and goes on', () => {
    const document = parse(
      'Hello\nconfig system dns\nwhat is this\n# a comment\nset primary 192.0.2.53\nend\nend\nnext\nset x y\nedit z\nconfig',
    );
    expect(document.problems.map((problem) => problem.line)).toEqual([1, 3, 7, 8, 9, 10, 11]);
    expect(document.blocks[0]?.settings[0]?.values).toEqual(['192.0.2.53']);
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
    const [block] = findBlocks(document, 'system test');
    expect(block && setting(block, 'a')?.values).toEqual(values);
  });
});

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

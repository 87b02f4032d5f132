import { globSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDERS, findSpans } from '../../../src/engine/redact/finders-for.ts';
import { toLineForm } from '../../../src/engine/redact/line-form.ts';
import { Redactor } from '../../../src/engine/redact/redactor.ts';
import { mergeSpans, type Span } from '../../../src/engine/redact/spans.ts';
import { inWhole } from '../../../src/engine/redact/wrapped.ts';
import { sampleOf } from '../../support/amount.ts';
import { PLACEMENTS } from './placements.ts';

/** `/a:587\//`, `'5432|3306'` */
const PATTERN_OR_TEXT =
  /(?<=[=(,:[\s!&|])\/(?![*/ ])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
/** `{8,512}` in a pattern, and a class of digits `[123]` */
const REPEAT = /\{\d+(?:,\d*)?\}|\[\d+\]/g;
const NUMBER = /(?<![\w#{,.])\d{3,}(?![\w}])/g;

/** Redacts all lines with one redactor, which remembers harmless ones. */
function redactLines(...lines: readonly string[]): readonly string[] {
  const redactor = new Redactor();
  return lines.map((line) => redactor.line(line));
}

describe('a line that was harmless before', () => {
  it('is a secret where it names an SNMP community', () => {
    const name = '        set name "branch-reader"';
    const lines = redactLines(name, name, 'config system snmp community', '    edit 1', name, 'end', name);
    expect(lines.slice(0, 2)).toEqual([name, name]);
    expect(lines[4]).not.toContain('branch-reader');
    expect(lines[6]).toBe(name);
  });

  it('is a secret in a community of another device, whose first line was harmless before', () => {
    const lines = ['config system snmp community', '    edit 1', '        set name "branch-reader"'];
    expect(redactLines(...lines)[2]).not.toContain('branch-reader');
    expect(redactLines(...lines)[2]).not.toContain('branch-reader');
  });

  it('is a secret where a label above ended its line', () => {
    const value = '    set hunter2-hunter2';
    const [first, , second] = redactLines(value, 'Password:', value);
    expect(first).toBe(value);
    expect(second).toBe(redactedBelow('Password:', value));
  });

  it('is a secret in a community where it was settled outside', () => {
    const line = '        set name "branch-reader" psksecret hunter2-hunter2';
    const outside = redactLines(line, line);
    const inside = redactLines('config system snmp community', line)[1];
    expect(outside[1]).toBe(outside[0]);
    expect(outside[0]).not.toContain('hunter2');
    expect(inside).not.toContain('hunter2');
    expect(inside).not.toContain('branch-reader');
  });

  it('is hidden inside of a private key', () => {
    const line = '  set abcdefghijklmnop';
    const [, , inside] = redactLines(line, '-----BEGIN PRIVATE KEY-----', line);
    const alone = new Redactor();
    alone.line('-----BEGIN PRIVATE KEY-----');
    expect(inside).toBe(alone.line(line));
  });
});

describe('a line without a secret of its own', () => {
  it('is a secret in a community, where it was read below an open setting before', () => {
    const name = '        set name "branch-guest"';
    const [, before] = redactLines('        set type password', name);
    const inside = redactLines('config system snmp community', '        set type password', name)[2];
    expect(before).toBe(name);
    expect(inside).not.toContain('branch-guest');
  });

  it('is a secret where a label above it ended its line', () => {
    const value = 'hunter2-hunter3';
    const [, before] = redactLines('        set type password', value);
    expect(before).toBe(value);
    expect(redactLines('Password:', value)[1]).not.toContain('hunter3');
  });
});

it('finds in a name and its one value what all finders find', () => {
  const planted = ['AKIA', 'eyJ', 'SH2', 'AK1', 'ghp', 'ENC', 'APA91b', 'FGT60FTK00000000', 'password', 'R0'];
  const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('');
  const value = fc.array(fc.constantFrom(...base64, ...planted), { minLength: 8, maxLength: 100 });
  const names = ['passwd', 'psksecret', 'key', 'token', 'name', 'user', 'md5-key', 'uuid', 'sid', 'comment'];
  fc.assert(
    fc.property(fc.constantFrom(...names), value, fc.constantFrom('', '=', '=='), (name, parts, end) => {
      const context = { inCommunity: false, inHeaders: false, inSecretData: false };
      for (const lead of [`        set ${name} ENC `, `set ${name} `, `${name}: `, `${name}=`]) {
        const line = `${lead}${parts.join('')}${end}`;
        const spansOf = (find: (whole: string) => readonly Span[]) => mergeSpans(inWhole(line, find));
        expect(spansOf((whole) => findSpans(whole, context))).toEqual(
          spansOf((whole) => FINDERS.flatMap((finder) => finder.find(whole, context))),
        );
      }
    }),
    { examples: [['passwd', ['ENC', '/', 'A', 'A', 'A', 'A', 'A', 'A', 'A', 'A'], '']] },
  );
});

describe('an answer that was harmless before', () => {
  const ANSWER = 'Token server status: reachable';
  const BEFORE = [
    'Password:',
    'config system snmp community',
    'user;password',
    '-----BEGIN PRIVATE KEY-----',
  ];

  it.each(BEFORE)('is redacted as if it were new below %s', (above) => {
    const [first, , below] = redactLines(ANSWER, above, ANSWER);
    expect(first).toBe(ANSWER);
    expect(below).toBe(redactedBelow(above, ANSWER));
  });

  it('keeps its number where it holds a token of an earlier redaction', () => {
    const line = 'Token server: <password#7>';
    for (let turn = 0; turn < 2; turn += 1) {
      const [, hidden] = redactLines(line, 'set passwd hunter2-hunter2');
      expect(hidden).toContain('<password#8>');
    }
  });
});

describe('a line that differs in its numbers from one before', () => {
  const CONTEXT = { inCommunity: false, inHeaders: false, inSecretData: false };
  /** Of the same length, with digits that base32 has at the same places. */
  const PAIRS = [
    ['119', '898'],
    ['2353', '7642'],
    ['20334', '70267'],
    ['483920', '294780'],
  ] as const;
  /** Each line with a number behind each of its first words, or at their end. */
  const ALL = PLACEMENTS.flatMap(({ text }) => text.split('\n')).flatMap((line) =>
    Array.from(line.matchAll(/(?<=[a-z]{3})(?= [a-z]{2})/g), ({ index }) => [
      line.slice(0, index),
      line.slice(index),
    ]).slice(0, 2),
  );
  const LINES = sampleOf(ALL, 4, 0);

  it.each([' ', ''])(
    'has its secrets in the same places where its form is the same: "%s" before the number',
    (gap) => {
      const alike = LINES.flatMap(([head, tail], at) => {
        const pair = (PAIRS[at % PAIRS.length] ?? PAIRS[0]).map((number) => `${head}${gap}${number}${tail}`);
        return new Set(pair.map(toLineForm)).size === 1 ? [pair] : [];
      });
      const differing = alike.filter((pair) => {
        const found = pair.map((line) => findSpans(line, CONTEXT).map(({ start, end }) => [start, end]));
        return JSON.stringify(found[0]) !== JSON.stringify(found[1]);
      });
      expect(alike.length).toBeGreaterThan(LINES.length / 2);
      expect(differing).toEqual([]);
    },
  );

  it.each([
    ['the password for u119 is Kx8vTq119', 'the password for u819 is Kx8vTq819'],
    ['code 483920 for u119', 'code 294780 for u891'],
    ['psk: kiwi4391 on port 8443', 'psk: kiwi5381 on port 9224'],
    ['FGT60FTK20003481', 'FGT60FTK20002798'],
  ])('has a secret of its own: %s', (one, other) => {
    const [, hidden] = redactLines(one, other);
    expect(toLineForm(other)).toBe(toLineForm(one));
    expect(hidden?.replaceAll(/#2>/g, '#1>')).toBe(new Redactor().line(other));
    expect(hidden).toContain('#2>');
  });

  it.each([
    ['Igel-Nord-119 was Igel-Nord-119', 'Igel-Nord-119 was Igel-Nord-819'],
    ['sha256 of it', 'sha257 of it'],
    ['p1234=abc', 'p1324=abc'],
    ['at %3456', 'at %3465'],
    ['0010 4500', '0090 4500'],
    ['code 483920', 'code 483020'],
    ['abcd2345', 'abcd1345'],
  ])('has another form: %s', (one, other) => {
    expect(toLineForm(other)).not.toBe(toLineForm(one));
  });

  it('keeps each number that a pattern or a word list of the finders names', () => {
    const numbers = globSync('src/engine/redact/**/*.ts').flatMap((path) => {
      const code = readFileSync(path, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      return (
        code.match(PATTERN_OR_TEXT)?.flatMap((text) => text.replaceAll(REPEAT, '').match(NUMBER) ?? []) ?? []
      );
    });
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number) => !toLineForm(` ${number} `).startsWith(` ${number} `))).toEqual([]);
  });

  it('is a row of the same table', () => {
    const rows = redactLines(
      'user   host    secret',
      'u119   fw1     Kx8vTq119',
      'u819   fw1     Kx8vTq819 or Igel#Hase8',
    );
    expect(rows.join()).not.toMatch(/Kx8|Igel/);
  });

  it('has a secret beside the token of a cell, where the line before had none', () => {
    const cell = (text: string) => `<tr><td>password</td><td>Kx8vTq119</td></tr> ${text}`;
    const [, hidden] = redactLines(cell('psk: none'), cell('psk: Lp2Vx7wz'));
    expect(hidden).not.toMatch(/Kx8|Lp2/);
  });

  it('opens a label as the one before did', () => {
    const [, , hidden] = redactLines('vpn 119 password:', 'vpn 819 password:', 'Kx8vTq9z');
    expect(hidden).toBe('<password#1>');
  });

  it('is hidden where its number makes it a key', () => {
    const key = (group: string) => `the code: abcd efgh ${group} ijkl mnop`;
    const [harmless, secret] = redactLines(key('1819'), key('2345'));
    expect(harmless).toBe(key('1819'));
    expect(secret).not.toContain('efgh');
  });
});

it('hides nothing in a setting that is an address, wherever it stands', () => {
  const names = fc.constantFrom('ip', 'subnet', 'extip', 'gateway', 'dst', 'trusthost1', 'trusthost10');
  const address = fc.array(fc.nat(999), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(names, address, fc.option(address), (name, one, other) => {
      const line = `        set ${name} ${[one, other ?? []].flat().join(' ')}`;
      // In a line that is not remembered, every finder reads the same setting.
      const redactor = new Redactor();
      expect(redactor.line(`\u00a0${line}`)).toBe(`\u00a0${line}`);
      expect(redactor.isOpen()).toBe(false);
      expect(redactor.line(line)).toBe(line);
    }),
  );
});

/** As a redactor hides it that has not seen the line before. */
function redactedBelow(above: string, line: string): string {
  const redactor = new Redactor();
  redactor.line(above);
  return redactor.line(line);
}

import { describe, expect, it } from 'vitest';
import { isAbridged, isOmission } from '../../../../src/engine/fortios/config/omission.ts';
import { parseConfig } from '../../../../src/engine/fortios/config/parse.ts';

describe('lines that say that others are missing', () => {
  it.each([
    '...',
    '        ...',
    '…',
    '[...]',
    '[…]',
    '(... 5 more ...)',
    '. . .',
    '# ... other admins',
    '<snip>',
  ])('are such as %s', (line) => expect(isOmission(line)).toBe(true));
  it.each([
    '--- output omitted ---',
    '[truncated]',
    '<removed>',
    '# snipped',
    '-- cut here --',
    'and so on',
    'etc.',
  ])('are such as %s', (line) => expect(isOmission(line)).toBe(true));
  it.each(['', '# all of them', 'EDGE # ', '#conf_file_ver=1', 'see above', '"cut" it is', '.', 'executed'])(
    'are not such as %j',
    (line) => expect(isOmission(line)).toBe(false),
  );

  it('may be the last word of a list', () => {
    expect(isAbridged(['allowaccess', 'ping', '...'])).toBe(true);
    expect(isAbridged(['allowaccess', 'ping', 'ftm'])).toBe(false);
    expect(isAbridged([])).toBe(false);
  });

  it('are none where the dots stand for one secret', () => {
    expect(isAbridged(['psksecret', 'ENC', '...'])).toBe(false);
    expect(isAbridged(['passwd', 'ENC', '…'])).toBe(false);
    expect(isAbridged(['psksecret', 'ENC', 'abc', '...'])).toBe(true);
  });
});

describe('a configuration of which somebody left lines out', () => {
  const parse = (text: string) => parseConfig(text.split('\n')).blocks[0];

  it('has a gap in the entry that is open there', () => {
    const block = parse('config system admin\n edit "a"\n  ...\n next\n edit "b"\n next\nend');
    expect(block?.abridged).toBeUndefined();
    expect(block?.entries.map(({ key, abridged }) => [key, abridged])).toEqual([
      ['a', true],
      ['b', undefined],
    ]);
  });

  it('has a gap in the table between two entries', () => {
    const block = parse('config system admin\n edit "a"\n next\n[...]\nend');
    expect(block).toMatchObject({ abridged: true, entries: [{ key: 'a' }] });
    expect(block?.entries[0]?.abridged).toBeUndefined();
  });

  it('has one where a list ends in dots, and the list does not count', () => {
    const block = parse('config system interface\n edit "wan1"\n  set allowaccess ping ...\n next\nend');
    expect(block?.entries[0]).toMatchObject({ abridged: true, settings: [] });
  });

  it('has none because of what a value says', () => {
    const block = parse('config system admin\n edit "a"\n  set comments "x\n...\n<snip>"\n next\nend');
    expect(block?.entries[0]?.abridged).toBeUndefined();
    expect(block?.abridged).toBeUndefined();
  });
});

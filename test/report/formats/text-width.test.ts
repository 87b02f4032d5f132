import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../../src/report/formats/text/paint.ts';
import { renderTextDocument, wrap } from '../../../src/report/formats/text/render-text.ts';
import { cutToWidth, padToWidth, textWidth } from '../../../src/report/formats/text/text-width.ts';

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['marlow', 6],
    ['größe', 5],
    ['e\u0301', 1],
    ['山田太郎', 8],
    ['ﾔﾏﾀﾞ', 4],
    ['ＡＢ', 4],
    ['김민준', 6],
    ['Иван', 4],
    ['✓ ok', 4],
    ['✅', 2],
    ['❌ marlow', 9],
    ['❔山', 4],
    ['⚠\ufe0f', 2],
    ['👩‍💻', 2],
    ['a\u200bb', 2],
    ['…–·', 3],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('is that of each mark of a report, beside wide characters too', () => {
    for (const mark of '–—‘’“”…›→▸✓✗×·é') {
      const widths = [mark, `山${mark}`, `${mark}\u0301`].map(textWidth);
      expect([mark, ...widths]).toEqual([mark, 1, 3, 1]);
    }
  });
});

describe('columns', () => {
  it('stand under each other, whatever is in them', () => {
    const rows = [
      { cells: ['user', 'outcome'] },
      { cells: ['山田太郎', 'denied'] },
      { cells: ['e\u0301lodie', 'succeeded'] },
    ];
    const table = { kind: 'table', caption: '', titles: [], rows, what: 'row' } as const;
    const text = renderTextDocument({ headline: 'x', parts: [table] }, { width: 80, paint: PLAIN });
    const lines = text.split('\n').slice(2);
    const starts = lines.map((line) => textWidth(line.slice(0, line.search(/(?<=\S {2,})\S/))));
    expect(starts).toEqual([12, 12, 12]);
  });

  it('are filled and cut by width, never inside a character', () => {
    expect(padToWidth('山田', 6)).toBe('山田  ');
    expect(cutToWidth('山田太郎', 6)).toBe('山田…');
    expect(cutToWidth('marlow', 6)).toBe('marlow');
    expect(textWidth(cutToWidth('👩‍💻👩‍💻👩‍💻', 4))).toBe(3);
  });

  it('decide where a line ends', () => {
    expect(wrap('山田太郎 山田太郎 山田太郎', 20)).toEqual(['山田太郎 山田太郎', '山田太郎']);
  });
});

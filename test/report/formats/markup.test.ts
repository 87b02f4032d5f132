import { expect, it } from 'vitest';
import { constant, element, inOnePiece, joinMarkup } from '../../../src/report/formats/html/markup.ts';

const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at));

it.each([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['\u0000', '\\x00'],
  ['\u001b', '\\x1b'],
  ['\u007f', '\\x7f'],
  ['\u202e', '\\u{202e}'],
  ['a\rb', 'a\\x0db'],
  ['one\ntwo', 'one\ntwo'],
  ['é', 'é'],
])('%j is escaped in text and in an attribute', (text, escaped) => {
  for (const [around, same] of [
    ['', ''],
    ['plain ', 'plain '],
    ['&', '&amp;'],
  ] as const) {
    expect(element('p', { title: around + text }, text).markup).toBe(
      `<p title="${same}${escaped}">${escaped}</p>`,
    );
    expect(joinMarkup([text + around]).markup).toBe(escaped + same);
  }
});

it('leaves every other printable character of ASCII as it is', () => {
  for (const character of PRINTABLE.filter((each) => !`&<>"'`.includes(each)))
    expect(joinMarkup([character]).markup).toBe(character);
});

it('joins what is there, and leaves out attributes without a value', () => {
  expect(joinMarkup([undefined, 'a', undefined, constant('<b>'), '']).markup).toBe('a<b>');
  const attributes = { id: 'x', hidden: true, checked: false, title: undefined, colspan: 2 };
  expect(element('td', attributes, undefined, 'a', element('br')).markup).toBe(
    '<td id="x" hidden colspan="2">a<br></td>',
  );
});

it.each(['', 'plain', '\ufeffä → €', '😀 \ud800', '<&>'])('in one piece is the same: %j', (text) => {
  const markup = element('p', { title: text }, text, element('code', {}, text));
  expect(inOnePiece(markup)).toEqual(markup);
});

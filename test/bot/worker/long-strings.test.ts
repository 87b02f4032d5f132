import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOfJsonString, shortenJson } from '../../../src/bot/worker/long-strings.ts';
import { linesOf } from '../../../src/engine/evidence/lines-of.ts';

const LONG = 15_000;

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The parsed value, with each long string as its lines. */
function read(value: unknown): unknown {
  const bytes = bytesOf(value);
  const { json, strings } = shortenJson(bytes);
  return JSON.parse(json, (_key, part: unknown) => {
    const range = strings.get(part as string);
    return range ? [...linesOfJsonString(bytes, range)] : part;
  });
}

const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r\n',
    '\\',
    '\\n',
    '"',
    '\\"',
    '\\\\',
    '\t',
    '\u0000',
    '\u2028',
    '\ud800',
    '中',
    '🔑',
    ' ',
  ),
  fc.string({ maxLength: 8 }),
);
const long = fc
  .array(piece, { minLength: 1, maxLength: 30 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text.length > 0)
  .map((text) => text.repeat(Math.ceil(LONG / text.length)));

it('reads the lines of long strings as JSON.parse would', () => {
  fc.assert(
    fc.property(long, long, fc.string(), (first, second, short) => {
      const items = [first, short, second].map((text, at) => ({ name: `${short}${at}"\\`, text }));
      expect(read({ short, items, more: [short] })).toEqual({
        short,
        items: items.map(({ name, text }) => ({ name, text: text === short ? short : [...linesOf(text)] })),
        more: [short],
      });
    }),
    { numRuns: 100 },
  );
});

it.each([
  ['a text without an end', '{"items":["abc'],
  ['a text that ends after a backslash', '{"a":"b\\'],
  ['nothing', ''],
])('leaves %s to JSON.parse, which refuses it', (_, text) => {
  const { json, strings } = shortenJson(new TextEncoder().encode(text));
  expect([json, strings.size]).toEqual([text, 0]);
  expect(() => JSON.parse(json)).toThrow(SyntaxError);
});

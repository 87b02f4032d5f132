import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonErrorReader } from '../../../../src/engine/fortios/debug/json-errors.ts';
import { anyText } from '../../../support/any-text.ts';

function errorsIn(...lines: readonly string[]) {
  const reader = new JsonErrorReader();
  return [...lines.flatMap((line, at) => reader.read(line, at + 1)), ...reader.end()].map(
    ({ code, message }) => [code, message],
  );
}

const MESSAGE = 'token does not belong to product';

describe('errors in a JSON answer', () => {
  it.each([
    [
      'beside each other',
      [`{"a":{"error_code":31,"error_message":"${MESSAGE}"},"b":{"error_code":17,"error_message":"x"}}`],
      [
        [31, MESSAGE],
        [17, 'x'],
      ],
    ],
    ['message first', [`{"error":{"error_message":"${MESSAGE}","error_code":31}}`], [[31, MESSAGE]]],
    [
      'other fields between',
      [`{"error":{"error_code":31,"detail":{"a":[1,{"b":null}]},"error_message":"${MESSAGE}"}}`],
      [[31, MESSAGE]],
    ],
    ['the number as a string', ['{"error_code":"31"}'], [[31, '']]],
    ['no error', ['{"error":{"error_code":0,"error_message":""},"x":null}'], []],
    [
      'null errors',
      ['{"error":null,"tokens":[{"error":null},{"error":{"error_code":null,"error_message":null}}]}'],
      [],
    ],
    [
      'JSON as a string in JSON',
      ['{"body":"{\\"d\\":{\\"error_code\\":31,\\"error_message\\":\\"m\\"}}"}'],
      [[31, 'm']],
    ],
    ['without its outer marks', ['{\\"d\\":{\\"error_code\\":31,\\"error_message\\":\\"m\\"}}'], [[31, 'm']]],
    ['in the midst', [`,"error_message":"${MESSAGE}","error_code":31}]}`], [[31, MESSAGE]]],
    ['the end is missing', ['{"d":{"error_code":31,"error_message":"token does'], [[31, 'token does']]],
    ['the words as values', ['{"a":"error_code","b":31,"c":["error_code",31]}'], []],
  ] as const)('%s', (_, lines, expected) => {
    expect(errorsIn(...lines)).toEqual(expected);
  });

  const error = fc.record({ error_code: fc.integer({ min: 1, max: 99_999 }), error_message: fc.string() });
  const { reply } = fc.letrec((tie) => ({
    reply: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.integer(),
      fc.string(),
      error,
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('reply'), { maxLength: 4 }),
    object: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('reply'), { maxKeys: 4 }),
  }));

  function planted(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) return value.flatMap(planted);
    if (typeof value !== 'object' || value === null) return [];
    const inner = Object.values(value).flatMap(planted);
    return 'error_code' in value && 'error_message' in value
      ? [...inner, [value.error_code, value.error_message]]
      : inner;
  }

  it('are found at any depth, however the text is cut into lines', () => {
    fc.assert(
      fc.property(reply, fc.integer({ min: 1, max: 90 }), fc.boolean(), (value, width, pretty) => {
        const clean = JSON.stringify({ d: value }, null, pretty ? 2 : 0);
        fc.pre(!clean.includes('\\'));
        const pieces = pretty ? clean.split('\n') : (clean.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []);
        expect(errorsIn(...pieces)).toEqual(planted(value));
      }),
      { numRuns: 500 },
    );
  });

  it('end in no crash, whatever the text is', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (lines) => {
        expect(Array.isArray(errorsIn('{"error_code":', ...lines))).toBe(true);
      }),
    );
  });
});

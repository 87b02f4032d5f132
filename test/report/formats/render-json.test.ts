import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { renderJson } from '../../../src/report/formats/render-json.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

describe('renderJson', () => {
  it.each([DEVICE_CHECK, TWO_USERS, NOT_ENOUGH, EVERYTHING_BROKEN])(
    'keeps all of: $headline',
    (diagnosis) => {
      expect(JSON.parse(renderJson(diagnosis))).toEqual(diagnosis);
    },
  );

  it('gives the same bytes in whatever order the keys come', () => {
    fc.assert(
      fc.property(randomDiagnosis, (diagnosis) => {
        expect(renderJson(reversed(diagnosis) as Diagnosis)).toBe(renderJson(diagnosis));
      }),
      { numRuns: 50 },
    );
  });

  it('begins with the schema and the verdict', () => {
    expect(renderJson(DEVICE_CHECK).split('\n').slice(1, 3)).toEqual([
      '  "schema": "ftm-check/diagnosis@1",',
      '  "verdict": "broken",',
    ]);
  });

  it('refuses what breaks the schema', () => {
    expect(() => renderJson({ ...DEVICE_CHECK, hops: [] })).toThrow('hops');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { runs, sampleOf } from '../../support/amount.ts';
import { PLACEMENTS } from './placements.ts';
import { PLANTINGS } from './planted.ts';

const redacted = (text: string): string => redact([{ name: 'paste', text }]).items[0]?.text ?? '';

/** As the text is before its secrets are replaced: typographic marks are plain ones. */
const before = (text: string): string => normalizeText(text);

/** Quotes that begin or end a value of FortiOS: not those behind a backslash. */
function quotesIn(text: string): number {
  return text.match(/(?<!\\)(?:\\\\)*"/g)?.length ?? 0;
}

/** The last line of a quoted value of several lines, whose opening quote is above. */
const LAST_LINES = [
  'pw: kV3x9TqLm2"',
  'password: kV3x9TqLm2"',
  'set password kV3x9TqLm2"',
  'set psksecret kV3x9TqLm2"',
  'set passwd "kV3x9TqLm2',
  'the password is kV3x9TqLm2"',
  'secret=kV3x9TqLm2"',
  'Kennwort: kV3x9TqLm2"',
  'token: kV3x9TqLm2 kV3x9TqLm3"',
  'set password ENC kV3x9TqLm2kV3x9TqLm2"',
  'PSK: Sommer 2026 "',
  'snmp-server community kV3x9TqLm2"',
  'Authorization: Bearer kV3x9TqLm2kV3x9"',
  'Cookie: SVPNCOOKIE=kV3x9TqLm2kV3x9"',
  '<password>kV3x9TqLm2</password>"',
  'https://wren:kV3x9TqLm2@fgt.example"',
  'curl -u wren:kV3x9TqLm2"',
  'key=kV3x9TqLm2kV3x9TqLm2"',
  'password ',
  'login wren / kV3x9TqLm2"',
  'exec device add x 192.0.2.1 admin kV3x9TqLm2"',
];

describe('redaction keeps every quote that is not escaped', () => {
  it.each(LAST_LINES)('in the last line of a quoted value: %s', (last) => {
    const text = `config system x\n    edit "a"\n        set comment "first\n${last}\n        set status disable\n    next\nend`;
    const output = redacted(text);
    expect(quotesIn(output)).toBe(quotesIn(text));
    expect(output.split('\n').map(quotesIn)).toEqual(before(text).split('\n').map(quotesIn));
  });

  it('in every place of a secret', () => {
    const changed = sampleOf(PLACEMENTS, 16, 0).filter(
      ({ text }) => quotesIn(redacted(text)) !== quotesIn(before(text)),
    );
    expect(changed.map(({ name }) => name)).toEqual([]);
  });

  it.each(PLANTINGS.map((planting) => [planting.name, planting] as const))(
    'around a secret: %s',
    (_, { secret, plant }) => {
      fc.assert(
        fc.property(secret, (value) => {
          const text = plant(value).join('\n');
          if (value.includes('"') || value.includes('\\')) return;
          expect(redacted(text).split('\n').map(quotesIn)).toEqual(before(text).split('\n').map(quotesIn));
        }),
        { numRuns: runs(20) },
      );
    },
  );

  it('whatever the lines are', () => {
    const word = fc.constantFrom(
      'password',
      ':',
      '=',
      '"',
      '\\"',
      'set',
      'psksecret',
      'ENC',
      'pw:',
      'kV3x9TqLm2kV3x9',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      'is',
      '<password>',
      '</password>',
      'Cookie:',
      ' ',
      '  ',
      'token',
      'https://a:b@c',
      '-----BEGIN PRIVATE KEY-----',
      'user',
      '/',
    );
    const line = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = lines.join('\n');
        expect(redacted(text).split('\n').map(quotesIn)).toEqual(before(text).split('\n').map(quotesIn));
      }),
      { numRuns: runs(3_000) },
    );
  });
});

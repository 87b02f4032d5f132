import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { createRedactStream } from '../../../src/engine/evidence/redact-stream.ts';
import { sampleOf } from '../../support/amount.ts';
import { CARRIERS, WRAPPED } from './carriers.ts';
import { legibleIn, PLACEMENTS, type Placement } from './placements.ts';

/** What the reader hands on, read from pieces so small that all of them cut something. */
function read(texts: readonly string[]): string {
  const handed: string[] = [];
  const reader = createRedactStream((name) => {
    handed.push(name);
    return {
      line: (text) => handed.push(text),
      pass: ({ first, last }) => handed.push(first, last),
      end: () => undefined,
    };
  });
  for (const [index, text] of texts.entries()) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7) reader.add(`paste ${index}`, bytes.subarray(at, at + 7));
  }
  reader.finish();
  return handed.join('\n');
}

function redacted(texts: readonly string[]): string {
  const { items } = redact(texts.map((text, index) => ({ name: `paste ${index}`, text })));
  return items.map(({ text }) => text).join('\n');
}

function legible(
  placements: readonly Placement[],
  carry: (text: string) => readonly string[],
  ways = [redacted, read],
) {
  return placements.flatMap(({ name, text }) => {
    const texts = carry(text);
    return ways.some((way) => legibleIn(way(texts)) !== undefined) ? [name] : [];
  });
}

/** Marks of code do not stand inside one another. */
const AMBIGUOUS: Readonly<Record<string, RegExp>> = {
  'in a line of code': /^\| \*\*Password\*\* \| `/,
};

describe('secrets in every place', () => {
  it('are many, and legible before', () => {
    expect(PLACEMENTS.length).toBeGreaterThan(550);
    expect(PLACEMENTS.filter(({ text }) => legibleIn(text) === undefined)).toEqual([]);
  });

  // A sample has all of them in texts, and an eighth in pieces.
  it('are hidden: as they are', () => {
    expect(legible(PLACEMENTS, (text) => [text], [redacted])).toEqual([]);
    expect(legible(sampleOf(PLACEMENTS, 8, 0), (text) => [text], [read])).toEqual([]);
  });

  // A sample has a share of the places in each form, and each place in a share of the forms.
  it.each(Object.entries(CARRIERS).map(([name, carry], index) => ({ name, carry, index })))(
    'are hidden: $name',
    ({ name, carry, index }) => {
      const placements = PLACEMENTS.filter((each) => AMBIGUOUS[name]?.test(each.name) !== true);
      expect(legible(sampleOf(placements, 128, index), carry)).toEqual([]);
    },
  );

  it.each(Object.entries(WRAPPED).map(([name, carry], index) => ({ name, carry, index })))(
    'are hidden where a configuration was cut within them: $name',
    ({ carry, index }) => {
      const options = PLACEMENTS.filter(({ text }) => /^set \S+ "?(?:ENC )?\w+"?$/.test(text));
      expect(options.length).toBeGreaterThan(200);
      expect(legible(sampleOf(options, 16, index), carry)).toEqual([]);
    },
  );

  // A sample has an eighth of them in the text.
  it('are hidden where all of them are one text', () => {
    const text = sampleOf(PLACEMENTS, 8, 1)
      .map((placement) => placement.text)
      .join('\n\n');
    expect(legibleIn(redacted([text]))).toBeUndefined();
    expect(legibleIn(read([text]))).toBeUndefined();
  });
});

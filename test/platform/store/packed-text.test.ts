import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packText, unpackText } from '../../../src/platform/store/packed-text.ts';

const LIMIT = 10_000_000;
const LENGTHS = [0, 1, 249_999, 250_000, 250_001, 2_000_000];

describe('a packed text', () => {
  it.each(LENGTHS)('is the gzip of %i characters in base64', async (length) => {
    const text = textOf(length);
    const packed = await packText(text);
    expect(packed).toBe(gzipSync(text).toString('base64'));
    expect(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')).toBe(text);
    expect(await unpackText(packed, LIMIT)).toBe(text);
  });

  it.each([1_000, 2_000_000])('is refused beyond the limit: %i characters', async (length) => {
    const packed = await packText('ä'.repeat(length));
    await expect(unpackText(packed, 2 * length - 1)).rejects.toThrow('Cannot create a Buffer larger than');
    expect(await unpackText(packed, 2 * length)).toHaveLength(length);
  });

  it.each([10, 1_000_000])('is refused if it is none: %i characters', async (length) => {
    await expect(unpackText('A'.repeat(length), LIMIT)).rejects.toThrow('incorrect header check');
  });
});

/** Does not pack well, so that both ways of unpacking are used. */
function textOf(length: number): string {
  let state = 1;
  const numbers = Array.from({ length: Math.ceil(length / 5) }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return `${(state % 9_000) + 1_000} `;
  });
  return numbers.join('').slice(0, length);
}

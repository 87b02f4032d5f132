import { expect, it } from 'vitest';
import { packPayload, unpackPayload } from '../../../src/platform/queue/packed-payload.ts';

it('stores a short payload as it is', async () => {
  const data = { text: 'short' };
  const stored = await packPayload(data);
  expect(stored).toEqual({ payload: data });
  expect(await unpackPayload(stored)).toEqual(data);
});

it('packs a long payload, and gives back the same', async () => {
  const data = { text: 'config system ftm-push\n'.repeat(100_000), other: ['ü', '\u{1f511}'] };
  const stored = await packPayload(data);
  expect(Object.keys(stored)).toEqual(['packed']);
  expect(JSON.stringify(stored).length).toBeLessThan(100_000);
  expect(await unpackPayload(stored)).toEqual(data);
});

it('refuses what would unpack to more than was ever accepted', async () => {
  const stored = await packPayload('x'.repeat(65_000_000));
  await expect(unpackPayload(stored)).rejects.toThrow();
});

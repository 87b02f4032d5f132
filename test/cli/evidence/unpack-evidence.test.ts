import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openGzip } from '../../../src/cli/evidence/unpack-evidence.ts';
import { MAX_UNPACKED_BYTES } from '../../../src/engine/evidence/decode-text.ts';

/** Bytes that do not get smaller, the same each time. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (state * 48_271) % 2_147_483_647;
    bytes[at] = state;
  }
  return bytes;
}

/** As files are read: the same room for each piece. */
async function* inOneBuffer(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  const room = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    yield room.subarray(0, bytes.copy(room, 0, at, at + size));
  }
}

it('unpacks pieces whose room is used again for the next', async () => {
  const bytes = noise(400_000);
  const unpacked = await buffer(openGzip('log.gz', inOneBuffer(gzipSync(bytes), 10_000)));
  expect(unpacked.equals(bytes)).toBe(true);
});

it('reads no more of an archive than a case may hold', async () => {
  const packed = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1, '\n'));
  async function unpack(): Promise<number> {
    let size = 0;
    for await (const piece of openGzip('log.gz', inOneBuffer(packed, 10_000))) size += piece.length;
    return size;
  }
  await expect(unpack()).rejects.toThrow('log.gz is too large: the limit is 64 MB unpacked.');
});

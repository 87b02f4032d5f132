import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const MIN_CHUNK = 16_384;

/** gzip in base64. */
export async function packText(text: string): Promise<string> {
  return (await promisify(gzip)(text)).toString('base64');
}

/** Rejects if the text is not packed, or is larger than `maxBytes` (UTF-8). */
export async function unpackText(packed: string, maxBytes: number): Promise<string> {
  return (await unpackBytes(packed, maxBytes)).toString('utf8');
}

export async function unpackBytes(packed: string, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(packed, 'base64');
  // With chunks of the usual 16 KB a long text is held twice.
  const chunkSize = Math.min(Math.max(readUnpackedSize(packed) + 1, MIN_CHUNK), maxBytes);
  return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes, chunkSize });
}

/** The size that the end of packed text states. May be wrong if another program wrote it. */
export function readUnpackedSize(packed: string): number {
  const end = Buffer.from(packed.slice(-8), 'base64');
  return end.length < 4 ? 0 : end.readUInt32LE(end.length - 4);
}

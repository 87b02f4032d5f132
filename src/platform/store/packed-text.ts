import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';

/**
 * Characters. Up to here the thread pool costs more than the work: packing 24 KB takes 0.2 ms here, and 0.5 ms of
 * processor time there.
 */
const SHORT_TEXT = 250_000;
const SHORT_PACKED = SHORT_TEXT / 10;
const MIN_CHUNK = 16_384;

/** gzip in base64. */
export async function packText(text: string): Promise<string> {
  const bytes = text.length <= SHORT_TEXT ? gzipSync(text) : await promisify(gzip)(text);
  return bytes.toString('base64');
}

/** Rejects if the text is not packed, or is larger than `maxBytes` (UTF-8). */
export async function unpackText(packed: string, maxBytes: number): Promise<string> {
  return (await unpackBytes(packed, maxBytes)).toString('utf8');
}

export async function unpackBytes(packed: string, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(packed, 'base64');
  // With chunks of the usual 16 KB a long text is held twice.
  const chunkSize = Math.min(Math.max(unpackedBytes(packed) + 1, MIN_CHUNK), maxBytes);
  const options = { maxOutputLength: maxBytes, chunkSize };
  return packed.length <= SHORT_PACKED ? gunzipSync(bytes, options) : await promisify(gunzip)(bytes, options);
}

/** The size that the end of packed text states. May be wrong if somebody else wrote it. */
export function unpackedBytes(packed: string): number {
  const end = Buffer.from(packed.slice(-8), 'base64');
  return end.length < 4 ? 0 : end.readUInt32LE(end.length - 4);
}

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Longer payloads are stored packed, and run one at a time in a process. Characters of JSON. */
const LARGE = 1_000_000;
/** No accepted payload is as long; data that somebody else wrote into Redis may be. Bytes. */
const MAX_UNPACKED = 64_000_000;

const MIN_CHUNK = 16_384;

export type StoredPayload<Data> =
  | { readonly payload: Data }
  /** gzip of its JSON, in base64. */
  | { readonly packed: string };

export async function packPayload<Data>(data: Data): Promise<StoredPayload<Data>> {
  const json = JSON.stringify(data) ?? 'null';
  if (json.length <= LARGE) return { payload: data };
  const packed = await promisify(gzip)(json, { level: 1 });
  return { packed: packed.toString('base64') };
}

export async function unpackPayload<Data>({
  payload,
  packed,
}: {
  readonly payload?: Data;
  readonly packed?: string;
}): Promise<Data> {
  // Only ended jobs have no payload, and BullMQ does not return those.
  if (packed === undefined) return payload as Data;
  const json = await unpackJson(packed);
  const text = json.toString('utf8');
  releaseBytes(json);
  return JSON.parse(text) as Data;
}

/** The JSON of what `packPayload` packed. */
export async function unpackJson(packed: string): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(packed, 'base64');
  // With chunks of the usual 16 KB the text is held twice, and many small pieces fragment the memory of the process.
  const chunkSize = Math.min(Math.max(unpackedSize(bytes) + 1, MIN_CHUNK), MAX_UNPACKED);
  return await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED, chunkSize });
}

/** Frees the memory now: it does not count as heap, so the garbage collector would not free it soon. */
export function releaseBytes({ buffer }: Buffer<ArrayBuffer>): void {
  // Node shares smaller ones between buffers.
  if (buffer.byteLength >= LARGE) buffer.transfer(0);
}

/** The length that the end of a gzip stream states. May be wrong if somebody else wrote it. */
function unpackedSize(bytes: Buffer): number {
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
}

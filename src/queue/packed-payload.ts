import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Longer ones are stored packed, and run one at a time in a process. Characters of JSON. */
const LARGE = 1_000_000;
/** Nothing that was accepted is as long; what somebody else wrote into Redis may be. Bytes. */
const MAX_UNPACKED = 64_000_000;

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
  // Only ended jobs have no payload, and BullMQ does not hand those out.
  if (packed === undefined) return payload as Data;
  const json = await promisify(gunzip)(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_UNPACKED });
  return JSON.parse(json.toString('utf8')) as Data;
}

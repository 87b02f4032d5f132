import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { decodeText, packedWith } from '../evidence/decode-text.ts';
import type { EvidenceItem } from '../evidence/types.ts';

export type Unpacked =
  | {
      readonly kind: 'texts';
      readonly items: readonly EvidenceItem[];
      /** What else was in it and was not read, though it may hold a log. */
      readonly unopened?: readonly string[];
    }
  /** `reason` is for the person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Of all entries together: more is a mistake, or a bomb. */
const MAX_UNPACKED_BYTES = 20_000_000;
const MAX_ENTRIES = 50;

const tooLarge = unreadable(
  `contains more than ${MAX_UNPACKED_BYTES / 1_000_000} MB, together with the other files`,
);
const noText = unreadable('contains no text');
const nested = unreadable('contains another archive: please unpack it, and send the text files');
const tarred = unreadable('is a tar archive: please send its text files, or pack them with zip');
const damaged = unreadable('is damaged and cannot be unpacked');

/** Text, or text in a gzip or zip file, whatever the name says it is. */
export async function readBytes(
  name: string,
  bytes: Uint8Array,
  limit = MAX_UNPACKED_BYTES,
): Promise<Unpacked> {
  const packed = packedWith(bytes);
  if (packed === 'gzip') return await readGzip(name, bytes, limit);
  if (packed === 'zip') return await readZip(bytes, limit);
  if (bytes.length > limit) return tooLarge;
  const decoded = decodeText(bytes);
  if ('text' in decoded) return { kind: 'texts', items: [{ name, text: decoded.text }] };
  const advice = decoded.advice === undefined ? '' : `. ${decoded.advice.replace(/\.$/, '')}`;
  return unreadable(`${decoded.refused}${advice}`);
}

/** The text in a gzip file. What is read is bounded, whatever its header says. */
export async function readGzip(
  name: string,
  packed: Uint8Array,
  limit = MAX_UNPACKED_BYTES,
): Promise<Unpacked> {
  try {
    const bytes = await readAll(Readable.from([packed]).pipe(createGunzip()), limit);
    if (bytes === undefined) return tooLarge;
    const inside = packedWith(bytes);
    if (inside !== undefined) return inside === 'tar' ? tarred : nested;
    const decoded = decodeText(bytes);
    if (!('text' in decoded)) return noText;
    return { kind: 'texts', items: [{ name: name.replace(/\.gz$/i, ''), text: decoded.text }] };
  } catch {
    return damaged;
  }
}

/** The text files in a zip file. Folders, pictures and what archivers add of their own are passed over. */
export async function readZip(packed: Uint8Array, limit = MAX_UNPACKED_BYTES): Promise<Unpacked> {
  try {
    const zip = await fromBufferPromise(Buffer.from(packed), { lazyEntries: true });
    if (zip.entryCount > MAX_ENTRIES) return unreadable(`contains more than ${MAX_ENTRIES} files`);
    const items: EvidenceItem[] = [];
    const unopened: string[] = [];
    let left = limit;
    for await (const entry of zip.eachEntry()) {
      const { fileName: name } = entry;
      if (name.endsWith('/') || name.startsWith('__MACOSX/')) continue;
      if (entry.isEncrypted()) return unreadable('is protected with a password: please send it without one');
      const bytes = await readAll(await zip.openReadStreamPromise(entry), left);
      if (bytes === undefined) return tooLarge;
      left -= bytes.byteLength;
      const decoded = decodeText(bytes);
      if ('text' in decoded) items.push({ name, text: decoded.text });
      else if (packedWith(bytes) !== undefined) unopened.push(name);
    }
    if (items.length > 0) return { kind: 'texts', items, ...(unopened.length === 0 ? {} : { unopened }) };
    return unopened.length > 0 ? nested : noText;
  } catch {
    return damaged;
  }
}

/** Undefined when there is more than `most` bytes of it. */
async function readAll(stream: Readable, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > most) {
      stream.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unreadable(reason: string): Unpacked {
  return { kind: 'unreadable', reason };
}

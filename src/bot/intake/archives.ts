import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { decodeText, packedWith } from '../../engine/evidence/decode-text.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';

export type Unpacked =
  | {
      readonly kind: 'texts';
      readonly items: readonly EvidenceItem[];
      /** Entries that were not read, though they may hold a log. */
      readonly unopened?: readonly string[];
    }
  /** `reason` is for the person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Limit for all entries together; a larger archive is a mistake or an archive bomb. */
const MAX_UNPACKED_BYTES = 20_000_000;
const MAX_ENTRIES = 50;

const TOO_LARGE = unreadable(
  `contains more than ${MAX_UNPACKED_BYTES / 1_000_000} MB, together with the other files`,
);
const NO_TEXT = unreadable('contains no text');
const NESTED_ARCHIVE = unreadable('contains another archive: please unpack it, and send the text files');
const TAR_ARCHIVE = unreadable('is a tar archive: please send its text files, or pack them with zip');
const DAMAGED = unreadable('is damaged and cannot be unpacked');

/** Returns text, or the text in a gzip or zip file; the content decides, not the file name. */
export async function readBytes(
  name: string,
  bytes: Uint8Array,
  limit = MAX_UNPACKED_BYTES,
): Promise<Unpacked> {
  const packed = packedWith(bytes);
  if (packed === 'gzip') return await readGzip(name, bytes, limit);
  if (packed === 'zip') return await readZip(bytes, limit);
  if (bytes.length > limit) return TOO_LARGE;
  const decoded = decodeText(bytes);
  if ('text' in decoded) return { kind: 'texts', items: [{ name, text: decoded.text }] };
  const advice = decoded.advice === undefined ? '' : `. ${decoded.advice.replace(/\.$/, '')}`;
  return unreadable(`${decoded.refused}${advice}`);
}

/** Reads the text in a gzip file. The size is bounded, whatever the header states. */
export async function readGzip(
  name: string,
  packed: Uint8Array,
  limit = MAX_UNPACKED_BYTES,
): Promise<Unpacked> {
  try {
    const bytes = await readAll(Readable.from([packed]).pipe(createGunzip()), limit);
    if (bytes === undefined) return TOO_LARGE;
    const inside = packedWith(bytes);
    if (inside !== undefined) return inside === 'tar' ? TAR_ARCHIVE : NESTED_ARCHIVE;
    const decoded = decodeText(bytes);
    if (!('text' in decoded)) return NO_TEXT;
    return { kind: 'texts', items: [{ name: name.replace(/\.gz$/i, ''), text: decoded.text }] };
  } catch {
    return DAMAGED;
  }
}

/** Reads the text files in a zip file. Folders, pictures and entries that archivers add are skipped. */
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
      if (bytes === undefined) return TOO_LARGE;
      left -= bytes.byteLength;
      const decoded = decodeText(bytes);
      if ('text' in decoded) items.push({ name, text: decoded.text });
      else if (packedWith(bytes) !== undefined) unopened.push(name);
    }
    if (items.length > 0) return { kind: 'texts', items, ...(unopened.length === 0 ? {} : { unopened }) };
    return unopened.length > 0 ? NESTED_ARCHIVE : NO_TEXT;
  } catch {
    return DAMAGED;
  }
}

/** Undefined if there are more than `most` bytes. */
async function readAll(stream: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > limit) {
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

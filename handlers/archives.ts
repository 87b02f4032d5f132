import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { EvidenceItem } from '../src/evidence/types.ts';

export type Unpacked =
  | { readonly kind: 'texts'; readonly items: readonly EvidenceItem[] }
  /** `reason` is for the person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Of all entries together: more is a mistake, or a bomb. */
const MOST_INFLATED = 20_000_000;
const MOST_ENTRIES = 50;

const tooLarge: Unpacked = {
  kind: 'unreadable',
  reason: `holds more than ${MOST_INFLATED / 1_000_000} MB`,
};
const noText: Unpacked = { kind: 'unreadable', reason: 'holds no text' };

/** The text in a gzip file. What is read is bounded, whatever its header says. */
export async function readGzip(name: string, packed: Uint8Array): Promise<Unpacked> {
  try {
    const text = await readText(Readable.from([packed]).pipe(createGunzip()), MOST_INFLATED);
    if (text === undefined) return tooLarge;
    const unpacked = name.replace(/\.t?gz$/i, '');
    return isText(text) ? { kind: 'texts', items: [{ name: unpacked, text }] } : noText;
  } catch {
    return { kind: 'unreadable', reason: 'is damaged: it cannot be unpacked' };
  }
}

/** The text files in a zip file. Folders, pictures and what archivers add of their own are passed over. */
export async function readZip(packed: Uint8Array): Promise<Unpacked> {
  try {
    const zip = await fromBufferPromise(Buffer.from(packed), { lazyEntries: true });
    if (zip.entryCount > MOST_ENTRIES) {
      return { kind: 'unreadable', reason: `holds more than ${MOST_ENTRIES} files` };
    }
    const items: EvidenceItem[] = [];
    let left = MOST_INFLATED;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue;
      if (entry.isEncrypted()) return { kind: 'unreadable', reason: 'is locked with a password' };
      const text = await readText(await zip.openReadStreamPromise(entry), left);
      if (text === undefined) return tooLarge;
      left -= Buffer.byteLength(text);
      if (isText(text)) items.push({ name: entry.fileName, text });
    }
    return items.length === 0 ? noText : { kind: 'texts', items };
  } catch {
    return { kind: 'unreadable', reason: 'is damaged: it cannot be unpacked' };
  }
}

/** Undefined when there is more than `most` bytes of it. */
async function readText(stream: Readable, most: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > most) {
      stream.destroy();
      return undefined;
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What has a NUL byte near its beginning is no text. */
export function isText(text: string): boolean {
  return text.trim() !== '' && !text.slice(0, 8000).includes('\0');
}

import { unzip } from 'fflate';
import { MAX_UNPACKED_BYTES, packedWith } from '../../engine/evidence/decode-text.ts';
import { joinBytes } from '../../engine/evidence/join-bytes.ts';
import { textBytes } from '../../engine/evidence/text-bytes.ts';
import type { PageFile } from './messages.ts';

/** One text of a case, of any length. */
export interface OpenText {
  readonly name: string;
  /** UTF-8. Most texts end here. */
  readonly head: Uint8Array;
  readonly rest?: AsyncIterable<Uint8Array>;
}

/** The reason why a file cannot be read. `reason` continues a sentence that begins with the file's name. */
export class UnreadableFile extends Error {
  readonly advice: string | undefined;

  constructor(name: string, reason: string, advice?: string) {
    super(`${name} ${reason}.`);
    this.advice = advice;
  }
}

/** Longer texts are read in chunks. Bytes. */
const HEAD_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 20;
/** Some Windows tools save UTF-16, but not whole days of debug output. Bytes. */
const MAX_UTF16_BYTES = 64 << 20;
const MAX_ENTRIES = 50;

const WHAT_TO_PASTE =
  'Useful are the debug output of one login (sslvpn, fnbamd, ftm-push), a configuration backup, or a CLI session.';

/** The texts in a file: one, or those of a zip archive. Rejects with `UnreadableFile`. */
export async function openFile({ name, content }: PageFile): Promise<readonly OpenText[]> {
  const magic = await bytesOf(content.slice(0, 512));
  const packed = packedWith(magic);
  if (packed === 'zip') return await openZip(name, content);
  if (packed !== 'gzip') return [await openText(name, content.stream())];
  const unpacked = content.stream().pipeThrough(new DecompressionStream('gzip')).pipeThrough(limited(name));
  return [await openText(name.replace(/\.gz$/i, ''), unpacked)];
}

async function openText(name: string, stream: ReadableStream<Uint8Array>): Promise<OpenText> {
  const pieces = piecesOf(name, stream);
  const { taken, whole } = await take(pieces, HEAD_BYTES);
  const wide = isUtf16(taken) && !whole;
  const head = wide ? (await take(pieces, MAX_UTF16_BYTES + 1, taken)).taken : taken;
  if (head.length > MAX_UTF16_BYTES) {
    throw new UnreadableFile(name, 'is too large for UTF-16: 64 MB are read', 'Save it as UTF-8.');
  }
  const text = textBytes(head, whole || wide);
  if (text.kind === 'refused') throw new UnreadableFile(name, text.reason, text.advice ?? WHAT_TO_PASTE);
  return whole || wide ? { name, head: text.bytes } : { name, head: text.bytes, rest: pieces };
}

/** Ends an archive that holds more than is read. */
function limited(name: string): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let left = MAX_UNPACKED_BYTES;
  return new TransformStream({
    transform(piece, controller) {
      left -= piece.length;
      if (left < 0) throw new UnreadableFile(name, 'contains more than 64 MB', 'Unpack it first.');
      controller.enqueue(piece);
    },
  });
}

async function openZip(name: string, content: Blob): Promise<readonly OpenText[]> {
  if (content.size > MAX_UNPACKED_BYTES) {
    throw new UnreadableFile(name, 'is too large: zip files of up to 64 MB are read', 'Unpack it first.');
  }
  const entries = await unpack(name, await bytesOf(content));
  const texts = entries.flatMap(([entry, bytes]) => {
    const text = textBytes(bytes, true);
    return text.kind === 'text' ? [{ name: entry, head: text.bytes }] : [];
  });
  if (texts.length === 0) throw new UnreadableFile(name, 'contains no text', WHAT_TO_PASTE);
  return texts;
}

async function unpack(name: string, packed: Uint8Array): Promise<readonly (readonly [string, Uint8Array])[]> {
  let size = 0;
  let count = 0;
  let isTooLarge = false;
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, Uint8Array>>();
  unzip(
    packed,
    {
      filter({ name: entry, originalSize }) {
        if (entry.endsWith('/') || entry.startsWith('__MACOSX/')) return false;
        size += originalSize;
        count += 1;
        isTooLarge ||= size > MAX_UNPACKED_BYTES || count > MAX_ENTRIES;
        return !isTooLarge;
      },
    },
    (error, entries) => (error ? reject(error) : resolve(entries)),
  );
  const entries = await promise.catch((cause: unknown) => {
    throw new UnreadableFile(name, `cannot be unpacked (${String(cause)})`, 'Unpack it first.');
  });
  if (isTooLarge) {
    throw new UnreadableFile(
      name,
      'contains more than 64 MB or 50 files',
      'Unpack it, and choose the texts.',
    );
  }
  return Object.entries(entries);
}

function isUtf16(bytes: Uint8Array): boolean {
  const text = textBytes(bytes, false);
  return text.kind === 'text' && text.bytes !== bytes;
}

async function bytesOf(content: Blob): Promise<Uint8Array> {
  return new Uint8Array(await content.arrayBuffer());
}

async function* piecesOf(name: string, stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // A browser may deliver a whole file at once; smaller chunks show the progress of reading.
      for (let at = 0; at < value.length; at += PIECE_BYTES) yield value.subarray(at, at + PIECE_BYTES);
    }
  } catch (cause) {
    throw new UnreadableFile(name, `cannot be read (${String(cause)})`);
  } finally {
    reader.releaseLock();
  }
}

/** `begun` and whole chunks until there are `enough` bytes; `whole` if the text ends before. */
async function take(
  pieces: AsyncGenerator<Uint8Array>,
  enough: number,
  begun: Uint8Array = new Uint8Array(),
): Promise<{ readonly taken: Uint8Array; readonly whole: boolean }> {
  const taken = [begun];
  let total = begun.length;
  while (total < enough) {
    const next = await pieces.next();
    if (next.done) return { taken: joinBytes(taken), whole: true };
    taken.push(next.value);
    total += next.value.length;
  }
  return { taken: joinBytes(taken), whole: false };
}

import { packedWith } from '../../engine/evidence/decode-text.ts';
import { joinBytes } from '../../engine/evidence/join-bytes.ts';
import { textBytes } from '../../engine/evidence/text-bytes.ts';
import { type ArchiveLimits, unpack, unpackedName } from '../../engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import type { PageFile } from './messages.ts';

/** One text of a case, of any length. */
export interface OpenText {
  readonly name: string;
  /** UTF-8. Most texts end here. */
  readonly head: Uint8Array;
  readonly rest?: AsyncIterable<Uint8Array>;
}

/** Longer texts are read in chunks. Bytes. */
const HEAD_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 20;
/** Some Windows tools save UTF-16, but not whole days of debug output. Bytes. */
const MAX_UTF16_BYTES = 64 << 20;

const WHAT_TO_PASTE =
  'Useful are the debug output of one login (sslvpn, fnbamd, ftm-push), a configuration backup, or a CLI session.';

/** The texts in a file: one, or those of an archive. Rejects with `UnreadableFile`. */
export async function openFile(
  { name, content }: PageFile,
  limits: ArchiveLimits,
): Promise<readonly OpenText[]> {
  const head = new Uint8Array(await content.slice(0, 512).arrayBuffer());
  if (packedWith(head) === undefined) return [await openText(name, content.stream())];
  const texts: OpenText[] = [];
  const reasons: string[] = [];
  for await (const file of unpack(name, piecesOf(name, content.stream()), limits)) {
    const text =
      'bytes' in file ? textBytes(file.bytes, true) : ({ kind: 'refused', reason: file.why } as const);
    if (text.kind === 'text') texts.push({ name: unpackedName(file.name), head: text.bytes });
    else reasons.push(text.reason);
  }
  if (texts.length > 0) return texts;
  const [only] = reasons;
  const reason = reasons.length === 1 && only !== undefined ? only : 'contains no text';
  throw new UnreadableFile(name, reason, { advice: WHAT_TO_PASTE });
}

async function openText(name: string, stream: ReadableStream<Uint8Array>): Promise<OpenText> {
  const pieces = piecesOf(name, stream);
  const { taken, whole } = await take(pieces, HEAD_BYTES);
  const wide = isUtf16(taken) && !whole;
  const head = wide ? (await take(pieces, MAX_UTF16_BYTES + 1, taken)).taken : taken;
  if (head.length > MAX_UTF16_BYTES) {
    throw new UnreadableFile(name, 'is too large for UTF-16: 64 MB are read', {
      advice: 'Save it as UTF-8.',
      isTooLarge: true,
    });
  }
  const text = textBytes(head, whole || wide);
  if (text.kind === 'refused') {
    throw new UnreadableFile(name, text.reason, { advice: text.advice ?? WHAT_TO_PASTE });
  }
  return whole || wide ? { name, head: text.bytes } : { name, head: text.bytes, rest: pieces };
}

function isUtf16(bytes: Uint8Array): boolean {
  const text = textBytes(bytes, false);
  return text.kind === 'text' && text.bytes !== bytes;
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
    throw new UnreadableFile(name, `cannot be read (${String(cause)})`, { cause });
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

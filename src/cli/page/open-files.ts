import type { OpenText } from '../../engine/diagnosis/diagnose-texts.ts';
import { packedWith } from '../../engine/evidence/decode-text.ts';
import { readAtLeast, readTextHead, WHAT_TO_PASTE } from '../../engine/evidence/read-head.ts';
import { textBytes } from '../../engine/evidence/text-bytes.ts';
import { type ArchiveLimits, unpack, unpackedName } from '../../engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import type { PageFile } from './messages.ts';

/** Longer texts are read in chunks. Bytes. */
const HEAD_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 20;
/** The texts in a file: one, or those of an archive. Rejects with `UnreadableFile`. */
export async function openFile(
  { name, content }: PageFile,
  limits: ArchiveLimits,
): Promise<readonly OpenText[]> {
  const head = new Uint8Array(await content.slice(0, 512).arrayBuffer());
  if (packedWith(head) === undefined) return [await openText(name, content.stream())];
  const texts: OpenText[] = [];
  const reasons: string[] = [];
  for await (const file of unpack(name, readPieces(name, content.stream()), limits)) {
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
  const pieces = readPieces(name, stream);
  const { head, isComplete } = await readTextHead(name, await readAtLeast(pieces, HEAD_BYTES), pieces);
  return isComplete ? { name, head } : { name, head, rest: pieces };
}

async function* readPieces(name: string, stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
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

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readZip } from '../../bot/intake/archives.ts';
import { MAX_UNPACKED_BYTES } from '../../engine/evidence/decode-text.ts';
import { FtmError } from '../../ftm-error.ts';

interface PackedText {
  readonly name: string;
  readonly text: string;
}

/** Streams the text in a gzip file. Rejects with `ftm_evidence_unreadable` if it is truncated, `ftm_evidence_too_large`. */
export async function* openGzip(
  name: string,
  packed: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip();
  // Errors are thrown to the reader.
  pipeline(Readable.from(copies(packed)), unpacked).catch(() => {});
  try {
    let left = MAX_UNPACKED_BYTES;
    for await (const piece of unpacked as AsyncIterable<Uint8Array>) {
      left -= piece.length;
      if (left < 0) throw tooLarge(name);
      yield piece;
    }
  } catch (error) {
    if (error instanceof FtmError) throw error;
    throw unreadable(name, 'is damaged and cannot be unpacked', error);
  }
}

/** Copies chunks, because a stream reads ahead and a chunk is valid only until the next is requested. */
async function* copies(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

/** Returns the texts in a zip file. Rejects with `ftm_evidence_*`. */
export async function openZip(
  name: string,
  packed: AsyncGenerator<Uint8Array>,
): Promise<readonly PackedText[]> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const piece of copies(packed)) {
    total += piece.length;
    if (total > MAX_UNPACKED_BYTES) throw tooLarge(name);
    chunks.push(piece);
  }
  const unpacked = await readZip(Buffer.concat(chunks), MAX_UNPACKED_BYTES);
  if (unpacked.kind === 'unreadable') throw unreadable(name, unpacked.reason);
  return unpacked.items;
}

/** Any archive of a case, whatever its format. */
export function tooLarge(name: string): FtmError {
  return new FtmError(
    'ftm_evidence_too_large',
    `${name} is too large: the limit is ${MAX_UNPACKED_BYTES >> 20} MB unpacked.`,
    { advice: 'Unpack it, and name the text files.' },
  );
}

function unreadable(name: string, reason: string, cause?: unknown): FtmError {
  return new FtmError('ftm_evidence_unreadable', `${name} ${reason}.`, {
    advice: 'Unpack it with the tool it was made with, and name the text files.',
    cause,
  });
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FtmError } from '../ftm-error.ts';
import { readZip } from '../intake/archives.ts';

/** A zip file is held as a whole, since its table of contents stands at its end. Bytes. */
const MAX_ZIP_BYTES = 64 << 20;

interface PackedText {
  readonly name: string;
  readonly text: string;
}

/** The text in a gzip file, of any length, as it comes. Rejects with `ftm_evidence_unreadable` where it breaks off. */
export async function* openGzip(
  name: string,
  packed: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip();
  // What goes wrong on the way is thrown to whoever reads.
  pipeline(Readable.from(copies(packed)), unpacked).catch(() => {});
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof FtmError) throw error;
    throw unreadable(name, 'is damaged and cannot be unpacked', error);
  }
}

/** A stream asks for pieces ahead, and a piece is valid only until the next is asked for. */
async function* copies(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Uint8Array.from(piece);
}

/** The texts in a zip file. Rejects with `ftm_evidence_*`. */
export async function openZip(
  name: string,
  packed: AsyncGenerator<Uint8Array>,
): Promise<readonly PackedText[]> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of copies(packed)) {
    total += piece.length;
    if (total > MAX_ZIP_BYTES) {
      throw new FtmError(
        'ftm_evidence_too_large',
        `${name} is too large: zip files of up to 64 MB are read.`,
        {
          advice: 'Unpack it and name the texts.',
        },
      );
    }
    pieces.push(piece);
  }
  const unpacked = await readZip(Buffer.concat(pieces));
  if (unpacked.kind === 'unreadable') throw unreadable(name, unpacked.reason);
  return unpacked.items;
}

function unreadable(name: string, why: string, cause?: unknown): FtmError {
  return new FtmError('ftm_evidence_unreadable', `${name} ${why}.`, {
    advice: 'Unpack it with the tool it was made with, and name the texts.',
    cause,
  });
}

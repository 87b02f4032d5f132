import { createReadStream } from 'node:fs';
import { decodeText } from '../../engine/evidence/decode-text.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { throwUnreadable } from './unreadable-reason.ts';

export const MAX_FILE_BYTES = 64 << 20;

/** Reads one text file. Rejects with `ftm_evidence_*`. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readWholeFile(path, 'is too large: the limit is 64 MB', {
    advice: 'Only `analyze` reads files of any size.',
  });
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  throw new UnreadableFile(path, decoded.refused, { advice: decoded.advice });
}

/** At most 64 MB, also of a pipe; `tooLarge` is the reason of the error for more. Rejects with `ftm_evidence_*`. */
export async function readWholeFile(
  path: string,
  tooLarge = 'is larger than 64 MB: analyze it alone',
  { advice }: { readonly advice?: string } = {},
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      chunks.push(chunk as Buffer);
      total += (chunk as Buffer).length;
      if (total > MAX_FILE_BYTES) throw new UnreadableFile(path, tooLarge, { advice, isTooLarge: true });
    }
  } catch (error) {
    throwUnreadable(path, error);
  }
  return Buffer.concat(chunks);
}

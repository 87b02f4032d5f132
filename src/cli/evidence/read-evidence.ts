import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../../engine/evidence/decode-text.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { unreadableReason } from './unreadable-reason.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** Reads one text file. Rejects with `ftm_evidence_*`. */
export async function readTextFile(path: string): Promise<string> {
  const decoded = decodeText(await readFile(path));
  if ('refused' in decoded) {
    throw new FtmError('ftm_evidence_unreadable', `${path} ${decoded.refused}.`, { advice: decoded.advice });
  }
  return decoded.text;
}

async function readFile(path: string): Promise<Buffer> {
  async function* limited(): AsyncGenerator<Buffer> {
    let total = 0;
    for await (const chunk of createReadStream(path)) {
      const bytes = chunk as Buffer;
      total += bytes.length;
      if (total > MAX_BYTES) throw tooLarge(path);
      yield bytes;
    }
  }
  try {
    return await buffer(limited());
  } catch (error) {
    if (error instanceof FtmError) throw error;
    throw new FtmError('ftm_evidence_unreadable', `${path} ${unreadableReason(error)}.`, { cause: error });
  }
}

function tooLarge(name: string): FtmError {
  return new FtmError('ftm_evidence_too_large', `${name} is too large: the limit is 64 MB.`, {
    advice: 'Only `analyze` reads files of any size.',
  });
}

import { decodeText } from '../../engine/evidence/decode-text.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { once } from '../../engine/evidence/unpack/byte-chunks.ts';
import { limitArchives, unpack, unpackedName } from '../../engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { REQUEST_BYTES } from './intake-budget.ts';

export type Unpacked =
  | {
      readonly kind: 'texts';
      readonly items: readonly EvidenceItem[];
      /** Entries that were not read, though they may hold a log. */
      readonly unopened?: readonly string[];
    }
  /** `reason` is for the person. */
  | { readonly kind: 'unreadable'; readonly reason: string };

const TOO_LARGE = `contains more than ${REQUEST_BYTES / 1_000_000} MB, together with the other files`;

/** Returns text, or the texts in an archive; the content decides, not the file name. */
export async function readBytes(
  name: string,
  bytes: Uint8Array,
  limit: number = REQUEST_BYTES,
): Promise<Unpacked> {
  const items: EvidenceItem[] = [];
  const unopened: string[] = [];
  const reasons: string[] = [];
  try {
    for await (const file of unpack(name, once(bytes), limitArchives({ bytes: limit }))) {
      const read = 'bytes' in file ? decodeText(file.bytes) : { refused: file.why };
      if ('text' in read) items.push({ name: unpackedName(file.name), text: read.text });
      else {
        if ('why' in file) unopened.push(file.name);
        reasons.push([read.refused, read.advice?.replace(/\.$/, '') ?? []].flat().join('. '));
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { code, reason } = error;
    const isTooLong = code === 'ftm_evidence_too_large' && reason.startsWith('is too large');
    return { kind: 'unreadable', reason: isTooLong ? TOO_LARGE : reason };
  }
  if (items.length > 0) return { kind: 'texts', items, ...(unopened.length === 0 ? {} : { unopened }) };
  const [only] = reasons;
  const reason = reasons.length === 1 && only !== undefined ? only : 'contains no text';
  return { kind: 'unreadable', reason };
}

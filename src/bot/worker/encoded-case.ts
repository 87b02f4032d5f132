import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';

/**
 * A case with its texts as bytes. Bytes are outside of the heap, and one character beyond Latin-1 does not double
 * their size as it does with a string.
 */
export interface EncodedCase {
  /** Its items have no text. */
  readonly evidence: RedactedCase;
  /** UTF-8, in the order of the items. */
  readonly texts: readonly Uint8Array<ArrayBuffer>[];
}

const LF = 0x0a;
const encoder = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export function encodeCase(evidence: RedactedCase): EncodedCase {
  const texts = evidence.items.map(({ text }) => encoder.encode(text));
  const items = evidence.items.map((item): EvidenceItem => ({ ...item, text: '' }));
  return { evidence: { ...evidence, items }, texts };
}

/** As `linesOf`, without building the whole as one string: each kept line would keep all of it. */
export function* decodeLines(bytes: Uint8Array): Generator<string> {
  let from = 0;
  for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, from)) {
    yield utf8.decode(bytes.subarray(from, end));
    from = end + 1;
  }
  yield utf8.decode(bytes.subarray(from));
}

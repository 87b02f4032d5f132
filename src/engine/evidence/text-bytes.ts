import { decodeText, detectUtf16 } from './decode-text.ts';

/** UTF-8 bytes of a text, or the reason why it was refused. */
export type TextBytes =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string; readonly advice?: string };

/** A text that begins with this many bytes of white space is still read. */
const MIN_BLANK_BYTES = 1 << 20;

/** `whole`: `bytes` are the complete text. Otherwise they are its beginning, and the rest is read as UTF-8. */
export function textBytes(bytes: Uint8Array, whole: boolean): TextBytes {
  const decoded = decodeText(bytes);
  if ('refused' in decoded) {
    if (bytes.length >= MIN_BLANK_BYTES && decoded.refused === 'is empty') return { kind: 'text', bytes };
    return { kind: 'refused', reason: decoded.refused, advice: decoded.advice };
  }
  if (detectUtf16(bytes) !== undefined || (whole && !isUtf8(bytes))) {
    return { kind: 'text', bytes: new TextEncoder().encode(decoded.text) };
  }
  return { kind: 'text', bytes };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export type Decoded = { readonly text: string } | { readonly refused: string; readonly advice?: string };

/** Why binary data is refused of which nothing else is known. */
export const NOT_TEXT = 'is not text';

/** Bytes; enough to distinguish text from binary data without reading a large file twice. */
const SAMPLE = 64 * 1024;
/** Most texts contain none of these. This test is much faster than counting. */
const BEYOND_PLAIN = /[^\t\n\r -~]/;
const MAX_CONTROL_SHARE = 0.1;

/**
 * Text of a file that a person saved: UTF-8, UTF-16 with or without a byte order mark (Windows tools), or
 * Windows-1252; otherwise the file is refused as binary. Pure.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const packed = packedWith(bytes);
  if (packed !== undefined) return PACKED[packed];
  if (isPackedOtherwise(bytes)) return { refused: 'is compressed', advice: 'Unpack it first.' };
  if (isEncryptedBackup(bytes)) {
    return { refused: 'is an encrypted backup', advice: 'Back up the FortiGate again without a password.' };
  }
  if (isCapture(bytes)) {
    return {
      refused: 'is a packet capture in binary form',
      advice: 'Save it as text: the output of `diagnose sniffer packet` as the FortiGate prints it.',
    };
  }
  const text = decode(bytes);
  if (text === undefined || looksBinary(text)) return { refused: NOT_TEXT };
  if (text.trim() === '') return { refused: 'is empty' };
  return { text: text.includes('\ufffd') ? asWindowsText(bytes, text) : text };
}

const PACKED = {
  gzip: { refused: 'is compressed', advice: unpackWith('gunzip') },
  zip: { refused: 'is compressed', advice: unpackWith('unzip') },
  tar: { refused: 'is a tar archive', advice: unpackWith('tar -xf') },
} as const satisfies Record<string, Decoded>;

/** Offset of `ustar` in the header of a tar archive (POSIX.1-1988). */
const TAR_MAGIC = 257;

export function packedWith(bytes: Uint8Array): keyof typeof PACKED | undefined {
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  return startsWith(bytes.subarray(TAR_MAGIC), 0x75, 0x73, 0x74, 0x61, 0x72) ? 'tar' : undefined;
}

/**
 * The byte order if the bytes are UTF-16: from the byte order mark, or from the positions of the zero bytes of Latin
 * letters.
 */
export function detectUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE);
  if (!sample.includes(0)) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const minZeros = (sample.length / 2) * MIN_ZERO_SHARE;
  const maxOtherZeros = (sample.length / 2) * MAX_OTHER_ZERO_SHARE;
  if (odd > minZeros && even <= maxOtherZeros) return 'utf-16le';
  return even > minZeros && odd <= maxOtherZeros ? 'utf-16be' : undefined;
}

const MIN_ZERO_SHARE = 0.7;
const MAX_OTHER_ZERO_SHARE = 0.02;

function decode(bytes: Uint8Array): string | undefined {
  const wide = detectUtf16(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  if (bytes.subarray(0, SAMPLE).includes(0)) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}

/**
 * Text without any valid UTF-8 character beyond ASCII was written by an older Windows. A few invalid bytes between
 * valid characters stay invalid.
 */
function asWindowsText(bytes: Uint8Array, text: string): string {
  const isMixed = /[^\p{ASCII}\ufffd]/u.test(text);
  return isMixed || detectUtf16(bytes) !== undefined ? text : new TextDecoder('windows-1252').decode(bytes);
}

/** Terminal recordings contain escape sequences and backspaces, so some control characters are normal. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  if (!BEYOND_PLAIN.test(sample)) return false;
  let odd = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    const control =
      code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x1b && code !== 0x08;
    if (control || code === 0xfffd) odd += 1;
  }
  return sample.length > 0 && odd / sample.length > MAX_CONTROL_SHARE;
}

function unpackWith(tool: string): string {
  return `Unpack it first, for example with \`${tool}\`.`;
}

/** xz, bzip2, Zstandard, 7z. */
function isPackedOtherwise(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00) ||
    (startsWith(bytes, 0x42, 0x5a, 0x68) &&
      startsWith(bytes.subarray(4), 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)) ||
    startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd) ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)
  );
}

/** `#FGBK|`, a few readable fields, and the ciphertext. */
function isEncryptedBackup(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0x23, 0x46, 0x47, 0x42, 0x4b, 0x7c);
}

function isCapture(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, 0x0a, 0x0d, 0x0d, 0x0a) ||
    startsWith(bytes, 0xd4, 0xc3, 0xb2, 0xa1) ||
    startsWith(bytes, 0xa1, 0xb2, 0xc3, 0xd4)
  );
}

function startsWith(bytes: Uint8Array, ...head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

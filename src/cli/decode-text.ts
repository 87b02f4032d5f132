export type Decoded = { readonly text: string } | { readonly refused: string; readonly advice?: string };

/** Enough to tell text from binary without reading a large file twice. */
const SAMPLE = 64 * 1024;
const MAX_CONTROL_SHARE = 0.1;

/** Text of a file that a person saved: UTF-8, UTF-16 with a mark (Windows tools), or bytes nobody declared. Pure. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0x1f, 0x8b)) return compressed('gunzip');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return compressed('unzip');
  if (startsWith(bytes, 0x0a, 0x0d, 0x0d, 0x0a) || isPcap(bytes)) {
    return {
      refused: 'is a packet capture in binary form',
      advice: 'Save it as text: the output of `diagnose sniffer packet` as the FortiGate prints it.',
    };
  }
  const text = decode(bytes);
  if (text === undefined || looksBinary(text)) return { refused: 'is not text' };
  if (text.trim() === '') return { refused: 'is empty' };
  return { text };
}

function decode(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, SAMPLE).includes(0)) return undefined;
  return new TextDecoder('utf-8').decode(bytes);
}

/** Terminal recordings hold escape sequences and backspaces: some control characters are normal. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  let odd = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    const control =
      code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x1b && code !== 0x08;
    if (control || code === 0xfffd) odd += 1;
  }
  return sample.length > 0 && odd / sample.length > MAX_CONTROL_SHARE;
}

function compressed(tool: string): Decoded {
  return { refused: 'is compressed', advice: `Unpack it first, for example with \`${tool}\`.` };
}

function isPcap(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0xd4, 0xc3, 0xb2, 0xa1) || startsWith(bytes, 0xa1, 0xb2, 0xc3, 0xd4);
}

function startsWith(bytes: Uint8Array, ...head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

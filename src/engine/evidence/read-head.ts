import { detectUtf16 } from './decode-text.ts';
import { joinBytes } from './join-bytes.ts';
import { textBytes } from './text-bytes.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Bytes. Some Windows tools save UTF-16, but not whole days of debug output. */
const MAX_UTF16_BYTES = 64 << 20;

export const WHAT_TO_PASTE =
  'Useful are the debug output of one login (sslvpn, fnbamd, ftm-push), a configuration backup, or a CLI session.';

export interface FirstBytes {
  readonly taken: Uint8Array;
  /** No data follows. */
  readonly whole: boolean;
}

/** Copies whole chunks until there are `enough` bytes: a chunk is valid until the next one is requested. */
export async function readAtLeast(chunks: AsyncGenerator<Uint8Array>, enough: number): Promise<FirstBytes> {
  const taken: Uint8Array[] = [];
  let total = 0;
  while (total < enough) {
    const next = await chunks.next();
    if (next.done) return { taken: joinBytes(taken), whole: true };
    taken.push(new Uint8Array(next.value));
    total += next.value.length;
  }
  return { taken: joinBytes(taken), whole: false };
}

/** The start of a text as UTF-8; one in UTF-16 is read to its end. Rejects with `UnreadableFile` where it is no text. */
export async function readTextHead(
  name: string,
  { taken, whole }: FirstBytes,
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly isComplete: boolean }> {
  const isWide = !whole && detectUtf16(taken) !== undefined;
  const rest = isWide ? (await readAtLeast(chunks, MAX_UTF16_BYTES)).taken : new Uint8Array();
  const bytes = isWide ? joinBytes([taken, rest]) : taken;
  if (bytes.length > MAX_UTF16_BYTES && isWide) {
    throw new UnreadableFile(name, 'is too large: the limit for UTF-16 is 64 MB', {
      advice: 'Save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`.',
      isTooLarge: true,
    });
  }
  const isComplete = whole || isWide;
  const text = textBytes(bytes, isComplete);
  if (text.kind === 'text') return { head: text.bytes, isComplete };
  throw new UnreadableFile(name, text.reason, { advice: text.advice ?? WHAT_TO_PASTE });
}

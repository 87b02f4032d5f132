import type { Chunk } from '../../src/engine/diagnosis/diagnose.ts';

/** The texts one after the other in pieces, each through memory that is used again. */
export function* chunksOf(
  texts: readonly { readonly name: string; readonly text: string }[],
  nextSize: () => number,
): Generator<Chunk> {
  const reused = Buffer.alloc(1 << 20);
  for (const { name, text } of texts) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < Math.max(1, bytes.length); ) {
      const size = Math.min(nextSize(), reused.length);
      const length = bytes.copy(reused, 0, at, at + size);
      yield { name, bytes: reused.subarray(0, length) };
      at += size;
    }
  }
}

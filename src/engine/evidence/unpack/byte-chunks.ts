import { Gunzip } from 'fflate';
import { joinBytes } from '../join-bytes.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { DAMAGED } from './unpacked-file.ts';

type Chunks = AsyncIterable<Uint8Array>;

/** Every format is known by its first bytes. */
const HEAD_BYTES = 512;

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The beginning, and all chunks with it. */
export async function lookAtHead(
  chunks: Chunks,
): Promise<{ readonly head: Uint8Array; readonly all: Chunks }> {
  const rest = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const { done, value } = await rest.next();
    if (done === true) break;
    // A chunk may be valid only until the next one is requested.
    seen.push(Uint8Array.from(value));
    length += value.length;
  }
  const head = joinBytes(seen);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { head, all: all() };
}

export function toStream(chunks: Chunks): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done === true) controller.close();
      else controller.enqueue(Uint8Array.from(value));
    },
    cancel: async () => void (await source.return?.()),
  });
}

/** Not every browser iterates over a stream by itself. */
export async function* fromStream<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Undefined if there are more than `limit` bytes. */
export async function collect(chunks: Chunks, limit: number): Promise<Uint8Array | undefined> {
  const collected: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) return undefined;
    collected.push(Uint8Array.from(chunk));
  }
  return joinBytes(collected);
}

/** Tells `take` of each chunk before it is read. */
export async function* countBytes(chunks: Chunks, take: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    take(chunk.length);
    yield chunk;
  }
}

/** A byte of deflate becomes 1,032 at most: what is beyond a limit is never unpacked. */
const PIECE_BYTES = 4096;

/** Rejects with `ftm_evidence_unreadable` where the chunks are no such data, or end too early. */
export async function* gunzip(name: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const stream = new Gunzip();
  stream.ondata = (bytes) => unpacked.push(bytes);
  function push(piece: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    unpacked = [];
    try {
      stream.push(piece, isLast);
    } catch (cause) {
      throw new UnreadableFile(name, DAMAGED, { cause });
    }
    return unpacked;
  }
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield* push(Uint8Array.from(chunk.subarray(at, at + PIECE_BYTES)), false);
    }
  }
  yield* push(new Uint8Array(), true);
}

import PQueue from 'p-queue';
import type { IncomingFile, IncomingMessage } from './incoming-message.ts';

/** Bytes of all unpacked texts of one request. */
export const REQUEST_BYTES = 20_000_000;
/** Bytes of all requests that one process reads at a time; others wait. */
const PROCESS_BYTES = REQUEST_BYTES + 4_000_000;
/** Time for all downloads of one request together. */
const DOWNLOADS_TIMEOUT_MS = 60_000;
/** Threads whose messages are read, but not counted yet: each may hold 4 MB. */
const THREADS_AT_ONCE = 2;
/** Maximum compression ratio of deflate. */
const MAX_RATIO = 1_100;
const PACKED = /(?:\.(?:gz|tgz|tar|zip)$)|gzip|tar|zip/i;

export type Content = Pick<IncomingMessage, 'text' | 'files'>;

/** What one request may still read. Disposing it returns its part of the process's budget. */
export interface IntakeBudget extends Disposable {
  /**
   * Waits until the process has room for the texts and files of these messages. Only the first call waits, so no
   * request waits while it holds a part.
   */
  reserve(messages: readonly Content[]): Promise<void>;
  left(): number;
  take(bytes: number): void;
  /** Aborted when the downloads take too long. */
  readonly downloads: AbortSignal;
}

/** One per process. */
export function createIntakeBudgets(total = PROCESS_BYTES): () => IntakeBudget {
  const waiting: { readonly bytes: number; readonly admit: () => void }[] = [];
  let free = total;

  function admit(): void {
    const tooLarge = waiting.splice(0).filter((each) => {
      if (each.bytes > free) return true;
      free -= each.bytes;
      each.admit();
      return false;
    });
    waiting.push(...tooLarge);
  }

  return () => {
    const downloads = AbortSignal.timeout(DOWNLOADS_TIMEOUT_MS);
    let reserved: number | undefined;
    let left = REQUEST_BYTES;
    return {
      downloads,
      async reserve(messages) {
        if (reserved !== undefined) return;
        reserved = Math.min(sum(messages, contentSize), REQUEST_BYTES, total);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push({ bytes: reserved, admit: resolve });
        admit();
        await promise;
      },
      left: () => left,
      take(bytes) {
        left = Math.max(0, left - bytes);
      },
      [Symbol.dispose]() {
        free += reserved ?? 0;
        reserved = 0;
        admit();
      },
    };
  };
}

function contentSize({ text, files }: Content): number {
  const fileBytes = sum(files, (file) => (file.size ?? REQUEST_BYTES) * (isPackedFile(file) ? MAX_RATIO : 1));
  return text.length + fileBytes;
}

/** True for a file whose name or type says that it is an archive: all that may be in it is reserved. */
export function isPackedFile({ name, mimetype, filetype }: IncomingFile): boolean {
  return PACKED.test(`${mimetype} ${filetype} ${name}`) || PACKED.test(name ?? '');
}

function sum<T>(all: readonly T[], size: (each: T) => number): number {
  return all.reduce((total, each) => total + size(each), 0);
}

export const openIntakeBudget = createIntakeBudgets();

const threads = new PQueue({ concurrency: THREADS_AT_ONCE });

/**
 * Reads the messages of a thread, and reserves room for them. Few threads are read at a time, because their size is
 * known only afterwards.
 */
export async function readInTurn<T extends Content>(
  budget: IntakeBudget,
  read: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return await threads.add(async () => {
    const messages = await read();
    await budget.reserve(messages);
    return messages;
  });
}

import type { IncomingFile } from './incoming-message.ts';

/** Bytes of all unpacked texts of one request. */
export const REQUEST_BYTES = 20_000_000;
/** Bytes of all requests that one process reads at a time; others wait. */
const PROCESS_BYTES = REQUEST_BYTES + 4_000_000;
/** Time for all downloads of one request together. */
const DOWNLOADS_TIMEOUT_MS = 60_000;
/** Maximum compression ratio of deflate. */
const MAX_RATIO = 1_100;
const PACKED = /(?:\.(?:gz|tgz|zip)$)|gzip|zip/i;

/** What one request may still read. Disposing it returns its part of the process's budget. */
export interface IntakeBudget extends Disposable {
  /**
   * Waits until the process has room for these files. Only the first call waits, so no request waits while it holds a
   * part.
   */
  reserve(files: readonly IncomingFile[]): Promise<void>;
  left(): number;
  take(bytes: number): void;
  /** Aborted when the downloads take too long. */
  readonly downloads: AbortSignal;
}

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/** One per process. */
export function createIntakeBudgets(total = PROCESS_BYTES): () => IntakeBudget {
  const waiting: Waiting[] = [];
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
      downloads: downloads,
      async reserve(files) {
        if (reserved !== undefined) return;
        reserved = Math.min(estimate(files), REQUEST_BYTES, total);
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

function estimate(files: readonly IncomingFile[]): number {
  return files.reduce((sum, { size, name, mimetype, filetype }) => {
    const isPacked = PACKED.test(`${mimetype} ${filetype} ${name}`) || PACKED.test(name ?? '');
    return sum + (size ?? REQUEST_BYTES) * (isPacked ? MAX_RATIO : 1);
  }, 0);
}

export const openIntakeBudget = createIntakeBudgets();

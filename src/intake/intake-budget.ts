import type { IncomingFile } from './incoming-message.ts';

/** Of one request: all its texts together, unpacked. Bytes. */
export const REQUEST_BYTES = 20_000_000;
/** Of all requests that one process reads at a time; others wait for their turn. Bytes. */
const PROCESS_BYTES = REQUEST_BYTES + 4_000_000;
/** All downloads of one request together. */
const DOWNLOADS_MS = 60_000;
/** Deflate makes texts at most so much smaller. */
const MAX_RATIO = 1_100;
const PACKED = /(?:\.(?:gz|tgz|zip)$)|gzip|zip/i;

/** What one request may still read. Its part of the process's budget is free again once it is disposed of. */
export interface IntakeBudget extends Disposable {
  /** Waits until the process has room for these files. Only the first call waits: nobody waits who holds a part. */
  enter(files: readonly IncomingFile[]): Promise<void>;
  left(): number;
  take(bytes: number): void;
  /** Aborted when downloading has taken too long. */
  readonly downloads: AbortSignal;
}

interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

/** One for a process. */
export function createIntakeBudgets(total = PROCESS_BYTES): () => IntakeBudget {
  const waiting: Waiting[] = [];
  let free = total;

  function admit(): void {
    const tooLarge = waiting.splice(0).filter((each) => {
      if (each.bytes > free) return true;
      free -= each.bytes;
      each.go();
      return false;
    });
    waiting.push(...tooLarge);
  }

  return () => {
    const began = AbortSignal.timeout(DOWNLOADS_MS);
    let held: number | undefined;
    let left = REQUEST_BYTES;
    return {
      downloads: began,
      async enter(files) {
        if (held !== undefined) return;
        held = Math.min(estimate(files), REQUEST_BYTES, total);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push({ bytes: held, go: resolve });
        admit();
        await promise;
      },
      left: () => left,
      take(bytes) {
        left = Math.max(0, left - bytes);
      },
      [Symbol.dispose]() {
        free += held ?? 0;
        held = 0;
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

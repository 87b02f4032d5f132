import type { ChainLink, ReadLine } from './audit-line.ts';

/** Number of lines whose hash is remembered, for references that come after the line. */
const REMEMBERED_LINES = 10_000;

/** Checks the `heads` of lines: a line that one process saw of another must be in the trail. */
export interface HeadReferences<Place> {
  /** Returns what is wrong with the line, if anything. */
  check(read: ReadLine, place: Place): string | undefined;
  /** Whether the chain refers to another one, or is referred to. */
  isLinked(chain: string): boolean;
  /** A line that was referred to and never found. */
  missing(): { readonly place: Place; readonly reason: string } | undefined;
}

export function createHeadReferences<Place>(): HeadReferences<Place> {
  const hashes = new Map<string, string>();
  const linked = new Set<string>();
  const lastSeq = new Map<string, number>();
  /** A collector may store the lines of one process after those of another that refer to them. */
  const expected = new Map<string, { readonly hash: string; readonly place: Place }>();

  function refer(link: ChainLink, place: Place): string | undefined {
    const key = keyOf(link);
    const known = hashes.get(key);
    if (known !== undefined) return known === link.hash ? undefined : `line ${key} was rewritten`;
    // Forgotten lines were checked within their own chain.
    if ((lastSeq.get(link.chain) ?? -1) < link.seq) expected.set(key, { hash: link.hash, place });
    return undefined;
  }

  return {
    check({ line, hash }, place) {
      const key = keyOf(line);
      const wanted = expected.get(key);
      if (wanted !== undefined && wanted.hash !== hash)
        return 'the line differs from what another process saw';
      expected.delete(key);
      hashes.set(key, hash);
      lastSeq.set(line.chain, line.seq);
      for (const oldest of hashes.keys()) {
        if (hashes.size <= REMEMBERED_LINES) break;
        hashes.delete(oldest);
      }
      for (const link of line.heads ?? []) {
        linked.add(line.chain).add(link.chain);
        const reason = refer(link, place);
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
    isLinked: (chain) => linked.has(chain),
    missing() {
      for (const [key, { place }] of expected) {
        const reason = `line ${key}, which this process saw, is missing: it was removed, or its log was read earlier than this one`;
        return { place, reason };
      }
      return undefined;
    },
  };
}

function keyOf({ chain, seq }: Pick<ChainLink, 'chain' | 'seq'>): string {
  return `${chain}:${seq}`;
}

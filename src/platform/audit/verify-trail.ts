import { sha256 } from '../store/sha256.ts';
import { type ChainLink, type ReadLine, readLine } from './audit-line.ts';
import { NEXT_FILE } from './read-lines.ts';

export interface VerifyOptions {
  /**
   * Lines that the trail must contain: stored elsewhere, they show that nothing up to them was removed or rewritten.
   */
  readonly anchors?: readonly ChainLink[];
  /** A collector mixes the standard output of several processes with other texts: skip those, and take several chains. */
  readonly amongOthers?: boolean;
}

export interface ChainSummary extends ChainLink {
  /**
   * False if the process did not record its end: it is still running, was killed, or the end of its chain was
   * removed.
   */
  readonly closed: boolean;
}

export type Verified =
  | { readonly state: 'whole'; readonly lines: number; readonly chains: readonly ChainSummary[] }
  /** `line` counts from 1 in its file, and `file` from 0; line 0 is the trail as a whole. */
  | { readonly state: 'broken'; readonly file: number; readonly line: number; readonly reason: string };

interface Place {
  readonly file: number;
  readonly line: number;
}

const WHOLE: Place = { file: 0, line: 0 };

/**
 * Checks that no line of a chain was changed, removed, inserted or moved. A missing end is visible if a line is cut in two;
 * otherwise, and if all lines of a chain are missing, only an anchor shows it.
 */
export async function verifyTrail(
  lines: AsyncIterable<string | typeof NEXT_FILE> | Iterable<string | typeof NEXT_FILE>,
  options: VerifyOptions = {},
): Promise<Verified> {
  const chains = new Map<string, ChainSummary>();
  const anchors = new Map(
    (options.anchors ?? []).map((anchor) => [`${anchor.chain}:${anchor.seq}`, anchor.hash]),
  );
  /** Hash and place of lines that are not records, until the process records that it wrote them. */
  const strange = new Map<string, Place>();
  let file = 0;
  let number = 0;
  let records = 0;
  let own: string | undefined;

  for await (const text of lines) {
    if (text === NEXT_FILE) {
      file += 1;
      number = 0;
      own = undefined;
      continue;
    }
    number += 1;
    if (text === '') continue;
    const read = readLine(text);
    if (!read) {
      const hash = sha256(text);
      if (!options.amongOthers && !strange.has(hash)) strange.set(hash, { file, line: number });
      continue;
    }
    own ??= read.line.chain;
    const isStrange = own !== read.line.chain && !options.amongOthers;
    const reason = isStrange ? OTHER_CHAIN : (objection(read, chains) ?? offAnchor(read, anchors));
    const [unexplained] = strange.values();
    const { chain, seq, torn, event } = read.line;
    if (torn !== undefined) strange.delete(torn);
    if (reason !== undefined)
      return unexplained ? broken(unexplained, NO_RECORD) : broken({ file, line: number }, reason);
    records += 1;
    chains.set(chain, { chain, seq, hash: read.hash, closed: event === 'trail.closed' });
    anchors.delete(`${chain}:${seq}`);
  }
  const [unexplained] = strange.values();
  if (unexplained !== undefined) return broken(unexplained, NO_RECORD);
  const [missing] = anchors.keys();
  if (missing !== undefined)
    return broken(WHOLE, `line ${missing} of an anchor is missing: the trail was cut, or its file removed`);
  if (records === 0) return broken(WHOLE, 'no line of an audit trail found');
  return { state: 'whole', lines: records, chains: [...chains.values()] };
}

const NO_RECORD = 'not a line of the audit trail: cut, damaged, or written by another program';

const OTHER_CHAIN = 'a line of another process: each has a file of its own';

function objection(
  { line, hash, claimed }: ReadLine,
  chains: ReadonlyMap<string, ChainSummary>,
): string | undefined {
  if (hash !== claimed) return 'the line was changed: its hash differs';
  const before = chains.get(line.chain);
  if (!before) {
    return line.seq === 0 && line.prev === ''
      ? undefined
      : `the chain ${line.chain} begins at ${line.seq}: lines before are missing`;
  }
  if (before.closed) return 'a line after the end of its chain';
  if (line.seq !== before.seq + 1)
    return `expected line ${before.seq + 1} of the chain here, found ${line.seq}`;
  if (line.prev !== before.hash) return 'the line before is not the one it was written after';
  return undefined;
}

function offAnchor({ line, hash }: ReadLine, anchors: ReadonlyMap<string, string>): string | undefined {
  const anchored = anchors.get(`${line.chain}:${line.seq}`);
  return anchored === undefined || anchored === hash
    ? undefined
    : 'the line differs from the anchor: it was rewritten';
}

function broken(place: Place, reason: string): Verified {
  return { state: 'broken', ...place, reason };
}

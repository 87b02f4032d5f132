import { type AuditLine, type ChainLink, type ReadLine, readLine, sha256 } from './audit-line.ts';
import { createHeadReferences } from './head-references.ts';
import { NEXT_FILE } from './read-lines.ts';
import type { TrailEnd } from './trail-end.ts';

export interface VerifyOptions {
  /**
   * Lines that the trail must contain: stored elsewhere, they show that nothing up to them was removed or rewritten.
   */
  readonly anchors?: readonly ChainLink[];
  /** Skip lines that do not belong to an audit trail: a collector mixes standard output with other texts. */
  readonly amongOthers?: boolean;
  /** The end stored beside the file; must be read before the file. */
  readonly storedEnd?: TrailEnd | undefined;
  /**
   * Number of the first line that must be present: earlier lines were deleted on purpose, for example with an old
   * file.
   */
  readonly from?: number;
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
 * Number of lines that other processes may write between a process's reading of the end and its first line; enough
 * for a thousand processes.
 */
const REMEMBERED = 1000;

/**
 * Checks that no line of a trail was changed, removed, inserted or moved. A missing end is visible if a line is cut
 * in two or any line was written afterwards; otherwise only an anchor shows it.
 */
export async function verifyTrail(
  lines: AsyncIterable<string | typeof NEXT_FILE> | Iterable<string | typeof NEXT_FILE>,
  options: VerifyOptions = {},
): Promise<Verified> {
  const chains = new Map<string, ChainSummary>();
  const recent = new Set<string>();
  const anchors = new Map(
    (options.anchors ?? []).map((anchor) => [`${anchor.chain}:${anchor.seq}`, anchor.hash]),
  );
  /** Hash and place of lines that are not records, until a process records that it found them. */
  const strange = new Map<string, Place>();
  /** Where chains start behind others on standard output: processes that know of each other are linked. */
  const starts = new Map<string, Place>();
  const references = createHeadReferences<Place>();
  let file = 0;
  let number = 0;
  let records = 0;
  let isFirst = true;
  let last: string | undefined;
  let isStoredEndThere = options.storedEnd === undefined;

  for await (const text of lines) {
    if (text === NEXT_FILE) {
      file += 1;
      number = 0;
      isFirst = true;
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
    const reason =
      objection(read, chains, recent, isFirst) ??
      offEnd(read, { last, recent, from: options.from }) ??
      offAnchor(read, anchors) ??
      references.check(read, { file, line: number });
    const [unexplained] = strange.values();
    if (read.line.torn !== undefined) strange.delete(read.line.torn);
    if (reason !== undefined)
      return unexplained ? broken(unexplained, NO_RECORD) : broken({ file, line: number }, reason);
    const { chain, seq, follows } = read.line;
    if (seq === 0 && follows === undefined && !isFirst) starts.set(chain, { file, line: number });
    records += 1;
    isFirst = false;
    last = read.hash;
    isStoredEndThere ||= read.hash === options.storedEnd?.hash;
    note(read);
  }
  const [unexplained] = strange.values();
  if (unexplained !== undefined) return broken(unexplained, NO_RECORD);
  const [missing] = anchors.keys();
  if (missing !== undefined)
    return broken(WHOLE, `line ${missing} of an anchor is missing: the trail was cut`);
  for (const [chain, place] of starts) {
    if (!references.isLinked(chain)) return broken(place, UNLINKED_CHAIN);
  }
  const unseen = references.missing();
  if (unseen !== undefined) return broken(unseen.place, unseen.reason);
  if (!isStoredEndThere)
    return broken(WHOLE, 'the end is cut off: the note beside the file names a later line');
  if (records === 0) return broken(WHOLE, 'no line of an audit trail found');
  return { state: 'whole', lines: records, chains: [...chains.values()] };

  function note({ line, hash }: ReadLine): void {
    const { chain, seq } = line;
    chains.set(chain, { chain, seq, hash, closed: line.event === 'trail.closed' });
    recent.add(hash);
    for (const oldest of recent) {
      if (recent.size <= REMEMBERED) break;
      recent.delete(oldest);
    }
    anchors.delete(`${chain}:${seq}`);
  }
}

const NO_RECORD = 'not a line of the audit trail: cut, damaged, or written by another program';

const UNLINKED_CHAIN = 'a chain starts after other lines without following one';

/** On standard output a process does not know the lines before its own. */
function isInFile({ after }: AuditLine): boolean {
  return after !== undefined;
}

function objection(
  { line, hash, claimed }: ReadLine,
  chains: ReadonlyMap<string, ChainSummary>,
  recent: ReadonlySet<string>,
  isFirst: boolean,
): string | undefined {
  if (hash !== claimed) return 'the line was changed: its hash differs';
  const before = chains.get(line.chain);
  if (!before) {
    if (line.seq !== 0 || line.prev !== '')
      return `the chain ${line.chain} begins at ${line.seq}: lines before are missing`;
    if (line.follows === undefined) {
      return isFirst || !isInFile(line) ? undefined : UNLINKED_CHAIN;
    }
    return recent.has(line.follows.hash)
      ? undefined
      : `the line it follows is missing (${line.follows.chain}:${line.follows.seq})`;
  }
  if (before.closed) return 'a line after the end of its chain';
  if (line.seq !== before.seq + 1)
    return `expected line ${before.seq + 1} of the chain here, found ${line.seq}`;
  if (line.prev !== before.hash) return 'the line before is not the one it was written after';
  return undefined;
}

/**
 * Whether the line follows the one that was the last in the file when it was written, whichever process wrote that.
 */
function offEnd(
  { line }: ReadLine,
  {
    last,
    recent,
    from,
  }: {
    readonly last: string | undefined;
    readonly recent: ReadonlySet<string>;
    readonly from: number | undefined;
  },
): string | undefined {
  const { after, number } = line;
  if (after === undefined || after === (last ?? '')) return undefined;
  if (last === undefined && number === from) return undefined;
  const which = number === undefined ? '' : ` (number ${number - 1} of all)`;
  if (recent.has(after)) {
    return `another line is between it and the one it was written after${which}: moved, put in, or two processes wrote at once`;
  }
  return last === undefined
    ? `the line before it${which} is missing: add the older file, or use --from ${number} if it was deleted on purpose`
    : `the line it was written after${which} is missing`;
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

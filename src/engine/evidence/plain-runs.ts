import type { BlockFilter } from './block-filter.ts';

/**
 * Finds where a run of plain lines ends that are left out, all by one regular expression: V8 compiles it to machine code
 * that takes a third of the time of a loop over the bytes. It takes fewer lines than could be left out, never more: each is
 * a statement of its own, without an escape, an annotation or a value of several lines.
 */
type RunEnd = (latin: string, from: number) => number;

/** Words and quoted values. Bounded, like the lines of a run, because V8 keeps a place on its stack for each. */
const VALUES = '(?: [\\w.@:+,-]+| "[\\w .@:+,-]*"){0,50}';
/** A line that ends with a dot may be cut, as in `set member …`: it is left to the slower way. */
const COMPLETE = '(?<!\\.)(?<!\\.")';
const EDIT = ' *edit (?:[\\w.-]+|"[\\w .-]*")\\n';
const NEXT = ' *next\\n';
const LINES = '{1,100}';

/** Lines of a block that is left out, but for blocks inside. */
export const endOfSkippedRun: RunEnd = runEnd(`(?:${EDIT}| *set [a-z0-9-]+${VALUES}\\n|${NEXT})${LINES}`);

/** Lines of a block that is read. */
export interface UnreadRuns {
  /** Settings that nothing reads. */
  readonly settings?: RunEnd;
  /** Entries without the settings that make one read. */
  readonly entries?: RunEnd;
}

const OF_FILTERS = new WeakMap<BlockFilter, UnreadRuns>();

export function unreadRunsOf(filter: BlockFilter): UnreadRuns {
  const known = OF_FILTERS.get(filter);
  if (known) return known;
  const { settings, entriesWith, masks } = filter;
  const read = settings && [...settings, ...(entriesWith ?? []), ...(masks?.keys() ?? [])];
  const runs = {
    settings: read && runEnd(`${settingBut(read)}${LINES}`),
    entries: entriesWith && runEnd(`(?:${EDIT}${settingBut([...entriesWith])}{0,60}${NEXT})${LINES}`),
  };
  OF_FILTERS.set(filter, runs);
  return runs;
}

function settingBut(names: readonly string[]): string {
  const plain = names.filter((name) => /^[a-z0-9-]+$/.test(name));
  return `(?: *set (?!(?:${plain.join('|')})[ \\n])[a-z0-9-]+${VALUES}${COMPLETE}\\n)`;
}

function runEnd(pattern: string): RunEnd {
  const run = new RegExp(pattern, 'y');
  return (latin, from) => {
    run.lastIndex = from;
    return run.test(latin) ? run.lastIndex : from;
  };
}

import type { SecretKind } from './kinds.ts';

/** One secret inside one line: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  /** Set where the span goes on with the secret of an earlier line. */
  readonly token?: string;
  /** Set when the value did not end on this line, and how to know its end on a later one. */
  readonly open?: OpenEnd;
}

/** `quote`: up to a closing mark with this many backslashes before it. `word`: it ended the line, so the terminal may have wrapped it; `encoded` is base64. `bytes` are written one by one. */
export type OpenEnd =
  | { readonly by: 'quote'; readonly marks: string; readonly backslashes: number }
  | { readonly by: 'word'; readonly encoded: boolean }
  | { readonly by: 'bytes' };

/** How sure it is that a line was cut where it ends, and goes on in the next. */
export type Cut = 'surely' | 'maybe' | 'hardly';

/** Terminals are 80 columns wide or wider; some keep the last ones free. */
const FULL_LINE = 76;
/** A line just as wide as one of these was cut by it, or so it must be taken. */
const TERMINALS = new Set([80, 100, 120, 132]);
/** FortiOS joins a line that ends with a backslash to the next, and mail one that ends with an equals sign. */
const JOINED = /\\$|^.{70,75}=$/;

export function cutOf(line: string): Cut {
  if (TERMINALS.has(line.length) || JOINED.test(line)) return 'surely';
  return line.length >= FULL_LINE ? 'maybe' : 'hardly';
}

/** What earlier lines say about the one at hand. */
export interface LineContext {
  /** Inside `config system snmp community`, where the name is the secret. */
  readonly inCommunity: boolean;
}

export type Finder = (line: string, context: LineContext) => readonly Span[];

/** Sorted and without overlaps; of overlapping spans the union is kept, named after the first. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || span.start > last.end || (span.start === last.end && span.start !== span.end)) {
      merged.push(span);
      continue;
    }
    if (span.end < last.end) continue;
    const { open, ...kept } = last;
    const stillOpen = span.end === last.end ? (open ?? span.open) : span.open;
    merged[merged.length - 1] = { ...kept, end: span.end, open: stillOpen };
  }
  return merged;
}

import type { Quote } from '../../evidence/types.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { Moment } from '../attempt.ts';

/** A message of the log, as far as an attempt keeps it. */
export interface Sighting extends Moment {
  /** Position among all messages of the case. */
  readonly order: number;
  readonly stamp?: string;
}

const LONGEST_QUOTE = 300;

export function sightingOf(record: DebugRecord, source: string, order: number): Sighting {
  return {
    order,
    quote: quoteOf(record, source),
    ...(record.at === undefined ? {} : { at: record.at }),
    ...(record.stamp === undefined ? {} : { stamp: record.stamp }),
  };
}

function quoteOf(record: DebugRecord, source: string): Quote {
  // Cut before trimming: trimming a giant message first would copy it.
  const text = record.raw.slice(0, LONGEST_QUOTE * 2).trim();
  return { source, line: record.line, text: shorten(text) };
}

function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
}

export function momentOf({ quote, at }: Moment): Moment {
  return { quote, ...(at === undefined ? {} : { at }) };
}

/** Seconds from one moment to another; `undefined` where the log has no times, or its clock went back. */
export function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return to - from;
}

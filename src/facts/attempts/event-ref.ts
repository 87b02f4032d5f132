import { cutAround } from '../../evidence/cut-around.ts';
import type { Quote } from '../../evidence/types.ts';
import type { DebugEvent } from '../../fortios/debug/debug-event.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { Moment } from '../attempt.ts';

/** A message of the log, as far as an attempt keeps it. */
export interface EventRef extends Moment {
  /** Position among all messages of the case. */
  readonly order: number;
  readonly stamp?: string;
}

const MAX_QUOTE = 300;
/** What a message says stands early in it. */
const REACH = 4_096;

export function toEventRef(record: DebugRecord, source: string, order: number, event: DebugEvent): EventRef {
  return {
    order,
    quote: quoteOf(record, source, event),
    at: record.at,
    stamp: record.stamp,
  };
}

/** A long message is cut around what was read from it. */
function quoteOf(record: DebugRecord, source: string, event: DebugEvent): Quote {
  const { line, raw } = record;
  // Cut before trimming: trimming a giant message first would copy it.
  const text = raw.slice(0, REACH).trim();
  if (raw.length <= REACH && text.length <= MAX_QUOTE) return { source, line, text };
  const words = Object.values(event)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .map((word) => ({ word, weight: word.length }));
  return { source, line, text: cutAround(text, MAX_QUOTE - 1, words) };
}

export function momentOf({ quote, at }: Moment): Moment {
  return { quote, at };
}

/** Seconds from one moment to another; `undefined` where the log has no times, or its clock went back. */
export function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return to - from;
}

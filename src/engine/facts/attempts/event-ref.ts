import { cutAround } from '../../evidence/cut-around.ts';
import type { Quote } from '../../evidence/types.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { Moment } from '../attempt.ts';

/** The part of a log message that an attempt keeps. */
export interface EventRef extends Moment {
  /** Position among all messages of the case. */
  readonly order: number;
  readonly stamp?: string;
}

const MAX_QUOTE = 300;
/** The content of a message is near its start. */
const MAX_CONTENT_LENGTH = 4_096;

/** `event`: what was read from it; a long message is cut around these words. */
export function toEventRef(record: DebugRecord, source: string, order: number, event: object): EventRef {
  return {
    order,
    quote: quoteRecord(record, source, event),
    at: record.at,
    stamp: record.stamp,
  };
}

/** Cuts a long message around the part that was read. */
function quoteRecord(record: DebugRecord, source: string, event: object): Quote {
  const { line, raw } = record;
  // Cut before trimming: trimming would copy a giant message first.
  const text = raw.slice(0, MAX_CONTENT_LENGTH).trim();
  if (raw.length <= MAX_CONTENT_LENGTH && text.length <= MAX_QUOTE) return { source, line, text };
  const words = Object.values(event)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .map((word) => ({ word, weight: word.length }));
  return { source, line, text: cutAround(text, MAX_QUOTE - 1, words) };
}

export function toMoment({ quote, at }: Moment): Moment {
  return { quote, at };
}

/** Seconds between two moments; `undefined` without times, or if the clock went back. */
export function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return to - from;
}

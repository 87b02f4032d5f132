import type { Quote } from '../../evidence/types.ts';
import { createJsonErrorReader, type JsonError } from '../../fortios/debug/json-errors.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { ProvisioningError } from '../log-events.ts';
import { keepSome } from './kept.ts';

/** What the token server says of a token that is another device's (KB 424201). */
const NOT_OF_PRODUCT = 31;
/** Lines between a message and the return code of the same command. */
const LOOKAHEAD_LINES = 4;
/** A reply begins so; in a wrapped log every later piece follows without a mark. */
const BEGINS = /"__type\\*"[ \t]*:|error_?(?:code|message|msg)/i;
const NEW_REPLY = /^[ \t]*\{[ \t]*\\*"(?:d|__type)\\*"/;
/** Characters of a long line around the decisive words. */
const BEFORE = 80;
const BEHIND = 220;

/** Refusals of Fortinet's token server: in the JSON of its replies, and as a command prints them. */
export function createProvisioningFold() {
  const errors = keepSome<ProvisioningError>();
  const json = createJsonErrorReader();
  let source = '';
  /** The pieces of the reply at hand, by line. */
  let raws = new Map<number, { readonly raw: string; readonly offset: number }>();
  let said: { readonly message: string; readonly quote: Quote } | undefined;

  function keep(found: readonly JsonError[]): void {
    for (const { code, message, places } of found) {
      errors.add({ code, message, quotes: quotesAt(places) }, `${code}`);
    }
  }

  function quotesAt(places: JsonError['places']): readonly Quote[] {
    const [first] = places;
    return places
      .filter((place, at) => at === 0 || place.line !== first?.line)
      .map(({ line, column }) => {
        const { raw = '', offset = 0 } = raws.get(line) ?? {};
        return { source, line, text: excerpt(raw, offset + column) };
      });
  }

  function end(): void {
    keep(json.end());
    raws = new Map();
  }

  return {
    /** A message that belongs to no daemon. */
    see(record: DebugRecord, from: string): void {
      const { text, raw, line } = record;
      if (json.isOpen() && (from !== source || NEW_REPLY.test(text.slice(0, 80)))) end();
      if (!json.isOpen()) {
        if (!BEGINS.test(text)) return;
        raws = new Map();
      }
      source = from;
      raws.set(line, { raw, offset: Math.max(0, raw.length - text.length) });
      keep(json.read(text, line));
    },
    said(message: string, quote: Quote): void {
      said = { message, quote };
    },
    /** `Command fail. Return code -7`: what was said above is the reason. */
    returned(quote: Quote): void {
      const near =
        said && said.quote.source === quote.source && quote.line - said.quote.line <= LOOKAHEAD_LINES;
      if (said && near) {
        const { message } = said;
        errors.add({ code: NOT_OF_PRODUCT, message, quotes: [said.quote, quote] }, `${NOT_OF_PRODUCT}`);
      }
      said = undefined;
    },
    list(): readonly ProvisioningError[] {
      end();
      return errors.list;
    },
  };
}

function excerpt(raw: string, at: number): string {
  if (raw.length <= BEFORE + BEHIND) return raw.trim();
  const from = Math.max(0, at - BEFORE);
  const to = Math.min(raw.length, at + BEHIND);
  return `${from > 0 ? '…' : ''}${raw.slice(from, to).trim()}${to < raw.length ? '…' : ''}`;
}

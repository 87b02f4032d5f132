import type { Quote } from '../../evidence/types.ts';
import { type JsonError, JsonErrorReader } from '../../fortios/debug/json-errors.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { ProvisioningError } from '../log-events.ts';
import { keepSome } from './keep-some.ts';

/** The token server's code for another device's token (KB 424201). */
const NOT_OF_PRODUCT = 31;
/** Lines between a message and the return code of the same command. */
const LOOKAHEAD_LINES = 4;
/** Start of a reply; in a wrapped log the later parts follow without a marker. */
const REPLY_START = /"__type\\*"[ \t]*:|error_?(?:code|message|msg)/i;
const NEW_REPLY = /^[ \t]*\{[ \t]*\\*"(?:d|__type)\\*"/;
/** Characters of a long line around the decisive words. */
const CHARS_BEFORE = 80;
const CHARS_AFTER = 220;

/** Refusals of Fortinet's token server: in the JSON of its replies, and as a command prints them. */
export function createProvisioningFold() {
  const errors = keepSome<ProvisioningError>();
  const json = new JsonErrorReader();
  let source = '';
  /** Parts of the current reply, by line. */
  let raws = new Map<number, { readonly raw: string; readonly offset: number }>();
  let latestMessage: { readonly message: string; readonly quote: Quote } | undefined;

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
    /** Handles a message without a daemon prefix. */
    see(record: DebugRecord, from: string): void {
      const { text, raw, line } = record;
      if (json.isOpen && (from !== source || NEW_REPLY.test(text.slice(0, 80)))) end();
      if (!json.isOpen) {
        if (!REPLY_START.test(text)) return;
        raws = new Map();
      }
      source = from;
      raws.set(line, { raw, offset: Math.max(0, raw.length - text.length) });
      keep(json.read(text, line));
    },
    said(message: string, quote: Quote): void {
      latestMessage = { message, quote };
    },
    /** `Command fail. Return code -7`: the preceding message is the reason. */
    returned(quote: Quote): void {
      const near =
        latestMessage &&
        latestMessage.quote.source === quote.source &&
        quote.line - latestMessage.quote.line <= LOOKAHEAD_LINES;
      if (latestMessage && near) {
        const { message } = latestMessage;
        errors.add(
          { code: NOT_OF_PRODUCT, message, quotes: [latestMessage.quote, quote] },
          `${NOT_OF_PRODUCT}`,
        );
      }
      latestMessage = undefined;
    },
    list(): readonly ProvisioningError[] {
      end();
      return errors.list;
    },
  };
}

function excerpt(raw: string, at: number): string {
  if (raw.length <= CHARS_BEFORE + CHARS_AFTER) return raw.trim();
  const from = Math.max(0, at - CHARS_BEFORE);
  const to = Math.min(raw.length, at + CHARS_AFTER);
  return `${from > 0 ? '…' : ''}${raw.slice(from, to).trim()}${to < raw.length ? '…' : ''}`;
}

import type { Finding } from '../../engine/diagnosis/diagnosis.ts';
import { cutAround, type Decisive } from '../../engine/evidence/cut-around.ts';
import { formatNumber, printable } from './printable.ts';

type Quote = Finding['evidence'][number];

/** Quotes by source, each line once, in the order of the source; of a line of several sentences, each that is quoted. */
export function bySource(quotes: readonly Quote[]) {
  const sources = new Map<string, Map<number, Quote>>();
  for (const quote of quotes) {
    const lines = sources.get(quote.source) ?? new Map<number, Quote>();
    const known = lines.get(quote.line);
    const isMore = known !== undefined && !known.text.includes(quote.text);
    lines.set(quote.line, isMore ? { ...known, text: `${known.text} … ${quote.text}` } : (known ?? quote));
    sources.set(quote.source, lines);
  }
  return [...sources].map(([source, lines]) => ({
    source,
    lines: [...lines.values()].sort((a, b) => a.line - b.line),
  }));
}

/** Characters that are worth a cut: the remark about it takes most of them. */
const MIN_CUT = 30;

/** One line of evidence, safe to print and cut around the words that a finding uses. */
export function quotedLine(text: string, limit: number, words: readonly Decisive[]): string {
  const line = printable(text);
  if (line.length < limit + MIN_CUT) return line;
  return `${cutAround(line, limit, words)} (${formatNumber(line.length - limit)} more characters)`;
}

/** A part of a line; `decisive` if a finding uses it. */
export interface LinePart {
  readonly text: string;
  readonly decisive: boolean;
}

const SEARCHED = 4000;
const BEFORE = /[\p{L}\p{N}_]$/u;
const BEHIND = /^[\p{L}\p{N}_]/u;
/** A number within a time, an address or a version is a different number. */
const PART_OF_NUMBER = /\d[:.-]$/;
const GOES_ON = /^[:.-]\d/;

/** Marks names and numbers of the finding if the line has any, else its other words; whole words only. */
export function markDecisive(line: string, words: readonly Decisive[]): readonly LinePart[] {
  const named = findSpans(
    line,
    words.filter(({ weight }) => weight >= NAMED),
  );
  const spans = named.length > 0 ? named : findSpans(line, words);
  const parts: LinePart[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (from < at) continue;
    parts.push(
      { text: line.slice(at, from), decisive: false },
      { text: line.slice(from, to), decisive: true },
    );
    at = to;
  }
  return [...parts, { text: line.slice(at), decisive: false }].filter(({ text }) => text !== '');
}

function isWhole(before: string, word: string, behind: string): boolean {
  if (BEFORE.test(before) || BEHIND.test(behind)) return false;
  return !/^\d+$/.test(word) || !(PART_OF_NUMBER.test(before) || GOES_ON.test(behind));
}

/** When a line was written decides nothing. Sample: `2026-03-02 09:12:06 [2210:root:0]…`. */
const STAMP = /^\s*\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?/;

/** The number of a daemon's process, and the VDOM. Sample: `[2210:root:0]`. */
const PROCESS = /^\s*\[\d+(?::[^\]\s]*)?\]\s*/;

/** An event log line, and its fields that say nothing about a login. Sample: `date=2026-03-02 … logid="0101039426" type="event"`. */
const EVENT = /\b(?:logid|logdesc)=/;
const EVENT_FRAME =
  /(?<![\w-])(?:\d{1,6}: )?(?:date|time|devname|devid|eventtime|tz|logid|type|subtype|level|vd|logdesc|tunnelid)=(?:"[^"]*"|\S+) ?/g;

/** A line for one glance: without its time, its process, the frame of an event and the blanks of a table. */
export function shortenForGlance(text: string): string {
  if (EVENT.test(text)) return `… ${text.replaceAll(EVENT_FRAME, '').replace(/^…/, '').trim()}`;
  const stamp = STAMP.exec(text)?.[0] ?? '';
  const rest = text
    .slice(stamp.length)
    .replace(PROCESS, '')
    .replaceAll(/(?<=\S) {2,}(?=\S)/g, ' ')
    .trim();
  return stamp === '' ? rest : `… ${rest}`;
}

/** The longest word wins if several start at one position. */
function findSpans(
  line: string,
  words: readonly Decisive[],
): readonly { readonly from: number; readonly to: number }[] {
  const text = line.slice(0, SEARCHED);
  const spans: { from: number; to: number }[] = [];
  const begin = STAMP.exec(text)?.[0].length ?? 0;
  for (const { word } of words) {
    if (word.length < 2) continue;
    for (let from = text.indexOf(word, begin); from !== -1; from = text.indexOf(word, from + word.length)) {
      const to = from + word.length;
      if (isWhole(text.slice(Math.max(0, from - 2), from), word, text.slice(to, to + 2)))
        spans.push({ from, to });
    }
  }
  return spans.sort((a, b) => a.from - b.from || b.to - a.to);
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}_.:@/#-]*[\p{L}\p{N}]/gu;
const MIN_LENGTH = 4;
const NAMED = 4;

/** Names, numbers and settings in a finding count more than its other words. */
export function decisiveWords({ title, summary }: Pick<Finding, 'title' | 'summary'>): readonly Decisive[] {
  const text = `${title} ${summary}`;
  const coded = new Set(
    [...text.matchAll(/`([^`]{2,120})`/g)].flatMap(([, code = '']) => [code, ...splitWords(code)]),
  );
  const all = new Set([
    ...coded,
    ...splitWords(text).filter((word) => word.length >= MIN_LENGTH || /\d/.test(word)),
  ]);
  return [...all]
    .map((word) => ({ word, weight: coded.has(word) || /\d/.test(word) ? NAMED : 1 }))
    .toSorted((a, b) => b.weight - a.weight);
}

/** Opens a block. Sample: `    edit "wan1"`. */
const OPENING = /^\s*(?:config|edit)\b/;

/**
 * The line that decides: rules name it first. The name of a block says nothing alone, so what stands in the block
 * follows: its setting, or its end where a setting is absent.
 */
export function decisiveQuote({ evidence: [first, next] }: Pick<Finding, 'evidence'>): Quote | undefined {
  if (!first || !next || !OPENING.test(first.text) || next.source !== first.source) return first;
  return { ...first, text: `${first.text} … ${next.text.trim()}` };
}

function splitWords(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

import type { Finding } from '../diagnosis/diagnosis.ts';

type Quote = Finding['evidence'][number];

/** Quotes of one source, each line once, in the order of the source. */
export interface QuotedSource {
  readonly source: string;
  readonly lines: readonly Quote[];
}

export function bySource(quotes: readonly Quote[]): readonly QuotedSource[] {
  const sources = new Map<string, Map<number, Quote>>();
  for (const quote of quotes) {
    const lines = sources.get(quote.source) ?? new Map<number, Quote>();
    if (!lines.has(quote.line)) lines.set(quote.line, quote);
    sources.set(quote.source, lines);
  }
  return [...sources].map(([source, lines]) => ({
    source,
    lines: [...lines.values()].sort((a, b) => a.line - b.line),
  }));
}

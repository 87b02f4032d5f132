/** A word that a claim relies on, and its weight. */
export interface Decisive {
  readonly word: string;
  readonly weight: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly which: Decisive;
}

/** Later characters of a line are not searched; real lines are shorter. */
const MAX_DISTANCE = 20_000;
/** Occurrences of one word that are considered. */
const MAX_PLACES = 4;
const MAX_WORDS = 60;
const CUT = '…';

/**
 * What FortiOS decided, in the fields of an event. Samples: `reason="probable pre-shared secret mismatch"`,
 * `action="deny" policyid=7 policytype="local-in-policy"`.
 */
const DECISION =
  /(?<![\w-])(?:reason="(?!N\/A")[^"]{1,60}"|action="deny"(?: policyid=\d{1,10})?(?: policytype="[\w-]{1,40}")?)/g;
/** More than all names of a finding together. */
const OF_DECISION = 100;

/**
 * At most `limit` characters of a line, around what FortiOS decided and the decisive words. `…` replaces what is
 * omitted. Never splits a surrogate pair.
 */
export function cutAround(line: string, limit: number, words: readonly Decisive[]): string {
  if (line.length <= limit) return line;
  const decided = [...line.matchAll(DECISION)].map(([word]) => ({ word, weight: OF_DECISION }));
  const from = atBorder(line, bestStart(line, limit, [...decided, ...words]), Math.floor(limit / 4));
  const to = Math.min(line.length, from + limit);
  const kept = line
    .slice(from, to)
    .toWellFormed()
    .replaceAll(/^\ufffd|\ufffd$/g, '');
  return `${from > 0 ? CUT : ''}${kept}${to < line.length ? CUT : ''}`;
}

/** The next field of a log line, at most `reach` characters further on. Sample: ` reason="…"`. */
function atBorder(line: string, from: number, reach: number): number {
  if (from === 0) return 0;
  return from + line.slice(from, from + reach).search(/ [a-z_]{2,20}=/) + 1;
}

function bestStart(line: string, limit: number, words: readonly Decisive[]): number {
  const spans = findSpans(line.slice(0, MAX_DISTANCE).toLowerCase(), words).filter(
    ({ from, to }) => to - from <= limit,
  );
  const last = line.length - limit;
  // A quarter of the context comes before the word, because it shows what the word belongs to.
  const starts = [0, ...spans.map(({ from }) => Math.min(last, Math.max(0, from - Math.floor(limit / 4))))];
  let best = 0;
  let bestScore = 0;
  for (const start of starts) {
    const inside = spans.filter(({ from, to }) => from >= start && to <= start + limit);
    const score = [...new Set(inside.map(({ which }) => which))].reduce((sum, { weight }) => sum + weight, 0);
    if (score > bestScore || (score === bestScore && start < best)) {
      best = start;
      bestScore = score;
    }
  }
  return best;
}

function findSpans(line: string, words: readonly Decisive[]): readonly Span[] {
  return words.slice(0, MAX_WORDS).flatMap((which) => {
    const word = which.word.toLowerCase();
    const found: Span[] = [];
    for (
      let from = word === '' ? -1 : line.indexOf(word);
      from !== -1 && found.length < MAX_PLACES;
      from = line.indexOf(word, from + word.length)
    ) {
      found.push({ from, to: from + word.length, which });
    }
    return found;
  });
}

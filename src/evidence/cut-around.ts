/** A word that a claim rests on, and how much it counts. */
export interface Decisive {
  readonly word: string;
  readonly weight: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly which: Decisive;
}

/** No line that people read is longer; what stands further behind is not searched. Characters. */
const MAX_DISTANCE = 20_000;
/** Places where one word is looked at. */
const MAX_PLACES = 4;
const MAX_WORDS = 60;
const CUT = '…';

/**
 * At most `limit` characters of a line, those around the words that decide. `…` stands for what is left out. Never cuts a
 * character in two.
 */
export function cutAround(line: string, limit: number, words: readonly Decisive[]): string {
  if (line.length <= limit) return line;
  const from = bestStart(line, limit, words);
  const to = Math.min(line.length, from + limit);
  const kept = line
    .slice(from, to)
    .toWellFormed()
    .replaceAll(/^\ufffd|\ufffd$/g, '');
  return `${from > 0 ? CUT : ''}${kept}${to < line.length ? CUT : ''}`;
}

function bestStart(line: string, limit: number, words: readonly Decisive[]): number {
  const spans = spansOf(line.slice(0, MAX_DISTANCE).toLowerCase(), words).filter(
    ({ from, to }) => to - from <= limit,
  );
  const last = line.length - limit;
  // What stands before a word tells what it belongs to.
  const starts = [0, ...spans.map(({ from }) => Math.min(last, Math.max(0, from - Math.floor(limit / 4))))];
  let best = 0;
  let most = 0;
  for (const start of starts) {
    const inside = spans.filter(({ from, to }) => from >= start && to <= start + limit);
    const score = [...new Set(inside.map(({ which }) => which))].reduce((sum, { weight }) => sum + weight, 0);
    if (score > most || (score === most && start < best)) {
      best = start;
      most = score;
    }
  }
  return best;
}

function spansOf(line: string, words: readonly Decisive[]): readonly Span[] {
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

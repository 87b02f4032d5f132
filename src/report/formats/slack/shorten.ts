import type { Part } from '../../documents/document.ts';
import { clipProse, plural, printableProse } from '../../documents/printable.ts';

/** How much of a part is shown; the report has the rest. */
interface Limits {
  readonly items: number;
  /** Characters of a paragraph or an item. */
  readonly prose: number;
  readonly quotes: number;
  readonly title: number;
  readonly withDetails: boolean;
  /** Without code, a collapsed section is its title. */
  readonly withCode: boolean;
}

/** From everything that a message can hold to the least that is worth showing. */
export const LEVELS = [
  { items: 30, prose: 1500, quotes: 8, title: 500, withDetails: true, withCode: true },
  { items: 6, prose: 1500, quotes: 0, title: 300, withDetails: false, withCode: true },
  { items: 3, prose: 300, quotes: 0, title: 120, withDetails: false, withCode: true },
  { items: 3, prose: 300, quotes: 0, title: 90, withDetails: false, withCode: false },
] as const satisfies readonly Limits[];

/** A longer line of evidence is cut. */
const WHOLE_QUOTE = 240;

export interface Shortened {
  readonly parts: readonly Part[];
  /** Whether the report has more. */
  readonly isCut: boolean;
}

/** The same parts within limits. */
export function shortenParts(parts: readonly Part[], limits: Limits): Shortened {
  const all = parts.map((part) => shortenPart(part, limits));
  return { parts: all.flatMap((each) => each.parts), isCut: all.some(({ isCut }) => isCut) };
}

function shortenPart(part: Part, limits: Limits): Shortened {
  if (part.kind === 'section') {
    if (part.shape === 'minor') return { parts: [], isCut: false };
    if (part.shape === 'detail' && !limits.withDetails) return { parts: [], isCut: true };
    const title = clipProse(printableProse(part.title), limits.title);
    if (part.shape === 'fold' && !limits.withCode) {
      return { parts: [{ kind: 'prose', text: title }], isCut: true };
    }
    const { parts, isCut } = shortenParts(part.parts, limits);
    return { parts: parts.length === 0 ? [] : [{ ...part, title, parts }], isCut };
  }
  if (part.kind === 'code') {
    if (limits.withCode) return { parts: [part], isCut: false };
    const sentence = {
      kind: 'prose',
      text: `${part.label ?? 'The block to paste'} is in the report.`,
    } as const;
    return { parts: [sentence], isCut: true };
  }
  if (part.kind === 'quotes') {
    const shown = part.quotes.slice(0, limits.quotes);
    const isCut = shown.length < part.quotes.length || shown.some(({ text }) => text.length > WHOLE_QUOTE);
    return { parts: shown.length === 0 ? [] : [{ ...part, quotes: shown }], isCut };
  }
  if (part.kind === 'list') {
    const shown = part.items
      .slice(0, limits.items)
      .map((item) => ({ ...item, text: clipProse(printableProse(item.text), limits.prose) }));
    const rest = part.items.length - shown.length;
    const more = rest > 0 ? [{ text: `${plural(rest, 'more', 'more')} in the report` }] : [];
    const isCut = rest > 0 || part.items.some(({ text }) => text.length > limits.prose);
    return { parts: [{ ...part, items: [...shown, ...more] }], isCut };
  }
  if (part.kind !== 'prose') return { parts: [part], isCut: false };
  const { quote, ...rest } = part;
  const text = clipProse(printableProse(part.text), limits.prose);
  const short = { ...rest, text, ...(limits.withCode && quote ? { quote } : {}) };
  return { parts: [short], isCut: part.tone !== 'minor' && part.text.length > limits.prose };
}

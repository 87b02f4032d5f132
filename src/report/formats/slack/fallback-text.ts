import { escapeFence, escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { truncate } from '../../block-kit/limits.ts';
import type { Document, Part, Table } from '../../documents/document.ts';
import { clip, clipProse, list, plural, printable, printableProse } from '../../documents/printable.ts';
import { quotedLine } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { proseText } from './prose-text.ts';

/** Slack recommends at most 4,000; delivery may add a line. */
const MAX_LENGTH = 3600;
const MAX_ITEMS = 3;
const PROSE_LIMIT = 600;
const QUOTE_LIMIT = 200;

/**
 * A usable answer without blocks: for notifications, screen readers, and clients or limits that refuse the blocks. Of
 * what is collapsed it has the titles.
 */
export function fallbackText({ mark, headline, about = '', parts }: Document): string {
  return joinWithin(MAX_LENGTH, [
    `${mark === undefined ? '' : `${mark.light} `}*${toFallbackText(headline)}*`,
    toFallbackText(about),
    ...parts.flatMap(partTexts),
  ]);
}

function toFallbackText(text: string, limit = PROSE_LIMIT): string {
  return proseText(clipProse(printableProse(text), limit));
}

function partTexts(part: Part): readonly string[] {
  if (part.kind === 'section') {
    if (part.shape === 'fold') return [toFallbackText(part.title, 250), ...part.parts.flatMap(stepText)];
    if (part.shape !== 'open') return [];
    return [
      ...(part.title === '' ? [] : [`*${toFallbackText(part.title, 300)}*`]),
      ...part.parts.flatMap(partTexts),
    ];
  }
  if (part.kind === 'code') {
    const block = `\`\`\`\n${escapeFence(part.lines.map(printable).join('\n'))}\n\`\`\``;
    return [part.label === undefined ? block : `*${part.label}*\n${block}`];
  }
  if (part.kind === 'list') {
    const rest = part.items.length - MAX_ITEMS;
    const lines = [
      ...part.items
        .slice(0, MAX_ITEMS)
        .map(({ text }) => `${part.marked ? '' : '• '}${toFallbackText(text, 250)}`),
      ...(rest > 0 ? [`and ${plural(rest, 'more', 'more')}`] : []),
    ];
    return [[...(part.label === undefined ? [] : [`*${part.label}*`]), ...lines].join('\n')];
  }
  if (part.kind === 'table') return tableTexts(part);
  if (part.kind === 'quotes' || part.kind === 'steps' || part.kind === 'picture') return [];
  if (part.tone === 'minor') return [];
  const { text, label, grade, tone, quote } = part;
  const start = label === undefined ? '' : `*${label}*${grade === undefined ? ': ' : ` (${grade}) `}`;
  const end = quote
    ? ` ${proseText(clip(quote.place.replaceAll('`', 'ˋ'), 120))}: ${inlineCode(quotedLine(quote.text.trim(), QUOTE_LIMIT, quote.words))}`
    : '';
  const body = `${tone === 'warning' ? '⚠️ ' : ''}${toFallbackText(text)}${end}`;
  return [tone === 'strong' ? `*${body}*` : `${start}${body}`];
}

const MAX_ROWS = 25;
const CELL_LIMIT = 90;

/** One line for each row that is not good; the good ones are counted. */
export function tableTexts({ rows, what }: Table): readonly string[] {
  const wanted = rows.filter(({ state }) => state !== 'good');
  const fine = rows.length - wanted.length;
  const more = wanted.length - MAX_ROWS;
  return [
    ...wanted.slice(0, MAX_ROWS).map(({ cells: [name = '', ...cells], more: behind = '' }) => {
      const told = cells.map((cell) => escapeMrkdwn(truncate(cellText(cell), CELL_LIMIT))).join(': ');
      return `• ${inlineCode(printable(name))} ${told}${behind}`;
    }),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(fine > 0 && wanted.length > 0 ? [`✓ ${plural(fine, what)} in order`] : []),
  ];
}

export function cellText(cell: string): string {
  return printableProse(cell).replaceAll('`', '');
}

const ORDER = ['broken', 'ok', 'unknown', 'not-reached'] as const;

/** `broken: *callback*; fine: login and token`, for screen readers. */
function stepText(part: Part): readonly string[] {
  if (part.kind !== 'steps') return [];
  const groups = ORDER.flatMap((status) => {
    const names = part.hops
      .filter((hop) => hop.status === status)
      .map(({ id }) => (id === part.firstBrokenHop ? `*${WORDING.hops[id]}*` : WORDING.hops[id]));
    return names.length === 0 ? [] : [`${WORDING.hopWords[status]}: ${list(names)}`];
  });
  return [groups.join('; ')];
}

/** Adds whole parts only, so that no code block is cut. */
function joinWithin(limit: number, parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (part === '') continue;
    const longer = text === '' ? part : `${text}\n${part}`;
    if (longer.length <= limit) text = longer;
  }
  return text;
}

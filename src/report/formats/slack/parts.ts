import type { DataTableBlock, KnownBlock } from '@slack/types';
import { LIMITS, truncate } from '../../block-kit/limits.ts';
import type { List, Part, Prose, Quotes, SectionPart, Steps, Table } from '../../documents/document.ts';
import { clip, formatNumber, plural, printable, printableProse } from '../../documents/printable.ts';
import { bySource, quotedLine, shortenForGlance } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { collapsible } from './collapsible.ts';
import { cellText } from './fallback-text.ts';
import { contextBlocks } from './other-blocks.ts';
import {
  bold,
  bullets,
  code,
  type Inline,
  italic,
  joinInlines,
  link,
  paragraph,
  plain,
  preformat,
  prose,
  type RichTextPart,
  richText,
} from './rich-text.ts';

const INLINE_QUOTE_LIMIT = 120;
const QUOTE_LIMIT = 240;
const STEP_QUOTE_LIMIT = 80;
const MAX_SOURCE = 120;

/** Parts as blocks: what is open in one block, what is collapsed in one each. */
export function partBlocks(parts: readonly Part[]): readonly KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open: RichTextPart[] = [];
  const close = () => {
    if (open.length > 0) blocks.push(richText(open));
    open = [];
  };
  for (const part of parts) {
    if (part.kind === 'section' && part.shape === 'open') {
      const title = part.title.replaceAll('`', '');
      if (title !== '') open.push(paragraph([bold(title)]));
      const [inside, ...folded] = partBlocks(part.parts);
      if (inside?.type === 'rich_text') open.push(...inside.elements);
      close();
      blocks.push(...folded);
    } else if (part.kind === 'section') {
      close();
      blocks.push(...foldBlocks(part));
    } else if (part.kind === 'prose' && part.tone === 'muted') {
      close();
      blocks.push(...contextBlocks(part.text));
    } else if (part.kind === 'table') {
      close();
      blocks.push(...tableBlocks(part));
    } else open.push(...richParts(part));
  }
  close();
  return blocks;
}

function foldBlocks({ title, shape, parts }: SectionPart): readonly KnownBlock[] {
  if (shape === 'minor') return [];
  // A single line of evidence stands with the cause.
  const shown = parts.filter((part) => part.kind !== 'quotes' || part.quotes.length > 1);
  const inside = shown.flatMap(richParts);
  return inside.length === 0 ? [] : [collapsible(printableProse(title).replaceAll('`', ''), inside)];
}

function richParts(part: Part): readonly RichTextPart[] {
  if (part.kind === 'prose') return proseParts(part);
  if (part.kind === 'code') return [...labelParts(part.label), preformat(part.lines)];
  if (part.kind === 'list') return listParts(part);
  if (part.kind === 'quotes') return quoteParts(part);
  if (part.kind === 'steps') return stepParts(part);
  if (part.kind === 'table' || part.kind === 'picture') return [];
  return part.shape === 'minor' ? [] : part.parts.flatMap(richParts);
}

function proseParts({ text, label, grade, tone, quote }: Prose): readonly RichTextPart[] {
  if (tone === 'minor') return [];
  if (tone === 'strong') return [paragraph([bold(printableProse(text))])];
  if (tone === 'muted') return [paragraph([italic(printableProse(text))])];
  const line = quote && quotedLine(quote.text.trim(), INLINE_QUOTE_LIMIT, quote.words);
  return [
    paragraph([
      ...(label === undefined ? [] : [bold(label), plain(grade === undefined ? ': ' : ` (${grade}) `)]),
      ...(tone === 'warning' ? [plain('⚠️ ')] : []),
      ...prose(text),
      ...(quote && line ? [plain(` ${clip(quote.place, MAX_SOURCE)}: `), code(line)] : []),
    ]),
  ];
}

function labelParts(label: string | undefined): readonly RichTextPart[] {
  return label === undefined ? [] : [paragraph([bold(label)])];
}

function listParts({ label, items, marked }: List): readonly RichTextPart[] {
  const lines = items.map(({ text, url }) =>
    url === undefined ? prose(text) : [link(printableProse(text) || url, url)],
  );
  return [...labelParts(label), marked ? paragraph(joinInlines(lines)) : bullets(lines)];
}

function quoteParts({ quotes, words }: Quotes): readonly RichTextPart[] {
  return bySource(quotes).flatMap(({ source, lines }) => {
    const numbers = lines.map((each) => formatNumber(each.line)).join(', ');
    return [
      paragraph([
        bold('Evidence '),
        code(clip(printable(source), MAX_SOURCE)),
        plain(`, line${lines.length === 1 ? '' : 's'} ${numbers}`),
      ]),
      preformat(lines.map((each) => quotedLine(each.text, QUOTE_LIMIT, words))),
    ];
  });
}

const CELL_LIMIT = 90;
/** Size of the table's JSON: leaves room for the rest of the message. */
const TABLE_WEIGHT = 8_000;
const PAGE_SIZE = 10;

function tableBlocks({ titles, rows, caption, what }: Table): readonly KnownBlock[] {
  const lines: DataTableBlock['rows'] = [rawCells(titles)];
  let weight = 0;
  for (const { cells, more = '' } of rows) {
    const [name = '', ...others] = cells;
    const shown = others.map((cell) => truncate(cellText(cell), CELL_LIMIT));
    const line = rawCells([printable(name), ...shown.slice(0, -1), `${shown.at(-1) ?? ''}${more}`]);
    weight += JSON.stringify(line).length + 1;
    if (weight > TABLE_WEIGHT || lines.length >= LIMITS.dataTableRows) break;
    lines.push(line);
  }
  const left = rows.length - (lines.length - 1);
  return [
    { type: 'data_table', caption, page_size: PAGE_SIZE, rows: lines },
    ...(left === 0 ? [] : contextBlocks(`${plural(left, `more ${what}`)}: see the attached files`)),
  ];
}

function rawCells(texts: readonly string[]): DataTableBlock['rows'][number] {
  return texts.map((text) => ({ type: 'raw_text', text: text === '' ? '–' : text }));
}

type Hops = Steps['hops'];

const UNSEEN: ReadonlySet<Hops[number]['status']> = new Set(['unknown', 'not-reached']);

/** Steps in a row that nothing was seen of share a line. */
function groupUnseen(hops: Hops): readonly (readonly [Hops[number], ...Hops])[] {
  const groups: [Hops[number], ...Hops[number][]][] = [];
  for (const hop of hops) {
    const last = groups.at(-1);
    if (last?.[0].status === hop.status && UNSEEN.has(hop.status)) last.push(hop);
    else groups.push([hop]);
  }
  return groups;
}

function stepParts({ hops, firstBrokenHop }: Steps): readonly RichTextPart[] {
  const lines = groupUnseen(hops).map(([first, ...others]): readonly Inline[] => {
    const [quote] = first.evidence;
    const names = [first, ...others].map(({ id }) => WORDING.hops[id]).join(', ');
    const step = `${WORDING.hopMarks[first.status]} ${names}`;
    return [
      first.id === firstBrokenHop ? bold(step) : plain(step),
      ...(quote
        ? [
            plain(`, line ${formatNumber(quote.line)}: `),
            code(quotedLine(shortenForGlance(quote.text), STEP_QUOTE_LIMIT, [])),
          ]
        : []),
    ];
  });
  return [paragraph(joinInlines(lines))];
}

import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { type AnswerContext, createAnswer } from '../../documents/answer/answer.ts';
import { readText } from '../../documents/answer/summary.ts';
import type { Document, List, Part, Steps, Table } from '../../documents/document.ts';
import { printableProse } from '../../documents/printable.ts';
import { bySource, quotedLine } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { codeBlock, escapeMarkdown, markdownCode, markdownProse } from './escape.ts';

export interface MarkdownOptions extends Pick<AnswerContext, 'alias' | 'tookMs' | 'withOutput'> {
  readonly version?: string;
}

type Lines = readonly string[];

const QUOTE_LIMIT = 400;

/** The answer for a ticket, in GitHub's Markdown, without a final line break. Foreign text cannot format it. */
export function renderMarkdown(diagnosis: Diagnosis, { version, ...context }: MarkdownOptions = {}): string {
  const answer = createAnswer(diagnosis, context);
  const foot = [
    ...(answer.foot ?? []).map((line) => `${line}.`),
    ...[readText(diagnosis)].filter((line) => line !== ''),
    `Made by ftm-check${version === undefined ? '' : ` ${version}`}.`,
  ];
  return renderMarkdownDocument({ ...answer, foot });
}

/** Without a final line break. */
export function renderMarkdownDocument({ mark, headline, about = '', parts, foot = [] }: Document): string {
  const shown: readonly Lines[] = [
    [`# ${mark === undefined ? '' : `${mark.light} `}${escapeMarkdown(printableProse(headline))}`],
    about === '' ? [] : [markdownProse(about)],
    ...parts.flatMap((part) => partLines(part)),
    foot.map((line, index) => `${escapeMarkdown(line)}${index < foot.length - 1 ? '  ' : ''}`),
  ];
  return shown
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function partLines(part: Part): readonly Lines[] {
  if (part.kind === 'picture') return [];
  if (part.kind === 'section') {
    // A heading has no code.
    const title = escapeMarkdown(printableProse(part.title).replaceAll('`', ''));
    return [part.shape === 'detail' || title === '' ? [] : [`## ${title}`], ...part.parts.flatMap(partLines)];
  }
  if (part.kind === 'code') {
    return [part.label === undefined ? [] : [`**${part.label}**`], codeBlock(part.lines)];
  }
  if (part.kind === 'quotes') {
    return bySource(part.quotes).flatMap(({ source, lines }) => [
      [`Evidence, ${markdownCode(printableProse(source))}:`],
      codeBlock(lines.map(({ line, text }) => `${line}: ${quotedLine(text, QUOTE_LIMIT, part.words)}`)),
    ]);
  }
  if (part.kind === 'table') return [tableLines(part.titles, tableCells(part))];
  if (part.kind === 'steps') return [stepTable(part)];
  if (part.kind === 'list') return listLines(part);
  const { text, label, grade, tone } = part;
  const start =
    label === undefined ? '' : `**${label}**${grade === undefined ? '' : ` (${escapeMarkdown(grade)})`}: `;
  const shown = `${start}${tone === 'warning' ? '⚠️ ' : ''}${markdownProse(text)}`;
  return [[tone === 'strong' ? `**${shown}**` : shown]];
}

function listLines({ label, items }: List): readonly Lines[] {
  return [
    label === undefined ? [] : [`**${label}**`],
    items.map(({ text, url }) => `- ${url === undefined ? markdownProse(text) : linkText(text, url)}`),
  ];
}

function linkText(title: string, url: string): string {
  const safe = /^https?:\/\/[\w./~%?=&+#:-]+$/.test(url);
  return safe ? `[${escapeMarkdown(title)}](${url})` : `${escapeMarkdown(title)}: ${markdownCode(url)}`;
}

function stepTable({ hops }: Steps): Lines {
  const rows = hops.map(({ id, status, evidence: [first] }) => {
    const at =
      first === undefined ? '' : `${escapeMarkdown(printableProse(first.source))}, line ${first.line}`;
    const mark = `${WORDING.hopMarks[status]} ${WORDING.hopWords[status]}`;
    return [WORDING.hops[id], mark, at];
  });
  return tableLines(['Step', 'Result', 'Evidence'], rows);
}

/** Without code: a pipe in it would end the cell. */
function tableCells({ rows }: Table): readonly (readonly string[])[] {
  return rows.map(({ cells, more = '' }) =>
    cells.map((cell, index) => {
      const text = escapeMarkdown(printableProse(cell));
      return index === cells.length - 1 ? `${text}${more}` : text;
    }),
  );
}

/** Cells are Markdown. */
function tableLines(titles: readonly string[], rows: readonly (readonly string[])[]): Lines {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

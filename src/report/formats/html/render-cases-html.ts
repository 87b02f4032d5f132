import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { type CaseRow, worstSeverity } from '../../documents/cases/case-row.ts';
import { countLine } from '../../documents/cases/count-rows.ts';
import type { CasesOptions } from '../../documents/cases/render-cases.ts';
import { printable, printableProse } from '../../documents/printable.ts';
import { madeBy, renderDocument } from './document.ts';
import { element, inOnePiece, joined, type Markup, proseMarkup } from './markup.ts';
import { answerMarkup } from './render-html.ts';
import { partOfPage } from './section-place.ts';
import { VERDICT_TITLES } from './verdict-titles.ts';

/** The part of the page that is about one device. Made once it was read, so that its evidence need not be kept. */
export interface DevicePage {
  /** `id` of its heading. */
  readonly id: string;
  readonly markup: Markup;
}

export interface DevicePageOptions {
  readonly alias: string;
  /** Unique in the page. */
  readonly number: number;
  readonly tookMs: number;
  readonly evidence: readonly EvidenceItem[];
}

export function devicePage(diagnosis: Diagnosis, options: DevicePageOptions): DevicePage {
  const { alias, number, tookMs, evidence } = options;
  const place = partOfPage(`device-${number}`);
  const { head, body } = answerMarkup(diagnosis, { alias, tookMs, evidence }, place);
  const parts = [
    head[0],
    element('p', {}, element('strong', {}, printableProse(diagnosis.headline))),
    ...head.slice(1),
    element('details', {}, element('summary', {}, 'Report'), ...body),
  ];
  return deviceSection(alias, number, parts);
}

/** `lines` say why it could not be read, and what to do. */
export function failedDevicePage(alias: string, number: number, lines: readonly string[]): DevicePage {
  return deviceSection(alias, number, [
    element('p', { class: 'verdict inconclusive' }, FAILED),
    ...lines.map((line) => element('p', {}, proseMarkup(line))),
  ]);
}

const FAILED = 'Not read';

function deviceSection(alias: string, number: number, parts: readonly (Markup | undefined)[]): DevicePage {
  const id = `device-${number}`;
  const title = element('h2', { id }, printable(alias));
  return { id, markup: inOnePiece(element('section', { 'aria-labelledby': id }, title, ...parts)) };
}

export interface CasesHtmlOptions extends CasesOptions {
  /** Keyed by the name of the row. */
  readonly pages: ReadonlyMap<string, DevicePage>;
  /** The version of ftm-check. */
  readonly version?: string;
}

/** One document: the table of all rows, and below it the page of each. It loads nothing and needs no script. */
export function renderCasesHtml(
  rows: readonly CaseRow[],
  { what, pages, version }: CasesHtmlOptions,
): string {
  const summary = countLine(rows, what);
  return renderDocument(summary, [
    element('header', {}, element('h1', {}, summary)),
    element('main', {}, table(rows, what, pages), joined(rows.map(({ name }) => pages.get(name)?.markup))),
    element('footer', {}, element('p', {}, madeBy(version))),
  ]);
}

function table(rows: readonly CaseRow[], what: string, pages: CasesHtmlOptions['pages']): Markup | undefined {
  if (rows.length === 0) return undefined;
  const titles = [`${what.slice(0, 1).toUpperCase()}${what.slice(1)}`, 'State', 'Headline'];
  return element(
    'table',
    {},
    element('caption', {}, 'The worst first'),
    element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...rows.map((row) => tableRow(row, pages.get(row.name)))),
  );
}

function tableRow(row: CaseRow, page: DevicePage | undefined): Markup {
  const name = printable(row.name);
  const more = row.findings.length > 1 ? ` (+${row.findings.length - 1})` : '';
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, page ? element('a', { href: `#${page.id}` }, name) : name),
    element('td', { class: STATE_CLASSES[row.state] }, stateText(row)),
    element('td', {}, proseMarkup(row.headline), more),
  );
}

const STATE_CLASSES = {
  broken: 'v-broken',
  healthy: 'v-healthy',
  inconclusive: 'v-unknown',
  failed: 'v-unknown',
  skipped: 'v-not-applicable',
  unrelated: 'v-not-applicable',
} as const satisfies Record<CaseRow['state'], string>;

function stateText(row: CaseRow): string {
  if (row.state === 'failed') return FAILED;
  if (row.state === 'skipped') return 'Skipped';
  if (row.state === 'unrelated') return 'Not from a FortiGate';
  const severity = worstSeverity(row);
  return severity === undefined ? VERDICT_TITLES[row.state] : `${VERDICT_TITLES[row.state]}, ${severity}`;
}

import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { type AnswerContext, createAnswer } from '../../documents/answer/answer.ts';
import type { Document } from '../../documents/document.ts';
import { type DeviceHistoryView, historySection } from '../../documents/history/history.ts';
import { historyChart } from '../../documents/history/history-chart.ts';
import { joinTexts, plural, printable, printableProse } from '../../documents/printable.ts';
import { loginsPicture } from '../../picture/logins-picture.ts';
import { checksSection } from './checks-section.ts';
import { constant, element, inOnePiece, type Markup, proseMarkup } from './markup.ts';
import { type DrawPicture, type Material, partsMarkup } from './parts.ts';
import { SCRIPT } from './script.ts';
import { partOfPage, WHOLE_PAGE } from './section-place.ts';
import { STYLE } from './styles.ts';

export interface HtmlOptions
  extends Pick<AnswerContext, 'alias' | 'askerName' | 'tookMs' | 'sinceHealthy' | 'withOutput'> {
  readonly version?: string;
  /** The redacted evidence, for the lines around quotes. */
  readonly evidence?: readonly EvidenceItem[];
  /** The checks of the device up to this one. */
  readonly history?: DeviceHistoryView;
}

export const VERDICT_TITLES: Readonly<Record<Diagnosis['verdict'], string>> = {
  broken: 'Broken',
  healthy: 'Fine',
  inconclusive: 'Not clear yet',
};

/**
 * The whole report as one file that loads nothing and needs no script. The same diagnosis gives the same bytes. No
 * final line break.
 */
export function renderHtml(diagnosis: Diagnosis, options: HtmlOptions = {}): string {
  const { version, history, evidence } = options;
  const draw: DrawPicture = (_, width) => loginsPicture(diagnosis, width);
  const below = [...checksSection(diagnosis, WHOLE_PAGE), ...historyMarkup(history)];
  return renderHtmlDocument(reportDocument(diagnosis, options), { version, evidence, draw, below });
}

/** Nothing if this check is the only one. */
function historyMarkup(history: DeviceHistoryView | undefined): readonly Markup[] {
  const parts = history ? historySection(history) : [];
  if (history === undefined || parts.length === 0) return [];
  const draw: DrawPicture = (_, width) => historyChart(history, width);
  return [element('div', { class: 'history' }, ...partsMarkup(parts, WHOLE_PAGE, { draw }))];
}

/** The answer, with the model of the device and what was read. */
function reportDocument(
  diagnosis: Diagnosis,
  { alias, askerName, tookMs, sinceHealthy, withOutput }: HtmlOptions,
): Document {
  const { device, sources } = diagnosis;
  const answer = createAnswer(diagnosis, { alias, askerName, tookMs, sinceHealthy, withOutput });
  const { foot = [] } = answer;
  const read = sources.map(({ name, lines }) => `${printable(name)} (${plural(lines, 'line')})`);
  return {
    ...answer,
    headline: diagnosis.headline,
    about: joinTexts([device.model === undefined ? '' : printable(device.model), answer.about ?? '']),
    foot: [
      ...(foot.length === 0 ? ['Redacted: nothing had to be.'] : foot.map((line) => `${line}.`)),
      ...(read.length === 0 ? [] : [`Read: ${read.join(', ')}.`]),
    ],
  };
}

interface PageOptions extends Material {
  readonly version?: string;
  /** Follows the parts of the document. */
  readonly below?: readonly Markup[];
}

/** A document as a file of its own. */
export function renderHtmlDocument(
  document: Document,
  { version, below = [], ...material }: PageOptions = {},
): string {
  const { headline, parts, foot = [] } = document;
  const { verdict, about } = headMarkup(document);
  const made = `Made by ftm-check${version === undefined ? '' : ` ${version}`}, which changes nothing on a device.`;
  return renderHtmlPage(headline, [
    element('header', verdict, element('h1', proseMarkup(headline)), about),
    element('main', ...partsMarkup(parts, WHOLE_PAGE, material), ...below),
    element('footer', ...[...foot, made].map((line) => element('p', line))),
  ]);
}

function headMarkup({ verdict, about }: Document) {
  return {
    verdict: verdict && element('p', { class: `verdict ${verdict}` }, VERDICT_TITLES[verdict]),
    about: about === undefined ? undefined : element('p', { class: 'muted' }, proseMarkup(about)),
  };
}

/** The part of the page that is about one device. Made once it was read, so that its evidence need not be kept. */
export interface DevicePart {
  /** `id` of its heading. */
  readonly id: string;
  readonly markup: Markup;
}

interface DevicePartOptions {
  readonly alias: string;
  /** Unique in the page. */
  readonly number: number;
  readonly tookMs: number;
  readonly evidence: readonly EvidenceItem[];
}

export function devicePart(diagnosis: Diagnosis, options: DevicePartOptions): DevicePart {
  const { alias, number, evidence } = options;
  const report = reportDocument(diagnosis, options);
  const place = partOfPage(`device-${number}`);
  const { verdict, about } = headMarkup(report);
  const draw: DrawPicture = (_, width) => loginsPicture(diagnosis, width);
  return deviceSection(alias, number, [
    verdict,
    element('p', element('strong', printableProse(report.headline))),
    about,
    element(
      'details',
      element('summary', 'Report'),
      ...partsMarkup(report.parts, place, { evidence, draw }),
      ...checksSection(diagnosis, place),
    ),
  ]);
}

/** `lines` say why it could not be read, and what to do. */
export function failedDevicePart(alias: string, number: number, lines: readonly string[]): DevicePart {
  return deviceSection(alias, number, [
    element('p', { class: 'verdict inconclusive' }, 'Not read'),
    ...lines.map((line) => element('p', proseMarkup(line))),
  ]);
}

function deviceSection(alias: string, number: number, parts: readonly (Markup | undefined)[]): DevicePart {
  const id = `device-${number}`;
  const title = element('h2', { id }, printable(alias));
  return { id, markup: inOnePiece(element('section', { 'aria-labelledby': id }, title, ...parts)) };
}

/** A document that loads nothing and needs no script. No final line break. */
function renderHtmlPage(title: string, body: readonly Markup[]): string {
  const { markup } = element(
    'html',
    { lang: 'en' },
    head(title),
    element('body', ...body, element('script', constant(SCRIPT))),
  );
  return `<!doctype html>\n${markup}`;
}

function head(title: string): Markup {
  return element(
    'head',
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', `${printableProse(title).replaceAll('`', '')} · ftm-check`),
    element('style', constant(STYLE)),
  );
}

/** SHA-256 of `STYLE` and `SCRIPT` in Base64: a test compares them with the texts. */
export const STYLE_HASH = 'P3CdGOsHlarD2TsZXXGOSVJ2BWn1szBjporDUukNn4w=';
export const SCRIPT_HASH = 'Sl7ilh6IZxs1SXdq9v/dw9cd/gF3KVqd9Y/H0qwK0Yo=';

/** Nothing is loaded, and nothing is active except the report's own style sheet and script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { createAnswer } from '../../documents/answer/answer.ts';
import { plural, printable, printableProse } from '../../documents/printable.ts';
import { checksSection } from './checks-section.ts';
import { madeBy, renderDocument } from './document.ts';
import { type DeviceHistoryView, historySection } from './history-section.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import { partsMarkup } from './parts.ts';
import { type SectionPlace, WHOLE_PAGE } from './section-place.ts';
import { VERDICT_TITLES } from './verdict-titles.ts';

export interface HtmlOptions {
  readonly alias?: string;
  readonly askerName?: string;
  readonly tookMs?: number;
  /** The version of ftm-check. */
  readonly version?: string;
  /** The redacted evidence, for the lines around quotes. */
  readonly evidence?: readonly EvidenceItem[];
  /** What changed since the device was healthy. */
  readonly sinceHealthy?: SinceHealthy;
  /** The checks of the device up to this one. */
  readonly history?: DeviceHistoryView;
}

/**
 * The whole report as one file that loads nothing and needs no script. The same diagnosis gives the same bytes. No
 * final line break.
 */
export function renderHtml(diagnosis: Diagnosis, options: HtmlOptions = {}): string {
  const { version, history } = options;
  const { head, body, foot } = answerMarkup(diagnosis, options, WHOLE_PAGE);
  return renderDocument(diagnosis.headline, [
    element('header', {}, head[0], element('h1', {}, printableProse(diagnosis.headline)), ...head.slice(1)),
    element('main', {}, ...body, ...historySection(history, WHOLE_PAGE)),
    element('footer', {}, ...[...foot, madeBy(version)].map((line) => element('p', {}, line))),
  ]);
}

export interface AnswerMarkup {
  /** The verdict, and the line about the device. */
  readonly head: readonly Markup[];
  readonly body: readonly Markup[];
  readonly foot: readonly string[];
}

/** The answer and all checks, for a page of its own or a part of one. */
export function answerMarkup(
  diagnosis: Diagnosis,
  { alias, askerName, tookMs, sinceHealthy, evidence = [] }: HtmlOptions,
  place: SectionPlace,
): AnswerMarkup {
  const { verdict, device, sources } = diagnosis;
  const { about, parts, foot } = createAnswer(diagnosis, { alias, askerName, tookMs, sinceHealthy });
  const read = sources.map(({ name, lines }) => `${printable(name)} (${plural(lines, 'line')})`);
  const line = [device.model === undefined ? '' : printable(device.model), about].filter(Boolean).join(' · ');
  return {
    head: [
      element('p', { class: `verdict ${verdict}` }, VERDICT_TITLES[verdict]),
      element('p', { class: 'muted' }, proseMarkup(line)),
    ],
    body: [...partsMarkup(parts, diagnosis, evidence, place), ...checksSection(diagnosis, place)],
    foot: [
      ...(foot.length === 0 ? ['Redacted: nothing had to be.'] : foot.map((each) => `${each}.`)),
      ...(read.length === 0 ? [] : [`Read: ${read.join(', ')}.`]),
    ],
  };
}

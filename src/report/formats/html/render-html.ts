import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { deviceLine } from '../../documents/answer/device-line.ts';
import { redactionText } from '../../documents/answer/summary.ts';
import { plural, printable, printableProse } from '../../documents/printable.ts';
import { diagnosisSections } from './diagnosis-sections.ts';
import { madeBy, renderDocument } from './document.ts';
import { type DeviceHistoryView, historySection } from './history-section.ts';
import { element, joined, type Markup, proseMarkup } from './markup.ts';
import { WHOLE_PAGE } from './section-place.ts';
import { sinceHealthySection } from './since-healthy-section.ts';
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
  return renderDocument(diagnosis.headline, [
    header(diagnosis, options),
    element(
      'main',
      {},
      ...diagnosisSections(diagnosis, options.evidence ?? [], WHOLE_PAGE),
      ...sinceHealthySection(options.sinceHealthy, WHOLE_PAGE),
      ...historySection(options.history, WHOLE_PAGE),
    ),
    footer(diagnosis, options),
  ]);
}

function header(
  diagnosis: Diagnosis,
  { alias = diagnosis.device.alias, askerName, tookMs }: HtmlOptions,
): Markup {
  const { model } = diagnosis.device;
  const about = [
    ...(model === undefined ? [] : [printable(model)]),
    deviceLine(diagnosis, { alias, askerName, tookMs }),
  ];
  return element(
    'header',
    {},
    element('p', { class: `verdict ${diagnosis.verdict}` }, VERDICT_TITLES[diagnosis.verdict]),
    element('h1', {}, printableProse(diagnosis.headline)),
    element('p', { class: 'muted' }, proseMarkup(about.join(' · '))),
  );
}

function footer({ redactions, sources }: Diagnosis, { version }: HtmlOptions): Markup {
  const hidden = redactionText(redactions);
  const read = sources.map(({ name, lines }) => `${printable(name)} (${plural(lines, 'line')})`);
  const texts = [
    hidden === '' ? 'Redacted: nothing had to be.' : `Redacted: ${hidden}.`,
    read.length === 0 ? '' : `Read: ${read.join(', ')}.`,
    madeBy(version),
  ];
  return element(
    'footer',
    {},
    joined(texts.filter((text) => text !== '').map((text) => element('p', {}, text))),
  );
}

import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../evidence/types.ts';
import { deviceLine } from '../device-line.ts';
import { allNeededText } from '../finding-texts.ts';
import { foldFindings } from '../folded-findings.ts';
import { liveLine } from '../live-line.ts';
import { constant, element, joined, type Markup, proseMarkup } from '../markup.ts';
import { plural, printable, printableProse } from '../printable.ts';
import { redactionText } from '../summary.ts';
import { checksSection } from './checks-section.ts';
import { copyBlock } from './copy-block.ts';
import { evidenceFigures, type SourceLines } from './evidence-section.ts';
import { findingSection } from './finding-section.ts';
import { nextStepsSection, notCheckedSection } from './next-steps-section.ts';
import { loginsSection, stepsSection } from './path-sections.ts';
import { CONTENT_SECURITY_POLICY } from './policy.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './styles.ts';

export interface HtmlOptions {
  readonly alias?: string;
  readonly askerName?: string;
  readonly tookMs?: number;
  /** The version of ftm-check. */
  readonly version?: string;
  /** The redacted evidence, for the lines around quotes. */
  readonly evidence?: readonly EvidenceItem[];
}

const VERDICTS: Readonly<Record<Diagnosis['verdict'], string>> = {
  broken: 'Broken',
  healthy: 'Fine',
  inconclusive: 'Not clear yet',
};

/**
 * The whole report as one file that loads nothing and needs no script. The same diagnosis gives the same bytes. No
 * final line break.
 */
export function renderHtml(diagnosis: Diagnosis, options: HtmlOptions = {}): string {
  const linesOf = sourceLines(options.evidence ?? []);
  const { markup } = element(
    'html',
    { lang: 'en' },
    head(diagnosis),
    element(
      'body',
      {},
      header(diagnosis, options),
      element('main', {}, ...mainParts(diagnosis, linesOf)),
      footer(diagnosis, options),
      element('script', {}, constant(SCRIPT)),
    ),
  );
  return `<!doctype html>\n${markup}`;
}

function head({ headline }: Diagnosis): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${printableProse(headline)} · ftm-check`),
    element('style', {}, constant(STYLE)),
  );
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
    element('p', { class: `verdict ${diagnosis.verdict}` }, VERDICTS[diagnosis.verdict]),
    element('h1', {}, printableProse(diagnosis.headline)),
    element('p', { class: 'muted' }, proseMarkup(about.join(' · '))),
  );
}

function mainParts(diagnosis: Diagnosis, linesOf: SourceLines): readonly Markup[] {
  if (diagnosis.looksLike) {
    const { send, evidence } = diagnosis.looksLike;
    return [element('p', {}, proseMarkup(send)), ...evidenceFigures(evidence, [], linesOf)];
  }
  const findings = foldFindings(diagnosis.findings);
  const unsure = diagnosis.verdict === 'inconclusive';
  const all = allNeededText(diagnosis);
  return [
    ...liveParts(diagnosis.live),
    ...(all === '' ? [] : [element('p', {}, element('strong', {}, all))]),
    ...(unsure && findings.length === 0 ? nextStepsSection(diagnosis) : []),
    ...findings.map((each, index) =>
      findingSection(
        each,
        { index, number: findings.length > 1 ? index + 1 : undefined, headline: diagnosis.headline },
        linesOf,
      ),
    ),
    stepsSection(diagnosis, linesOf),
    ...loginsSection(diagnosis),
    ...(unsure && findings.length === 0 ? [] : nextStepsSection(diagnosis)),
    ...notCheckedSection(diagnosis),
    ...checksSection(diagnosis),
  ];
}

function liveParts(live: Diagnosis['live']): readonly Markup[] {
  const text = liveLine(live);
  if (text === '') return [];
  return [
    element('p', {}, proseMarkup(text)),
    ...(live?.state === 'left-on' ? [copyBlock('debug-off', live.commands, 'debug off')] : []),
  ];
}

function footer({ redactions, sources }: Diagnosis, { version }: HtmlOptions): Markup {
  const hidden = redactionText(redactions);
  const read = sources.map(({ name, lines }) => `${printable(name)} (${plural(lines, 'line')})`);
  const texts = [
    hidden === '' ? 'Redacted: nothing had to be.' : `Redacted: ${hidden}.`,
    read.length === 0 ? '' : `Read: ${read.join(', ')}.`,
    `Made by ftm-check${version === undefined ? '' : ` ${version}`}, which changes nothing on a device.`,
  ];
  return element(
    'footer',
    {},
    joined(texts.filter((text) => text !== '').map((text) => element('p', {}, text))),
  );
}

function sourceLines(evidence: readonly EvidenceItem[]): SourceLines {
  const texts = new Map(evidence.map(({ name, text }) => [name, text]));
  const split = new Map<string, readonly string[]>();
  return (source) => {
    const text = texts.get(source);
    if (text === undefined) return undefined;
    const lines = split.get(source) ?? text.split(/\r?\n/);
    split.set(source, lines);
    return lines;
  };
}

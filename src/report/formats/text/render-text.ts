import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { deviceLine } from '../../documents/answer/device-line.ts';
import { foldFindings } from '../../documents/answer/folded-findings.ts';
import { headlineMark } from '../../documents/answer/headline-mark.ts';
import { headlineText } from '../../documents/answer/headline-text.ts';
import { liveLine } from '../../documents/answer/live-line.ts';
import { portLine } from '../../documents/answer/port-line.ts';
import { failedTimingText, healthyHint, redactionText, seenSoFar } from '../../documents/answer/summary.ts';
import { loginTimeline } from '../../documents/answer/time-line.ts';
import { plural, printable, printableProse } from '../../documents/printable.ts';
import { attemptLines } from './attempts.ts';
import { findingParts } from './finding.ts';
import { hopLines } from './hops.ts';
import { wrap } from './layout.ts';
import { nextStepLines, uncheckedLines } from './next-steps.ts';
import { ANSI, type Pen, PLAIN } from './paint.ts';

export interface TextOptions {
  /** Columns, 80 by default. CLI lines and quotes are never wrapped, so that they can be copied. */
  readonly width?: number;
  readonly colour?: boolean;
  readonly tookMs?: number;
  /** The VDOM that the request named. */
  readonly vdom?: string;
  /** Whether the inventory allows live checks of this device. */
  readonly canWatch?: boolean;
}

type Part = readonly string[];

/** The answer for a terminal, without a final line break. Control characters in foreign text are escaped. */
export function renderText(diagnosis: Diagnosis, options: TextOptions = {}): string {
  const pen: Pen = { width: Math.max(40, options.width ?? 80), paint: options.colour ? ANSI : PLAIN };
  const { live, looksLike } = diagnosis;
  if (looksLike) {
    const send = wrap(printableProse(looksLike.send), pen.width - 2).map((line) => `  ${line}`);
    return joinParts([[...headlineLines(diagnosis, pen), ...send], footLines(diagnosis, pen)]);
  }
  return joinParts([
    headLines(diagnosis, options, pen),
    ...(live?.state === 'left-on' ? [liveLines(live, pen)] : []),
    attemptLines(diagnosis, pen),
    ...(diagnosis.findings.length > 0 ? causeParts(diagnosis, pen) : noCauseParts(diagnosis, pen)),
    footLines(diagnosis, pen),
  ]);
}

function causeParts(diagnosis: Diagnosis, pen: Pen): readonly Part[] {
  return [
    ...foldFindings(diagnosis.findings).flatMap((each, index) => [
      ...findingParts(each, index, diagnosis, pen),
      ...(index === 0 ? besideParts(diagnosis, pen) : []),
    ]),
    hopLines(diagnosis, pen),
    uncheckedLines(diagnosis.checks, pen),
    ...nextStepLines(diagnosis, pen),
  ];
}

/** Without a finding the next step comes first. */
function noCauseParts(diagnosis: Diagnosis, pen: Pen): readonly Part[] {
  const isHealthy = diagnosis.verdict === 'healthy';
  return [
    ...(isHealthy ? [] : nextStepLines(diagnosis, pen)),
    ...besideParts(diagnosis, pen),
    wrap(seenSoFar(diagnosis), pen.width - 2).map((line) => `  ${line}`),
    hopLines(diagnosis, pen),
    uncheckedLines(diagnosis.checks, pen),
    ...(isHealthy ? nextStepLines(diagnosis, pen) : []),
  ];
}

/** Other observations: times, ports and the live session. */
function besideParts(diagnosis: Diagnosis, pen: Pen): readonly Part[] {
  const timing = failedTimingText(diagnosis);
  const times = timing === '' ? loginTimeline(diagnosis) : `Time: ${timing}`;
  const { live } = diagnosis;
  return [
    indented(times, pen),
    indented(portLine(diagnosis.portMap), pen),
    ...(live?.state === 'left-on' ? [] : [liveLines(live, pen)]),
  ];
}

function indented(prose: string, { width }: Pen): Part {
  return wrap(printableProse(prose), width - 2).map((line) => `  ${line}`);
}

function joinParts(parts: readonly Part[]): string {
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headlineLines(diagnosis: Diagnosis, { width, paint }: Pen): Part {
  const { verdict } = diagnosis;
  const colour = verdict === 'broken' ? paint.bad : verdict === 'healthy' ? paint.good : paint.unsure;
  const [first = '', ...more] = wrap(headlineText(diagnosis), width - 2);
  return [
    `${colour(headlineMark(diagnosis).mark)} ${paint.bold(first)}`,
    ...more.map((line) => `  ${paint.bold(line)}`),
  ];
}

function headLines(diagnosis: Diagnosis, { tookMs, vdom, canWatch }: TextOptions, pen: Pen): Part {
  const line = deviceLine(diagnosis, { tookMs, vdom }).replaceAll('`', '');
  const hint = healthyHint(diagnosis, { canWatch, command: 'ftm-check check' });
  return [
    ...headlineLines(diagnosis, pen),
    ...wrap(line, pen.width, '  ').map(pen.paint.dim),
    ...wrap(hint, pen.width, '  '),
  ];
}

function liveLines(live: Diagnosis['live'], pen: Pen): Part {
  const lines = indented(liveLine(live), pen);
  if (live?.state !== 'left-on') return lines;
  const { paint } = pen;
  return [...lines.map((line) => paint.bold(paint.bad(line))), ...live.commands.map((line) => `    ${line}`)];
}

function footLines(diagnosis: Diagnosis, { width, paint }: Pen): Part {
  const { redactions, sources, device, checks } = diagnosis;
  const hidden = redactionText(redactions);
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  const fine = checks.filter(({ verdict }) => verdict === 'healthy').length;
  const read =
    sources.length === 0
      ? ''
      : [
          `Read: ${plural(sources.length, 'text')}, ${plural(lines, 'line')}`,
          device.model === undefined ? '' : ` of a ${printable(device.model)}`,
          fine === 0 ? '' : `; ${plural(fine, 'check')} fine`,
          '.',
        ].join('');
  return [...wrap(hidden === '' ? '' : `Redacted: ${hidden}.`, width), ...wrap(read, width)].map(paint.dim);
}

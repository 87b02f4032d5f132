import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { foldFindings } from '../folded-findings.ts';
import { headlineMark } from '../headline-mark.ts';
import { liveLine } from '../live-line.ts';
import { portLine } from '../port-line.ts';
import { plural, printable, printableProse } from '../printable.ts';
import { allNeededText, redactionText, seenSoFar, summaryParts, tookText } from '../summary.ts';
import { loginTimeline } from '../time-line.ts';
import { attemptLines } from './attempts.ts';
import { findingLines } from './finding.ts';
import { hopLines } from './hops.ts';
import { wrap } from './layout.ts';
import { nextStepLines, uncheckedLines } from './next-steps.ts';
import { ANSI, type Pen, PLAIN } from './paint.ts';

export interface TextOptions {
  /** Columns; CLI lines and quotes are never wrapped, so that they can be copied. 80 by default. */
  readonly width?: number;
  readonly colour?: boolean;
  readonly tookMs?: number;
}

/** The answer for a terminal, without a final line end. Nothing from outside can act on the terminal. */
export function renderText(diagnosis: Diagnosis, options: TextOptions = {}): string {
  const pen: Pen = { width: Math.max(40, options.width ?? 80), paint: options.colour ? ANSI : PLAIN };
  if (diagnosis.looksLike) return joinParts([...notAFortigateParts(diagnosis, diagnosis.looksLike, pen)]);
  const findings = foldFindings(diagnosis.findings);
  const unsure = diagnosis.verdict === 'inconclusive';
  const parts: readonly (readonly string[])[] = [
    headLines(diagnosis, options.tookMs, pen),
    liveLines(diagnosis.live, pen),
    hopLines(diagnosis, pen),
    attemptLines(diagnosis, pen),
    wrap(seenSoFar(diagnosis), pen.width - 2).map((line) => `  ${line}`),
    portLines(diagnosis.portMap, pen),
    wrap(printableProse(loginTimeline(diagnosis)), pen.width - 2).map((line) => `  ${line}`),
    wrap(allNeededText(diagnosis), pen.width - 2).map((line) => `  ${line}`),
    ...findings.map((each, index) => findingLines(each, index + 1, diagnosis.headline, pen)),
    ...(unsure ? nextStepLines(diagnosis, pen) : []),
    uncheckedLines(diagnosis.checks, pen),
    ...(unsure ? [] : nextStepLines(diagnosis, pen)),
    footLines(diagnosis, pen),
  ];
  return joinParts(parts);
}

function joinParts(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What it looks like, the line that shows it, and what to send instead. */
function notAFortigateParts(
  diagnosis: Diagnosis,
  { send, evidence }: NonNullable<Diagnosis['looksLike']>,
  pen: Pen,
): readonly (readonly string[])[] {
  const colour = pen.paint.unsure;
  const [first = '', ...more] = wrap(printableProse(diagnosis.headline), pen.width - 2);
  return [
    [
      `${colour(headlineMark(diagnosis).mark)} ${pen.paint.bold(first)}`,
      ...more.map((line) => `  ${pen.paint.bold(line)}`),
      ...wrap(printableProse(send), pen.width - 2).map((line) => `  ${line}`),
    ],
    evidence.map(({ source, line, text }) => `  ${printable(source)} line ${line} | ${printable(text)}`),
    footLines(diagnosis, pen),
  ];
}

function headLines(
  diagnosis: Diagnosis,
  tookMs: number | undefined,
  { width, paint }: Pen,
): readonly string[] {
  const { verdict, device } = diagnosis;
  const colour = verdict === 'broken' ? paint.bad : verdict === 'healthy' ? paint.good : paint.unsure;
  const [first = '', ...more] = wrap(printableProse(diagnosis.headline), width - 2);
  const took = tookMs === undefined ? [] : [`took ${tookText(tookMs)}`];
  const alias = device.alias === undefined ? [] : [printable(device.alias)];
  return [
    `${colour(headlineMark(diagnosis).mark)} ${paint.bold(first)}`,
    ...more.map((line) => `  ${paint.bold(line)}`),
    ...wrap([...alias, ...summaryParts(diagnosis), ...took].join(' · '), width, '  ').map(paint.dim),
  ];
}

function liveLines(live: Diagnosis['live'], { width, paint }: Pen): readonly string[] {
  const lines = wrap(printableProse(liveLine(live)), width - 2).map((line) => `  ${line}`);
  if (live?.state !== 'left-on') return lines;
  return [...lines.map((line) => paint.bold(paint.bad(line))), ...live.commands.map((line) => `    ${line}`)];
}

function portLines(map: Diagnosis['portMap'], { width }: Pen): readonly string[] {
  const line = portLine(map);
  return line === '' ? [] : wrap(printableProse(line), width - 2).map((each) => `  ${each}`);
}

function footLines({ redactions, sources }: Diagnosis, { width, paint }: Pen): readonly string[] {
  const hidden = redactionText(redactions);
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  const read =
    sources.length === 0 ? '' : `Read: ${plural(sources.length, 'text')}, ${plural(lines, 'line')}.`;
  return [...wrap(hidden === '' ? '' : `Redacted: ${hidden}.`, width), ...wrap(read, width)].map(paint.dim);
}

import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import {
  commandsIntro,
  DEBUG_OFF_TEXT,
  debugIntro,
  hopNames,
  QUESTIONS,
  unlocksText,
} from '../../documents/answer/next-step-texts.ts';
import { type NextSteps, nextSteps } from '../../documents/answer/next-steps.ts';
import { groupUnchecked, type Unchecked } from '../../documents/answer/unchecked.ts';
import { plural, printable, printableProse } from '../../documents/printable.ts';
import { wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const INDENT = '  ';

/** Reasons for undecided and conflicting checks, grouped: equal reasons are one line. */
export function uncheckedLines(checks: Diagnosis['checks'], pen: Pen): readonly string[] {
  const open = groupUnchecked(checks, 'unknown');
  const contradictory = groupUnchecked(checks, 'conflicting');
  return [...groupLines('Contradictory', contradictory, pen), ...groupLines('Not checked', open, pen)];
}

function groupLines(title: string, groups: readonly Unchecked[], { width, paint }: Pen): readonly string[] {
  if (groups.length === 0) return [];
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return [
    paint.bold(`${title} (${total})`),
    ...groups.flatMap(({ reason, count, hops }) => {
      const where = `${plural(count, 'check')} of ${hopNames(hops)}`;
      const [first = '', ...more] = wrap(`${printableProse(reason)} (${where})`, width - 2, INDENT);
      return [`- ${first.slice(INDENT.length)}`, ...more];
    }),
  ];
}

/** What to run next. */
export function nextStepLines(diagnosis: Diagnosis, pen: Pen): readonly (readonly string[])[] {
  const plan = nextSteps(diagnosis);
  const steps = [commandLines(plan, pen), debugLines(plan, diagnosis, pen)];
  return [...(plan.debugFirst ? steps.toReversed() : steps), questionLines(plan, pen)];
}

function commandLines({ commands }: NextSteps, { width, paint }: Pen): readonly string[] {
  if (!commands) return [];
  return [
    ...wrap(commandsIntro(commands), width).map(paint.bold),
    ...commands.lines.map((line) => `${INDENT}${printable(line)}`),
    ...wrap(unlocksText(commands.unlocks), width),
  ];
}

function debugLines({ debug }: NextSteps, diagnosis: Diagnosis, { width, paint }: Pen): readonly string[] {
  if (!debug) return [];
  return [
    ...wrap(debugIntro(debug, diagnosis), width).map(paint.bold),
    ...debug.lines.map((line) => `${INDENT}${printable(line)}`),
    ...(debug.after.length === 0 ? [] : [DEBUG_OFF_TEXT]),
    ...debug.after.map((line) => `${INDENT}${printable(line)}`),
    ...wrap(unlocksText(debug.unlocks), width),
  ];
}

function questionLines({ questions }: NextSteps, { width, paint }: Pen): readonly string[] {
  if (questions.length === 0) return [];
  return [
    paint.bold(QUESTIONS),
    ...questions.flatMap(({ text, unlocks }) => {
      const [first = '', ...more] = wrap(`${printableProse(text)} (${hopNames(unlocks)})`, width - 2, INDENT);
      return [`- ${first.slice(INDENT.length)}`, ...more];
    }),
  ];
}

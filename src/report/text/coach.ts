import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { openQuestions } from '../../diagnosis/open-questions.ts';
import type { Hop } from '../../facts/hop.ts';
import { coach, type PasteCoach } from '../paste-coach.ts';
import { list, plural, printable, printableProse } from '../printable.ts';
import { groupUnchecked, type Unchecked } from '../unchecked.ts';
import { ENGLISH } from '../wording.ts';
import { wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const INDENT = '  ';

/** Why checks were left open and where they disagree, grouped: thirty lines with one reason are one line. */
export function uncheckedLines(checks: Diagnosis['checks'], pen: Pen): readonly string[] {
  const open = groupUnchecked(checks, 'unknown');
  const contradictory = groupUnchecked(checks, 'conflicting');
  return [
    ...groupLines('Could not be checked', open, pen),
    ...groupLines('The evidence contradicts itself', contradictory, pen),
  ];
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

/** What to run next, unless push works here. With a log at hand the next log tells most; otherwise the configuration does. */
export function coachLines(diagnosis: Diagnosis, pen: Pen): readonly (readonly string[])[] {
  if (diagnosis.verdict === 'healthy') return [];
  const plan = coach(openQuestions(diagnosis));
  const steps = [commandLines(plan, pen), debugLines(plan, pen)];
  const ordered = diagnosis.attempts.length > 0 ? steps.toReversed() : steps;
  return [...ordered, questionLines(plan, pen)];
}

function commandLines({ commands }: PasteCoach, { width, paint }: Pen): readonly string[] {
  if (!commands) return [];
  return [
    ...wrap('To see more, run this on the FortiGate and paste what it prints:', width).map(paint.bold),
    ...commands.lines.map((line) => `${INDENT}${printable(line)}`),
    ...unlockLines(commands.unlocks, width),
  ];
}

function debugLines({ debug }: PasteCoach, { width, paint }: Pen): readonly string[] {
  if (!debug) return [];
  return [
    ...wrap(
      'To see where a login stops, run this on the FortiGate (global), let the user log in once, and paste what it prints:',
      width,
    ).map(paint.bold),
    ...debug.lines.map((line) => `${INDENT}${printable(line)}`),
    ...(debug.after.length === 0 ? [] : ['then switch it off:']),
    ...debug.after.map((line) => `${INDENT}${printable(line)}`),
    ...unlockLines(debug.unlocks, width),
  ];
}

function questionLines({ questions }: PasteCoach, { width, paint }: Pen): readonly string[] {
  if (questions.length === 0) return [];
  return [
    paint.bold('To look at yourself:'),
    ...questions.flatMap((question) => {
      const [first = '', ...more] = wrap(printableProse(question), width - 2, INDENT);
      return [`- ${first.slice(INDENT.length)}`, ...more];
    }),
  ];
}

function unlockLines(hops: readonly Hop[], width: number): readonly string[] {
  return wrap(`This unlocks: ${hopNames(hops)}.`, width);
}

export function hopNames(hops: readonly Hop[]): string {
  return list(hops.map((hop) => ENGLISH.hops[hop]));
}

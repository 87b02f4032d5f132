import { listFirst } from '../../engine/text/list-first.ts';
import type { EscalationSettings, Schedule } from '../../platform/config/escalation-schema.ts';
import type { CalendarEvent } from '../calendar/expand-calendar.ts';
import type { ReadCalendar } from '../calendar/read-calendar.ts';
import { calendarShifts, unknownEvents } from '../schedule/current-schedules.ts';
import { calendarSpan } from '../schedule/refresh-calendars.ts';
import { scheduleGaps, type TimeSpan } from '../schedule/schedule-gaps.ts';
import { awayCheck, failCheck, passCheck, type SettingCheck } from './setting-check.ts';

const LOOKAHEAD_MS = 28 * 24 * 3_600_000;
const SHOWN_GAPS = 3;
const SHOWN_CHARACTERS = 60;

/**
 * Whether calendars can be read and name known people, and whether a person is on call at all times of the next four
 * weeks. `now`: milliseconds since the Unix epoch.
 */
export async function checkSchedules(
  settings: EscalationSettings,
  now: number,
  readCalendar: ReadCalendar,
): Promise<readonly SettingCheck[]> {
  const span: TimeSpan = { from: now, until: now + LOOKAHEAD_MS };
  const results: SettingCheck[] = [];
  for (const [name, schedule] of settings.schedules) {
    const { calendar } = schedule;
    if (calendar === undefined) {
      results.push(checkGaps(name, schedule, scheduleGaps(schedule, span), settings));
      continue;
    }
    const read = await readCalendar(calendar, calendarSpan(schedule, now));
    if (read.kind === 'failed') {
      const check = read.unreachable ? awayCheck : failCheck;
      results.push(check('calendar', `${name}: ${read.reason}.`));
      continue;
    }
    const inForce = { ...schedule, calendarShifts: calendarShifts(read.events, calendar.people) };
    const gaps = scheduleGaps(inForce, span);
    const unknown = unknownEvents(read.events, calendar.people).filter((event) => overlaps(event, span));
    results.push(checkNames(name, unknown, gaps), checkGaps(name, inForce, gaps, settings));
  }
  return results;
}

function checkNames(
  name: string,
  unknown: readonly CalendarEvent[],
  gaps: readonly TimeSpan[],
): SettingCheck {
  if (unknown.length === 0) return passCheck('calendar', `${name}: every event names a person`);
  const titles = [...new Set(unknown.map(({ summary }) => `“${summary.slice(0, SHOWN_CHARACTERS)}”`))];
  const found = `${name}: the events ${listFirst(titles)} name nobody of \`people\``;
  return unknown.some((event) => gaps.some((gap) => overlaps(event, gap)))
    ? failCheck('calendar', `${found}, and nobody else is on call then. Add the names.`)
    : passCheck('calendar', `${found}, and do not count`);
}

function overlaps(a: TimeSpan, b: TimeSpan): boolean {
  return a.from < b.until && b.from < a.until;
}

function checkGaps(
  name: string,
  schedule: Schedule,
  gaps: readonly TimeSpan[],
  settings: EscalationSettings,
): SettingCheck {
  if (gaps.length === 0) return passCheck('schedule', `${name}: somebody is on call in the next four weeks`);
  const found = `${name}: nobody is on call ${describeGaps(gaps, schedule)}`;
  const uncovered = routesWithoutCover(name, settings);
  if (uncovered.length === 0) return passCheck('schedule', `${found}; the next level is called then`);
  return failCheck('schedule', `${found}. Then the route ${uncovered.join(', ')} reaches nobody.`);
}

/** Routes whose levels reach no person while this schedule has a gap. */
function routesWithoutCover(name: string, { routes }: EscalationSettings): readonly string[] {
  return routes.flatMap((route) =>
    route.kind === 'slack' &&
    route.levels.some((level) => 'schedule' in level && level.schedule === name) &&
    route.levels.every((level) => 'schedule' in level)
      ? [route.name]
      : [],
  );
}

function describeGaps(gaps: readonly TimeSpan[], { timeZone }: Schedule): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const shown = gaps
    .slice(0, SHOWN_GAPS)
    .map(({ from, until }) => `${format.format(from)} to ${format.format(until)}`);
  const more = gaps.length - shown.length;
  const hours = gaps.reduce((sum, { from, until }) => sum + until - from, 0) / 3_600_000;
  const times = `${shown.join(', ')}${more > 0 ? ` and ${more} more times` : ''} (${timeZone})`;
  return `in ${Number(hours.toFixed(1))} hours of the next four weeks: ${times}`;
}

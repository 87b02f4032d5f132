import type { EscalationSettings, Schedule } from '../../config/escalation-types.ts';
import { scheduleGaps, type TimeSpan } from '../../escalation/schedule/schedule-gaps.ts';
import { failedCheck, passedCheck, type SettingCheck } from './setting-check.ts';

const AHEAD_MS = 28 * 24 * 3_600_000;
const SHOWN_GAPS = 3;

/** Whether somebody is on call at all times of the next four weeks. `now`: milliseconds since the Unix epoch. */
export function checkSchedules(settings: EscalationSettings, now: number): readonly SettingCheck[] {
  const span: TimeSpan = { from: now, until: now + AHEAD_MS };
  return [...settings.schedules].map(([name, schedule]) => {
    const gaps = scheduleGaps(schedule, span);
    if (gaps.length === 0)
      return passedCheck('schedule', `${name}: somebody is on call in the next four weeks`);
    const found = `${name}: nobody is on call ${describeGaps(gaps, schedule)}`;
    const uncovered = routesWithoutCover(name, settings);
    if (uncovered.length === 0) return passedCheck('schedule', `${found}; the next level is called then`);
    return failedCheck('schedule', `${found}. Then the route ${uncovered.join(', ')} reaches nobody.`);
  });
}

/** Routes whose levels call nobody while this schedule has a gap. */
function routesWithoutCover(name: string, { routes }: EscalationSettings): readonly string[] {
  return routes.flatMap((route) =>
    route.kind === 'slack' &&
    route.ladder.some((level) => 'schedule' in level && level.schedule === name) &&
    route.ladder.every((level) => 'schedule' in level)
      ? [route.name]
      : [],
  );
}

function describeGaps(gaps: readonly TimeSpan[], { timeZone }: Schedule): string {
  const shown = gaps.slice(0, SHOWN_GAPS).map((gap) => describeGap(gap, timeZone));
  const more = gaps.length - shown.length;
  const hours = gaps.reduce((sum, { from, until }) => sum + until - from, 0) / 3_600_000;
  const times = `${shown.join(', ')}${more > 0 ? ` and ${more} more times` : ''} (${timeZone})`;
  return `in ${Number(hours.toFixed(1))} hours of the next four weeks: ${times}`;
}

function describeGap({ from, until }: TimeSpan, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${format.format(from)} to ${format.format(until)}`;
}

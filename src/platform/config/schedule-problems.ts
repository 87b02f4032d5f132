import type { BuildProblem } from './build-problem.ts';
import type { EscalationFile, ScheduleEntry } from './escalation-schema.ts';

const MIN_CALENDAR_INTERVAL_MS = 60_000;

/** Schedules that routes name but the file does not have, and schedules that cannot say who is on call. */
export function scheduleProblems({ routes, schedules }: EscalationFile): readonly BuildProblem[] {
  const levels = Object.entries(routes).flatMap(([name, route]) =>
    route.kind !== 'slack'
      ? []
      : route.levels.flatMap((level, index) =>
          'schedule' in level && !(level.schedule in schedules)
            ? [
                {
                  path: ['escalation', 'routes', name, 'levels', index],
                  reason: `${level.schedule} is not in schedules`,
                },
              ]
            : [],
        ),
  );
  return [
    ...levels,
    ...Object.entries(schedules).flatMap(([name, schedule]) => [
      ...rotationProblems(name, schedule),
      ...overrideProblems(name, schedule),
      ...calendarProblems(name, schedule),
    ]),
  ];
}

function rotationProblems(name: string, { rotations, calendar }: ScheduleEntry): readonly BuildProblem[] {
  const path = ['escalation', 'schedules', name];
  const half = rotations.flatMap((rotation, index) =>
    (rotation.from === undefined) === (rotation.until === undefined)
      ? []
      : [{ path: [...path, 'rotations', index], reason: 'needs both from and until, or neither' }],
  );
  const isEmpty = rotations.length === 0 && calendar === undefined;
  return isEmpty ? [...half, { path, reason: 'needs rotations or a calendar' }] : half;
}

function overrideProblems(name: string, { overrides }: ScheduleEntry): readonly BuildProblem[] {
  return overrides.flatMap(({ from, until }, index) =>
    from < until
      ? []
      : [{ path: ['escalation', 'schedules', name, 'overrides', index], reason: 'ends before it begins' }],
  );
}

function calendarProblems(name: string, { calendar }: ScheduleEntry): readonly BuildProblem[] {
  if (calendar === undefined) return [];
  const { url, file, people, every } = calendar;
  const reasons = [
    ...((url === undefined) === (file === undefined) ? ['needs either url or file'] : []),
    ...(Object.keys(people).length === 0 ? ['needs at least one person under people'] : []),
    ...(every < MIN_CALENDAR_INTERVAL_MS ? ['every must be at least 1m'] : []),
  ];
  return reasons.map((reason) => ({ path: ['escalation', 'schedules', name, 'calendar'], reason }));
}

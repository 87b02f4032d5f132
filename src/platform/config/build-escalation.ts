import type { EscalationFile, EscalationSettings, ScheduleEntry } from './escalation-schema.ts';
import type { DeviceList } from './listed-devices.ts';
import type { BuildProblem } from './schema-parts.ts';
import { windowDeviceLists, windowProblems } from './sweep-problems.ts';

/**
 * Parses durations and checks that every referenced route and schedule exists. `teams`: the workspaces that can install
 * the app, if several can.
 */
export function buildEscalation(
  file: EscalationFile,
  teams?: readonly string[],
): { readonly settings: EscalationSettings; readonly problems: readonly BuildProblem[] } {
  const routes = Object.entries(file.routes).map(([name, entry]) => ({ name, ...entry }));
  return {
    problems: [
      ...routeProblems(file),
      ...scheduleProblems(file),
      ...teamProblems(file, teams),
      ...windowProblems(file.maintenance, ['escalation']),
    ],
    settings: {
      ...file,
      routes,
      order: file.order ?? routes.map(({ name }) => name),
      schedules: new Map(Object.entries(file.schedules)),
      grouping: file.grouping === false ? undefined : file.grouping.within,
    },
  };
}

function routeProblems({ routes, order = [], policies }: EscalationFile): readonly BuildProblem[] {
  const unknown = (names: readonly string[], path: readonly PropertyKey[]) =>
    names.flatMap((name, index) =>
      name in routes ? [] : [{ path: [...path, index], reason: `${name} is not in routes` }],
    );
  const path = ['escalation', 'routes'];
  return [
    ...(Object.keys(routes).length > 0 ? [] : [{ path, reason: 'needs at least one route' }]),
    ...unknown(order, ['escalation', 'order']),
    ...policies.flatMap((policy, index) =>
      unknown(policy.routes, ['escalation', 'policies', index, 'routes']),
    ),
  ];
}

export function pagerDeviceLists(file: EscalationFile): readonly DeviceList[] {
  return [
    ...file.policies.map(
      ({ devices }, index) => [['escalation', 'policies', index, 'devices'], devices] as const,
    ),
    ...Object.entries(file.alerts?.names ?? {}).map(
      ([name, alias]) => [['escalation', 'alerts', 'names', name], [alias]] as const,
    ),
    ...windowDeviceLists(file.maintenance, ['escalation']),
    ...(file.alerts?.channels ?? []).map(
      ({ devices }, index) => [['escalation', 'alerts', 'channels', index, 'devices'], devices] as const,
    ),
  ];
}

/** With several workspaces, a channel id alone does not say with whose token the bot posts there. */
function teamProblems(
  { alerts, correlation, handover, schedules }: EscalationFile,
  teams: readonly string[] | undefined,
): readonly BuildProblem[] {
  if (teams === undefined) return [];
  const places: readonly (readonly [readonly PropertyKey[], string | undefined])[] = [
    ...(alerts?.channels ?? []).map(({ team }, index) => [['alerts', 'channels', index], team] as const),
    ...(correlation === undefined ? [] : [[['correlation'], correlation.team] as const]),
    ...(handover === undefined ? [] : [[['handover'], handover.team] as const]),
    ...Object.entries(schedules).flatMap(([name, { userGroup }]) =>
      userGroup === undefined ? [] : [[['schedules', name, 'userGroup'], userGroup.team] as const],
    ),
  ];
  const example = teams.includes('*') ? 'T012AB3CD' : teams.join(' or ');
  return places.flatMap(([path, team]) => {
    if (team === undefined) {
      const reason = `does not say in which workspace it is, and several can install the app; add team: ${example}`;
      return [{ path: ['escalation', ...path], reason }];
    }
    if (teams.includes('*') || teams.includes(team)) return [];
    const reason = `${team} is not in SLACK_ALLOWED_TEAMS`;
    return [{ path: ['escalation', ...path, 'team'], reason }];
  });
}

const MIN_CALENDAR_INTERVAL_MS = 60_000;

/** Schedules that routes name but the file does not have, and schedules that cannot say who is on call. */
function scheduleProblems({ routes, schedules }: EscalationFile): readonly BuildProblem[] {
  const levels = Object.entries(routes).flatMap(([name, route]) => {
    if (route.kind !== 'slack') return [];
    return route.levels.flatMap((level, index) => {
      if (!('schedule' in level) || level.schedule in schedules) return [];
      const path = ['escalation', 'routes', name, 'levels', index];
      return [{ path, reason: `${level.schedule} is not in schedules` }];
    });
  });
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

import type { InventoryFile } from './inventory-schema.ts';
import type { DeviceList } from './listed-devices.ts';
import type { BuildProblem } from './schema-parts.ts';
import type { MaintenanceWindow } from './sweep-schema.ts';

export function sweepDeviceLists(sweeps: InventoryFile['sweeps']): readonly DeviceList[] {
  return sweeps.flatMap(({ group, maintenance }, index) => [
    [['sweeps', index, 'group'], [group]] as const,
    ...windowDeviceLists(maintenance, ['sweeps', index]),
  ]);
}

/** What a schema cannot express: names that are used once; workspaces that can install the app. */
export function sweepProblems(
  { sweeps, escalation }: InventoryFile,
  teams: readonly string[] | undefined,
): readonly BuildProblem[] {
  const seen = new Set<string>();
  return sweeps.flatMap((sweep, index): readonly BuildProblem[] => {
    const path = ['sweeps', index];
    const isTwice = seen.has(sweep.name);
    seen.add(sweep.name);
    const reasons: (readonly [readonly PropertyKey[], string | undefined])[] = [
      [['name'], isTwice ? `${sweep.name} is used twice` : undefined],
      [
        ['pages'],
        sweep.pages !== 'never' && escalation === undefined
          ? 'needs `escalation`, which says who is paged'
          : undefined,
      ],
      [['team'], teamReason(sweep.team, teams)],
    ];
    return [
      ...reasons.flatMap(([keys, reason]) =>
        reason === undefined ? [] : [{ path: [...path, ...keys], reason }],
      ),
      ...windowProblems(sweep.maintenance, path),
    ];
  });
}

/** `path`: of what has `maintenance`. */
export function windowProblems(
  maintenance: readonly MaintenanceWindow[],
  path: readonly PropertyKey[],
): readonly BuildProblem[] {
  return maintenance.flatMap((window, index) =>
    'start' in window && window.end <= window.start
      ? [{ path: [...path, 'maintenance', index], reason: 'ends before it begins' }]
      : [],
  );
}

/** `path`: of what has `maintenance`. */
export function windowDeviceLists(
  maintenance: readonly MaintenanceWindow[],
  path: readonly PropertyKey[],
): readonly DeviceList[] {
  return maintenance.map(({ devices }, index) => [[...path, 'maintenance', index, 'devices'], devices]);
}

function teamReason(team: string | undefined, teams: readonly string[] | undefined): string | undefined {
  if (teams === undefined || (team !== undefined && (teams.includes('*') || teams.includes(team)))) {
    return undefined;
  }
  return team === undefined
    ? 'is missing: several workspaces can install the app'
    : `${team} is not in SLACK_ALLOWED_TEAMS`;
}

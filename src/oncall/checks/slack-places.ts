import type { EscalationSettings } from '../../platform/config/escalation-types.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { ChannelRef } from '../thread/thread-port.ts';

export type SlackSettings = Pick<Inventory, 'escalation' | 'sweeps'>;

export interface UsedChannel extends ChannelRef {
  /** What posts there. */
  readonly uses: ReadonlySet<string>;
}

/** Every channel of the settings, once for each workspace. Pure. */
export function listChannels(
  { escalation: settings, sweeps }: SlackSettings,
  opsPlace: ChannelRef | undefined,
): readonly UsedChannel[] {
  const found = new Map<string, ChannelRef & { readonly uses: Set<string> }>();
  const add = (place: ChannelRef | undefined, use: string): void => {
    if (place === undefined) return;
    const { channel, team } = place;
    const key = `${team ?? ''} ${channel}`;
    const known = found.get(key) ?? { channel, team, uses: new Set<string>() };
    found.set(key, known);
    known.uses.add(use);
  };
  for (const place of settings?.alerts?.channels ?? []) add(place, 'alerts');
  add(settings?.handover, 'handover');
  add(settings?.correlation, 'correlation');
  for (const sweep of sweeps.values()) add(sweep, 'sweeps');
  add(opsPlace, 'the operations channel');
  return [...found.values()];
}

/** Everybody whom a level, a schedule or a calendar names. Pure. */
export function listPeople({ routes, schedules }: EscalationSettings): readonly string[] {
  const levels = routes.flatMap((route) => (route.kind === 'slack' ? route.levels : []));
  return [
    ...new Set([
      ...levels.flatMap((level) => ('user' in level ? [level.user] : [])),
      ...[...schedules.values()].flatMap(({ rotations, overrides, calendar }) => [
        ...(calendar?.people.values() ?? []),
        ...rotations.flatMap(({ people }) => people),
        ...overrides.map(({ user }) => user),
      ]),
    ]),
  ];
}

/** The user groups that levels call. Pure. */
export function listUserGroups({ routes }: EscalationSettings): readonly string[] {
  const levels = routes.flatMap((route) => (route.kind === 'slack' ? route.levels : []));
  return [...new Set(levels.flatMap((level) => ('userGroup' in level ? [level.userGroup] : [])))];
}

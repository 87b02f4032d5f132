import type { Role } from '../../platform/config/config.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { createCalendarReader } from '../calendar/read-calendar.ts';
import type { ChannelRef } from '../thread/thread-port.ts';
import { checkAlertChannels } from './check-alert-channels.ts';
import { checkPages } from './check-pages.ts';
import { checkEscalationSecrets, checkRouteAddresses, unreadableRoutes } from './check-routes.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSlackIds, type SlackWorkspaces } from './check-slack-ids.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

export interface EscalationCheckOptions {
  readonly inventory: Inventory;
  /** The operations channel. */
  readonly opsPlace: ChannelRef | undefined;
  readonly role: Role;
  readonly env: Environment;
  /** Absent if Slack is not asked: its token is refused, or the tokens of the workspaces cannot be read. */
  readonly slack: SlackWorkspaces | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Checks everything that paging, alerts and sweeps need; nobody is paged. The same list for `doctor` and `serve`. */
export async function checkEscalation(options: EscalationCheckOptions): Promise<readonly SettingCheck[]> {
  const { inventory, opsPlace, role, env, slack, now } = options;
  const { escalation } = inventory;
  const inSlack = slack === undefined ? [] : await checkSlackIds(inventory, opsPlace, slack);
  const sweeps = checkSweeps(inventory);
  if (escalation === undefined) return [...sweeps, ...inSlack];
  const readCalendar = createCalendarReader({ readSecret: (ref) => readSecret(ref, env) });
  const unusable = new Set((await unreadableRoutes(escalation, env)).map(({ route }) => route));
  return [
    ...(await checkEscalationSecrets(escalation, role, env)),
    ...(role === 'bot' ? [] : checkPages(inventory, unusable)),
    ...(role === 'bot' ? [] : await checkRouteAddresses(escalation)),
    ...checkAlertChannels(inventory),
    ...(role === 'bot' ? [] : await checkSchedules(escalation, now, readCalendar)),
    ...sweeps,
    ...inSlack,
  ];
}

/** Whether the group of every sweep has a device. */
export function checkSweeps({ sweeps, devices }: Inventory): readonly SettingCheck[] {
  return [...sweeps.values()].map(({ name, group, channel, cron, timeZone, pages }) => {
    const size = [...devices.values()].filter((device) => listsDevice([group], device)).length;
    if (size === 0)
      return failCheck('sweep', `${name}: the group ${group} has no device, so nothing is checked.`);
    const count = size === 1 ? '1 device' : `${size} devices`;
    return passCheck(
      'sweep',
      `${name}: ${count}, "${cron}" (${timeZone}), to ${channel}${pages === 'never' ? '' : `; pages from ${pages} on, but not the first time`}`,
    );
  });
}

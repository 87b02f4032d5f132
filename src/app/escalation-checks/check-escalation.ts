import type { Role } from '../../config/config.ts';
import type { Inventory } from '../../config/inventory-types.ts';
import type { Environment } from '../../config/load-config.ts';
import { readSecret } from '../../config/read-secret.ts';
import { createCalendarReader } from '../../escalation/calendar/read-calendar.ts';
import type { SlackProbe } from '../../slack/probe-slack.ts';
import { checkAlertChannels } from './check-alert-channels.ts';
import { checkEscalationSecrets, checkRouteAddresses } from './check-routes.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSlackIds } from './check-slack-ids.ts';
import { checkSweeps } from './check-sweeps.ts';
import type { SettingCheck } from './setting-check.ts';

export interface EscalationCheckOptions {
  readonly inventory: Inventory;
  readonly opsChannel: string | undefined;
  readonly role: Role;
  readonly env: Environment;
  /** Absent if several workspaces can install the app: each has its own token. */
  readonly probe: SlackProbe | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Checks everything that paging, alerts and sweeps need; nobody is paged. The same list for `doctor` and `serve`. */
export async function checkEscalation(options: EscalationCheckOptions): Promise<readonly SettingCheck[]> {
  const { inventory, opsChannel, role, env, probe, now } = options;
  const { escalation } = inventory;
  const inSlack = probe === undefined ? [] : await checkSlackIds(inventory, opsChannel, probe);
  const sweeps = checkSweeps(inventory);
  if (escalation === undefined) return [...sweeps, ...inSlack];
  const readCalendar = createCalendarReader({ readSecret: (ref) => readSecret(ref, env) });
  return [
    ...(await checkEscalationSecrets(escalation, role, env)),
    ...(role === 'bot' ? [] : await checkRouteAddresses(escalation)),
    ...checkAlertChannels(inventory),
    ...(role === 'bot' ? [] : await checkSchedules(escalation, now, readCalendar)),
    ...sweeps,
    ...inSlack,
  ];
}

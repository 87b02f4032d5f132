import { FtmError } from '../../engine/ftm-error.ts';
import { listFirst } from '../../engine/text/list-first.ts';
import { decide } from '../../platform/access/decide.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { EscalationSettings } from '../../platform/config/escalation-schema.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import type { Role } from '../../platform/config/load-config.ts';
import { escalationSecrets } from '../../platform/config/new-secrets.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { createCalendarReader } from '../calendar/read-calendar.ts';
import { listSharedAddresses } from '../intake/find-alerted-device.ts';
import type { ChannelRef } from '../thread/thread-port.ts';
import { checkRouteAddresses, checkSecrets, unreadableRoutes } from './check-routes.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSlackIds, type SlackWorkspaces } from './check-slack-ids.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

export interface EscalationCheckOptions {
  readonly inventory: Inventory;
  readonly opsPlace: ChannelRef | undefined;
  readonly role: Role;
  readonly env: Environment;
  /** Absent if Slack is not asked: its token is refused, or the tokens of the workspaces cannot be read. */
  readonly slack: SlackWorkspaces | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Checks everything that paging, alerts and sweeps need, without a page. The same list for `doctor` and `serve`. */
export async function checkEscalation(options: EscalationCheckOptions): Promise<readonly SettingCheck[]> {
  const { inventory, opsPlace, role, env, slack, now } = options;
  const { escalation } = inventory;
  const inSlack = slack === undefined ? [] : await checkSlackIds(inventory, opsPlace, slack);
  const sweeps = checkSweeps(inventory);
  if (escalation === undefined) return [...sweeps, ...inSlack];
  const readCalendar = createCalendarReader({ readSecret: (ref) => readSecret(ref, env) });
  const unusable = new Set((await unreadableRoutes(escalation, env)).map(({ route }) => route));
  return [
    ...(await checkSecrets(escalationSecrets(escalation, role), env)),
    ...(role === 'bot' ? [] : checkPages(inventory, unusable)),
    ...(role === 'bot' ? [] : await checkRouteAddresses(escalation)),
    ...checkAlertChannels(inventory),
    ...(role === 'bot' ? [] : await checkSchedules(escalation, now, readCalendar)),
    ...sweeps,
    ...inSlack,
  ];
}

export function checkSweeps({ sweeps, devices }: Inventory): readonly SettingCheck[] {
  return [...sweeps.values()].map(({ name, group, channel, cron, timeZone, pages }) => {
    const size = [...devices.values()].filter((device) => listsDevice([group], device)).length;
    if (size === 0)
      return failCheck('sweep', `${name}: the group ${group} has no device, so nothing is checked.`);
    const count = size === 1 ? '1 device' : `${size} devices`;
    const paging = pages === 'never' ? '' : `; pages from ${pages} on, but not the first time`;
    return passCheck('sweep', `${name}: ${count}, "${cron}" (${timeZone}), to ${channel}${paging}`);
  });
}

/** Whether the alerts of every device have a channel, and whether that channel may check the device. */
export function checkAlertChannels(inventory: Inventory): readonly SettingCheck[] {
  const { channels, labels: [label = 'device'] = [] } = inventory.escalation?.alerts ?? {};
  if (channels === undefined) return [];
  const without: string[] = [];
  const refused = new Map<string, string[]>();
  for (const device of inventory.devices.values()) {
    const found = channels.find(({ devices }) => listsDevice(devices, device));
    if (found === undefined) {
      without.push(device.alias);
      continue;
    }
    const { channel, team } = found;
    const decision = decide(inventory, { user: 'alert', channel, team, alias: device.alias });
    if (decision.kind === 'allowed') continue;
    refused.set(channel, [...(refused.get(channel) ?? []), device.alias]);
  }
  const unmapped = `${listFirst(without)}: their alerts start no check, because no entry of alerts.channels names them`;
  const shared = [...listSharedAddresses(inventory)].map(([address, sharing]) => {
    const names = listFirst(sharing.map(({ alias }) => alias));
    return `${names} have the address ${address}: an alert must name one of them in the label ${label}`;
  });
  const ungranted = [...refused].map(([channel, aliases]) => {
    return `${channel} has no grant under \`access\` for ${listFirst(aliases)}: alerts about them start no check.`;
  });
  const granted = 'every mapped channel has the grants that its alerts need';
  return [
    ...[...shared, ...(without.length === 0 ? [] : [unmapped])].map((text) => passCheck('alerts', text)),
    ...ungranted.map((text) => failCheck('alerts', text)),
    ...(refused.size === 0 ? [passCheck('alerts', granted)] : []),
  ];
}

type Names = ReadonlySet<string>;

/** Whether every setting that says that people are paged can page a person. `unusable`: names of routes. */
export function checkPages(inventory: Inventory, unusable: Names): readonly SettingCheck[] {
  const { escalation } = inventory;
  if (escalation === undefined) return [];
  const silent = listSilentSettings(inventory, escalation, unusable);
  if (silent.length > 0) return silent.map((reason) => failCheck('pages', reason));
  return [passCheck('pages', 'every policy, alert and sweep that pages has somebody to page')];
}

/** Settings whose pages would reach no person, with the reason. Pure. */
function listSilentSettings(
  { devices, sweeps }: Inventory,
  { policies, order, routes, alerts }: EscalationSettings,
  unusable: Names,
): readonly string[] {
  const all = [...devices.values()];
  const isDead = (names: readonly string[]) => names.every((name) => unusable.has(name));
  const byOrder = [
    ...(['alertmanager', 'pagerduty', 'generic'] as const).flatMap((name) =>
      (alerts?.[name]?.pages ?? 'never') === 'never' ? [] : [`alerts.${name}.pages`],
    ),
    ...[...sweeps.values()].flatMap(({ name, pages }) => (pages === 'never' ? [] : [`sweeps ${name}`])),
  ];
  return [
    ...(isDead(routes.map(({ name }) => name)) ? ['no route can page anybody.'] : []),
    ...policies.flatMap((policy) => [
      ...(isDead(policy.routes) ? [`policies ${policy.name}: none of its routes can page anybody.`] : []),
      ...(all.some((device) => listsDevice(policy.devices, device))
        ? []
        : [`policies ${policy.name}: no device is in ${policy.devices.join(', ')}, so it pages nobody.`]),
    ]),
    ...(isDead(order)
      ? byOrder.map((name) => `${name}: none of the routes in \`order\` can page anybody.`)
      : []),
  ];
}

/** Logs the problems of paging and alerts that `doctor` finds. Never rejects. */
export async function warnEscalation(
  options: EscalationCheckOptions & { readonly logger: Logger },
): Promise<void> {
  const { logger } = options;
  try {
    const wrong = (await checkEscalation(options)).filter(({ ok }) => !ok);
    for (const { name, detail } of wrong) logger.warn({ check: name }, `paging: ${detail}`);
  } catch (error) {
    logger.warn({ err: error }, 'paging was not checked');
  }
}

/**
 * Rejects with `ftm_config_invalid` if a setting that pages would reach no person. A bot itself pages no one, so
 * it starts all the same.
 */
export async function requireSomebodyPaged(
  inventory: Inventory,
  role: Role,
  env: Environment,
): Promise<void> {
  const { escalation } = inventory;
  if (escalation === undefined || role === 'bot') return;
  const unreadable = await unreadableRoutes(escalation, env);
  const silent = listSilentSettings(inventory, escalation, new Set(unreadable.map(({ route }) => route)));
  if (silent.length === 0) return;
  const reasons = unreadable.map(({ route, reason }) => `${route}: ${reason}`);
  throw new FtmError('ftm_config_invalid', ['Nobody would be paged.', ...silent, ...reasons].join('\n'), {
    advice: 'Set the secrets of the routes, or remove the setting from the inventory.',
  });
}

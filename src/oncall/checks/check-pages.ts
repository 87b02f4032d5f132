import type { EscalationSettings } from '../../platform/config/escalation-types.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

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
export function listSilentSettings(
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

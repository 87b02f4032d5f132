import type { Inventory } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

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

import { nearNames } from '../../engine/fortios/near-names.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { findListedDevices, listGroups } from '../../platform/config/listed-devices.ts';
import type { DeviceDirectory } from '../commands/named-device.ts';

export interface DeviceSelection {
  /** Aliases, or hosts of the SSH configuration. */
  readonly hosts: readonly string[];
  readonly groups: readonly string[];
  readonly all: boolean;
}

/** Each selected device once. Throws `ftm_unknown_device` or `ftm_usage` before any of them is connected. */
export function selectDevices(
  { hosts, groups, all }: DeviceSelection,
  { named, inventory }: DeviceDirectory,
): readonly Device[] {
  const known = [...(inventory?.devices.values() ?? [])];
  const selected = [
    ...hosts.map(named),
    ...groups.flatMap((group) => devicesOf(group, known)),
    ...(all ? known : []),
  ];
  const devices = [...new Map(selected.map((device) => [device.alias, device])).values()];
  if (devices.length > 0) return devices;
  throw new FtmError('ftm_usage', 'The inventory holds no device.');
}

/** Throws `ftm_usage` if no device is selected. */
export function refuseEmptySelection({ hosts, groups, all }: DeviceSelection): void {
  if (hosts.length > 0 || groups.length > 0 || all) return;
  throw new FtmError('ftm_usage', 'There is nothing to check: no device is named.', {
    advice: 'Try `ftm-check check HOST`, `ftm-check check --group NAME` or `ftm-check check --all`.',
  });
}

function devicesOf(group: string, known: readonly Device[]): readonly Device[] {
  const devices = findListedDevices(known, group);
  if (devices.length > 0) return devices;
  const near = nearNames([...new Set(known.flatMap(listGroups))], group);
  const advice =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Groups are listed in the inventory.';
  throw new FtmError(
    'ftm_usage',
    `The inventory has no device in a group, customer: or site: named ${group}.`,
    { advice },
  );
}

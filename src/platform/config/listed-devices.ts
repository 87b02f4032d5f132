import { ALL_DEVICES } from '../runs/group.ts';
import type { InventoryFile } from './inventory-schema.ts';
import type { Device, Inventory } from './inventory-types.ts';
import type { BuildProblem } from './schema-parts.ts';

/**
 * Finds a device by alias, case-insensitively. Addresses are not accepted: a name outside the inventory is not a
 * device.
 */
export function findDevice(inventory: Inventory, name: string): Device | undefined {
  return inventory.devices.get(name.trim().toLowerCase());
}

type NamedDevice = Pick<Device, 'alias' | 'groups' | 'customer' | 'site'>;

/** Names that devices share: groups, `customer:NAME` and `site:NAME`. */
export function listGroups({ groups, customer, site }: NamedDevice): readonly string[] {
  return [...groups, ...placeNames({ customer, site })];
}

function listNames(device: NamedDevice): readonly string[] {
  return [ALL_DEVICES, device.alias, ...listGroups(device)];
}

/** Whether a list of such names includes the device. */
export function listsDevice(list: readonly string[], device: NamedDevice): boolean {
  const names = listNames(device);
  return list.some((name) => names.includes(name));
}

/** The devices with this name, as people type it: in upper or lower case. */
export function findListedDevices<D extends NamedDevice>(devices: Iterable<D>, name: string): readonly D[] {
  const wanted = name.toLowerCase();
  return [...devices].filter((device) => listNames(device).some((each) => each.toLowerCase() === wanted));
}

export type DeviceList = readonly [path: readonly PropertyKey[], names: readonly string[]];

/** Names in lists that no device, group, customer or site of the file has. */
export function unknownNames(file: InventoryFile, lists: readonly DeviceList[]): readonly BuildProblem[] {
  const { devices, groups, defaults } = file;
  const places = [defaults, ...Object.values(groups), ...Object.values(devices)];
  const known = new Set([
    ALL_DEVICES,
    ...Object.keys(groups),
    ...Object.keys(devices),
    ...places.flatMap((place) => placeNames(place ?? {})),
  ]);
  return lists.flatMap(([path, names]) =>
    names.flatMap((name, index) => {
      const reason = `${name} is neither a group nor a device, nor a customer: or site: of one`;
      return known.has(name) ? [] : [{ path: [...path, index], reason }];
    }),
  );
}

function placeNames({ customer, site }: Pick<NamedDevice, 'customer' | 'site'>): readonly string[] {
  return [
    ...(customer === undefined ? [] : [`customer:${customer}`]),
    ...(site === undefined ? [] : [`site:${site}`]),
  ];
}
